"""The words people read: present, used, plain, and the same in every language where it matters."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot import texts

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "locales"
DANGERS = json.loads((ROOT / "bot/flows/understanding/danger.json").read_text(encoding="utf-8"))
"""The dangers the reader hears, by category."""
TALK = (
    "welcome",
    "wishes",
    "scope",
    "barriers",
    "availability",
    "recap",
    "meeting",
    "home",
    "common",
    "rights",
    "safety",
)
LANGUAGES = ("fr", "en", "ar")
COMPLETE = {"en": TALK, "ar": (*TALK, "promise", "chat")}
MOST_WORDS = 15
"""Words in a sentence of the conversation. Twelve is the aim; fifteen is the limit."""
JARGON = re.compile(
    r"\b(prescripteur|freins?|levée|diagnostic|projet professionnel|dispositif|bénéficiaire|public cible|PACEA|CEJ"
    r"|QPV|NEET|SIAE|PMSMP|TRE|PLIE|remobilisation|accompagnement|insertion|orientation|référente?|périphérique|RGPD|démarche|modalité|problématique)\b",
    re.IGNORECASE,
)


@cache
def messages(language: str, name: str) -> dict[str, ftl.Message]:
    path = LOCALES / language / f"{name}.ftl"
    body = FluentParser().parse(path.read_text(encoding="utf-8")).body if path.exists() else []
    assert not [e for e in body if isinstance(e, ftl.Junk)], f"{path.name} of {language} has a line that is no Fluent"
    return {e.id.name: e for e in body if isinstance(e, ftl.Message)}


def every(language: str = "fr", names: tuple[str, ...] = TALK) -> dict[str, ftl.Message]:
    return {text_id: m for name in names for text_id, m in messages(language, name).items()}


def arguments(node: object) -> set[str]:
    """The arguments a message wants, however deep."""
    found = {node.id.name} if isinstance(node, ftl.VariableReference) else set()
    children = vars(node).values() if isinstance(node, ftl.BaseNode) else node if isinstance(node, list) else ()
    return found.union(*(arguments(child) for child in children))


def rendered(language: str, text_id: str) -> str:
    example = {"link": "LIEN", "words": "la cuisine", "guess": "cuisine", "code": "AB12CD34"}
    people = {"agency": "la Mission Locale", "adviser": "Camille", "answer_by": "demain"}
    return texts.render(language, text_id, {**example, **people})


def spoken() -> dict[str, str]:
    """Every French text of the conversation in words, quotations and numbers counted as one word each."""
    return {text_id: rendered("fr", text_id) for text_id in every()}


def named_in_code() -> Iterator[str]:
    """Every text id in the code, as a pattern: an f-string's holes stand for anything."""
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "admin_api").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and re.fullmatch(r"[a-z]+(-[\w]+)+", node.value)
            ):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"[\w-]+" for v in node.values]
                yield "".join(parts)


@pytest.mark.parametrize("name", TALK)
def test_every_text_is_named_somewhere_in_the_code(name: str) -> None:
    asked = {text_id for text_id in every() if re.search("-ask(-|$)", text_id)}
    patterns = [re.compile(p) for p in set(named_in_code()) if not p.startswith(r"[\w-]+")]
    for text_id in messages("fr", name):
        repaired = re.sub("-(example|simple)$", "", text_id)
        used = (repaired in asked and repaired != text_id) or any(p.fullmatch(text_id) for p in patterns)
        assert used, f"{text_id} is never said"


def test_every_text_named_in_the_code_exists() -> None:
    known = every()
    for pattern in set(named_in_code()):
        name = pattern.partition("\\-")[0].partition("-")[0]
        if name in TALK and not pattern.endswith("]+"):
            assert any(re.fullmatch(pattern, text_id) for text_id in known), f"{pattern} has no words"


def test_every_question_has_an_example_and_simpler_words() -> None:
    known = every()
    questions = [i for i in known if re.search("-ask(-|$)", i) and not i.endswith(("-example", "-simple"))]
    assert len(questions) > 20
    for question in questions:
        assert {f"{question}-example", f"{question}-simple"} <= known.keys()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_texts_promised_in_a_language_are_all_there(language: str) -> None:
    for name in COMPLETE[language]:
        assert messages(language, name).keys() == messages("fr", name).keys()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_translation_has_the_same_arguments_and_no_text_of_its_own(language: str) -> None:
    french = every()
    for text_id, message in every(language).items():
        assert text_id in french
        assert arguments(message) == arguments(french[text_id]), text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_danger_has_its_words_in_every_language(language: str) -> None:
    for category in DANGERS:
        assert f"safety-{category.replace('_', '-')}" in messages(language, "safety")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_safety_say_who_has_reviewed_them(language: str) -> None:
    assert (LOCALES / language / "safety.ftl").read_text(encoding="utf-8").startswith("# reviewed_by:")


def test_emergency_texts_name_the_same_numbers_in_every_language() -> None:
    def numbers(language: str, text_id: str) -> list[str]:
        return sorted(re.findall(r"\b(?:1[15578]|11[2-9]|3\d{3}|39 28|0 800 [\d ]+\d)\b", rendered(language, text_id)))

    for category in DANGERS:
        text_id = f"safety-{category.replace('_', '-')}"
        assert numbers("fr", text_id)
        assert numbers("fr", text_id) == numbers("en", text_id) == numbers("ar", text_id)


def test_sentences_are_short() -> None:
    for text_id, text in spoken().items():
        plain = re.sub(r"« [^»]* »|\b[\d ]{4,}\d\b", "X", text)
        for sentence in re.split(r"[.!?:;\n]", plain):
            words = re.findall(r"[\w'’-]+", sentence)
            assert len(words) <= MOST_WORDS, f"{text_id}: {sentence.strip()} ({len(words)} words)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_asks_once_and_nothing_else_asks(language: str) -> None:
    for text_id in every(language):
        asks = re.search("-ask(-|$)", text_id) and not text_id.endswith(("-example", "-simple"))
        questions = len(re.findall("[?؟]", rendered(language, text_id)))
        assert questions <= 1 if asks else questions == 0, text_id


def test_people_are_spoken_to_as_tu() -> None:
    for text_id, text in spoken().items():
        plain = text.replace("rendez-vous", "")
        assert not re.search(r"\b(vous|votre|vos|veuillez)\b|\w+ez\b(?<!chez)(?<!assez)", plain, re.IGNORECASE), text_id


def test_no_jargon_and_no_word_that_takes_a_side_between_women_and_men() -> None:
    for text_id, text in spoken().items():
        assert not JARGON.search(text), text_id
        assert not re.search(r"\w[·(]e\b|\bobligé|\bintéressé|\bprêt à\b|\bseul\b|\bmineur\b", text), text_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_message_fits_in_300_characters(language: str) -> None:
    hello = texts.render(
        language,
        "welcome-hello",
        {
            "agency": "la Mission Locale du Pays de Valombre",
            "adviser": "Marie-Angélique",
            "answer_by": texts.render(language, "promise-soon"),
            "link": "https://jeunes.valombre.example.org/chat/pays-de-valombre/notice",
        },
    )
    assert len(f"{hello}\n\n{texts.render(language, 'wishes-ask')}") <= 300


def test_buttons_are_short_enough_for_a_small_phone() -> None:
    for text_id, text in spoken().items():
        if re.search(
            r"^\w+-(button|contract|like|done|setting|idea|name|half|part|rhythm|way|hide|show|drop)-", text_id
        ):
            assert len(text) <= 40 or text_id.startswith("recap-contract"), text_id
