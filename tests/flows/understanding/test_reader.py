"""What young people write is read as they mean it, or not at all."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.flows.understanding
from bot.domain.conversation import Conversation, Frame
from bot.domain.effects import Ask
from bot.domain.people import Answered
from bot.flows.understanding import Lexicon, Reading, load_lexicon, read
from bot.flows.understanding.fold import fold, stem
from bot.flows.understanding.tables import LexiconError
from bot.flows.understanding.words import one_error_apart
from tests.conversations.talk import lexicon

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FOLDER = Path(bot.flows.understanding.__file__).parent


def reading(text: str, flow: str = "wishes", question: str = "wishes-ask", *labels: str) -> Reading:
    """`text` read as an answer to this question, with these buttons (their ids are b0, b1, …)."""
    frame = Frame(flow, "asked", asked=Ask(question))
    named = tuple((f"b{n}", label) for n, label in enumerate(labels))
    return read(text, "fr", NOW, Conversation(frame, labels=named), lexicon())


def domains(text: str) -> set[str]:
    return {code for wish in reading(text).wishes if not wish.refused for code in wish.domains}


# --- wishes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("serveuse", "G18"),
        ("jveux etre coifeur", "D12"),
        ("taf en entrepôt ou logistiqe", "N11"),
        ("MACON", "F17"),
        ("mettre en rayon chez un discount, le rayon quoi", "D15"),
        ("i want to be a hairdresser", "D12"),
        ("أريد العمل في مطعم", "G18"),
        ("jaimerai bosser avec les animaux", "A15"),
    ],
)
def test_a_job_is_found_whatever_the_spelling(text: str, domain: str) -> None:
    assert domain in domains(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vendeur", "vendeuse"),
        ("je suis infirmier", "je suis infirmière"),
        ("conducteur de bus", "conductrice de bus"),
        ("technicien de maintenance", "technicienne de maintenance"),
        ("je suis motivé pour être boulanger", "je suis motivée pour être boulangère"),
        ("patron", "patronne"),
        ("sportif professionnel", "sportive professionnelle"),
    ],
)
def test_a_woman_and_a_man_are_read_the_same(one: str, other: str) -> None:
    assert domains(one) == domains(other) != set()


def test_several_wishes_keep_each_their_own_words() -> None:
    wishes = reading("la vente ou la cuisine").wishes
    assert [w.words for w in wishes] == ["la vente", "la cuisine"]


def test_a_sentence_with_more_than_jobs_in_it_is_kept_whole() -> None:
    wishes = reading("la vente ou un truc tranquille").wishes
    assert [w.words for w in wishes] == ["la vente ou un truc tranquille"]


def test_what_is_refused_is_kept_as_refused() -> None:
    wishes = reading("du ménage non merci, plutôt la vente mais surtout pas en usine").wishes
    assert {w.label for w in wishes if w.refused} == {"usine, production"}
    assert "D12" in {c for w in wishes if not w.refused for c in w.domains}


def test_a_place_is_no_job_when_a_job_is_named() -> None:
    assert domains("jardinier à la mairie") == {"A12"}
    assert domains("un hôtel") == {"G15", "G17"}


def test_unknown_words_are_no_wish_of_the_reader_and_say_whether_something_is_wanted() -> None:
    assert reading("astronaute martien").wishes == ()
    assert reading("je voudrais être astronaute").wants
    assert not reading("astronaute").wants


@pytest.mark.parametrize(
    ("text", "contract"), [("une alternance", "alternance"), ("un petit CDD", "cdd"), ("en intérim", "interim")]
)
def test_the_kind_of_contract_is_read(text: str, contract: str) -> None:
    assert {w.contract for w in reading(text).wishes} == {contract}


# --- barriers -------------------------------------------------------------------------------------------------------


def barriers(text: str) -> dict[str, Answered]:
    return {b.category: b.value for b in reading(text, "barriers", "barriers-ask").barriers}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("jai pas le permis", "mobilite"),
        ("pas de permi", "mobilite"),
        ("jsuis hébergée chez une copine", "logement"),
        ("plus un sou", "budget"),
        ("mon titre de séjour", "administratif"),
        ("personne pour garder ma fille", "garde_enfants"),
        ("je suis dyslexique", "handicap"),
        ("jai un casier", "justice"),
        ("ma mère est malade", "famille"),
    ],
)
def test_what_is_in_the_way_is_recognised(text: str, category: str) -> None:
    assert barriers(text).get(category) is Answered.YES


def test_several_barriers_are_all_recognised() -> None:
    assert set(barriers("pas de voiture et loyer impayé, en plus j'ai un bébé et pas de crèche")) >= {
        "mobilite",
        "logement",
        "garde_enfants",
    }


@pytest.mark.parametrize("text", ["j'ai le permis", "j'ai une voiture", "aucun problème de transport"])
def test_what_is_not_in_the_way_is_a_no_of_its_own(text: str) -> None:
    assert barriers(text) == {"mobilite": Answered.NO}


def test_a_word_of_another_question_is_no_barrier() -> None:
    assert reading("je veux travailler dans la santé").barriers == ()


# --- commands -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop.",
        "Stop svp",
        "stoooop",
        "ARRET",
        "arrêtez !",
        "arrêtez de m'écrire",
        "plus de messages svp",
        "désabonne moi",
        "STOP SMS",
        "stop messaging me",
        "توقف",
    ],
)
def test_stop_is_heard_in_every_polite_form(text: str) -> None:
    assert reading(text).intent == "stop"


@pytest.mark.parametrize(
    "text",
    [
        "arrêt de bus",
        "quel arrêt de tram",
        "je veux arrêter mon CDD",
        "j'ai arrêté l'école",
        "stop ou encore ?",
        "stooop trop drôle",
        "sans arrêt",
    ],
)
def test_stop_is_not_heard_where_it_is_not_said(text: str) -> None:
    assert reading(text).intent != "stop"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("jveux parler a qqn", "humain"),
        ("un conseiller svp", "humain"),
        ("t un robot ?", "qui_es_tu"),
        ("t'es un robot ?", "qui_es_tu"),
        ("j'ai rien compris", "aide"),
        ("jsp", "je_sais_pas"),
        ("chai pas trop", "je_sais_pas"),
        ("ouais", "oui"),
        ("👍", "oui"),
        ("nan", "non"),
        ("rien du tout", "non"),
        ("merci bcp", "merci"),
        ("bonjour", "salutation"),
        ("supprime mes données", "efface_moi"),
        ("qui voit ce que j'écris", "mes_donnees"),
        ("plus tard", "plus_tard"),
        ("j'ai pas envie d'en parler", "pas_en_parler"),
        ("je veux un rdv", "rdv_prendre"),
    ],
)
def test_a_command_in_words_is_understood(text: str, intent: str) -> None:
    assert reading(text).intent == intent


def test_politeness_beside_an_answer_hides_nothing() -> None:
    heard = reading("merci beaucoup, la cuisine")
    assert heard.intent == ""
    assert heard.wishes


@pytest.mark.parametrize(
    ("text", "code"), [("english please", "en"), ("en arabe", "ar"), ("français", "fr"), ("العربية", "ar")]
)
def test_a_language_is_asked_for_by_its_name(text: str, code: str) -> None:
    heard = reading(text)
    assert (heard.intent, heard.language) == ("langue", code)


# --- danger ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("jveux en finir", "suicide"),
        ("j ai envi de mourrir", "suicide"),
        ("mon père me frappe", "violences_famille"),
        ("mon mari me frappe", "violences_couple"),
        ("je dors dehors depuis hier", "sans_abri"),
        ("il m'a violée", "violences_sexuelles"),
        ("someone is following me", "agression_danger"),
        ("i want to kill myself", "suicide"),
        ("أريد أن أموت", "suicide"),
        ("jme scarifie", "automutilation"),
    ],
)
def test_danger_is_heard(text: str, category: str) -> None:
    assert reading(text).danger == category


@pytest.mark.parametrize(
    "text",
    [
        "mort de rire",
        "ce taf me tue",
        "jmeurs de faim",
        "je meurs d'envie de bosser",
        "t'as vu suicide squad",
        "je me coupe les cheveux",
        "le code m'a tué",
        "je peux plus venir",
    ],
)
def test_a_figure_of_speech_is_no_danger(text: str) -> None:
    assert reading(text).danger == ""


# --- buttons --------------------------------------------------------------------------------------------------------

LABELS = ("Un travail", "Une alternance", "Un stage pour découvrir", "Le transport, le permis", "Passer")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("Un travail", "b0"),
        ("UN TRAVAIL !", "b0"),
        ("alternance", "b1"),
        ("alternence", "b1"),
        ("2", "b1"),
        ("le 2", "b1"),
        ("b", "b1"),
        ("permis", "b3"),
        ("le transport", "b3"),
        ("passer", "b4"),
        ("9", ""),
        ("un stage de boxe", ""),
    ],
)
def test_typing_a_button_is_pressing_it(text: str, option: str) -> None:
    assert reading(text, "wishes", "wishes-ask-contract", *LABELS).option == option


def test_a_button_with_a_grave_word_is_no_danger() -> None:
    assert reading("Enlever les violences", "recap", "recap-ask-barriers", "Enlever les violences").danger == ""


# --- small facts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("17", "16_17"),
        ("j'ai 17 ans", "16_17"),
        ("19 piges", "18_25"),
        ("2008", "18_25"),
        ("14", "under_15"),
        ("15 ans", "15"),
        ("27", "26_29"),
        ("dix-huit", "18_25"),
        ("42", "over_29"),
        ("999", ""),
        ("3", ""),
    ],
)
def test_an_age_is_read_as_a_band(text: str, band: str) -> None:
    assert reading(text, "scope", "scope-ask-age").age == band


def test_a_bare_number_is_no_age_where_no_age_is_asked() -> None:
    assert reading("75").age == ""
    assert reading("j'ai 20 ans").age == "18_25"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("06 39 98 00 12", "+33639980012"),
        ("appelle au 0639980012 stp", "+33639980012"),
        ("+33 6 39 98 00 12", "+33639980012"),
        ("06.39.98.00.12", "+33639980012"),
        ("06 39 98", ""),
        ("123456789012", ""),
    ],
)
def test_a_phone_number_is_read_in_international_form(text: str, phone: str) -> None:
    assert reading(text, "meeting", "meeting-ask-phone").phone == phone


def test_a_postcode_and_a_first_name_are_read() -> None:
    assert reading("j'habite au 59510", "meeting", "meeting-ask-town").postcode == "59510"
    assert reading("je m'appelle Lou", "meeting", "meeting-ask-name").first_name == "Lou"
    assert reading("Anne Lise", "meeting", "meeting-ask-name").first_name == "Anne Lise"


# --- bad input ------------------------------------------------------------------------------------------------------


@given(st.text(max_size=300))
def test_any_text_is_read_without_raising(text: str) -> None:
    for flow in ("wishes", "barriers", "availability", "home"):
        assert isinstance(reading(text, flow), Reading)


def test_a_hundred_thousand_characters_are_read_as_their_first_two_thousand() -> None:
    endless = "je veux la cuisine et la vente " * 4_000
    assert reading(endless).wishes == reading(endless[:2_000]).wishes


@pytest.mark.parametrize(
    "text",
    ["\u200bc\u200bu\u200bisine", "\u202ecuisine\u202c", "CUISINE", "cuiiiiisine", "cuisine\x00", "ＣＵＩＳＩＮＥ"],
)
def test_invisible_and_turned_characters_hide_nothing(text: str) -> None:
    assert fold(text) == "cuisine"
    assert "G16" in domains(text)


def test_an_empty_lexicon_still_reads_numbers_and_buttons() -> None:
    frame = Frame("scope", "age", asked=Ask("scope-ask-age"))
    heard = read("17", "fr", NOW, Conversation(frame), Lexicon())
    assert heard.age == "16_17"


# --- the lists ------------------------------------------------------------------------------------------------------


def test_a_list_that_names_an_unknown_domain_is_refused() -> None:
    def with_a_mistake(name: str) -> bytes:
        if name == "jobs.json":
            return json.dumps([{"label": "x", "domains": ["Z99"], "forms": ["x"]}]).encode()
        return (FOLDER / name).read_bytes()

    with pytest.raises(LexiconError, match="Z99"):
        load_lexicon(with_a_mistake)


@given(st.text("abcde", min_size=1, max_size=8), st.integers(0, 7), st.sampled_from("abcdez"))
def test_one_error_apart_is_one_error_and_works_both_ways(word: str, place: int, letter: str) -> None:
    at = place % len(word)
    for changed in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert one_error_apart(word, changed)
        assert one_error_apart(changed, word)
    assert not one_error_apart(word, word + "zz")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coiffeuse", "coiffeur"),
        ("conductrices", "conducteur"),
        ("infirmières", "infirmier"),
        ("sourde", "sourd"),
        ("hébergée", "hébergé"),
    ],
)
def test_the_marks_of_gender_and_number_are_set_aside(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Oui, c'est bien ça", "oui"),
        ("ui c sa", "oui"),
        ("nn tkt", "non"),
        ("no that's all", "non"),
        ("wsh cv", "salutation"),
        ("non c'est tout", "non"),
        ("oui mais la nuit", ""),
    ],
)
def test_a_yes_or_a_no_with_small_words_after_it_stays_one(text: str, intent: str) -> None:
    assert reading(text, "recap", "recap-ask").intent == intent


@pytest.mark.parametrize("text", ["jdi pa", "I'd rather not say", "je préfère pas le dire"])
def test_not_wanting_to_say_is_understood_in_every_spelling(text: str) -> None:
    assert reading(text, "scope", "scope-ask-age").intent == "passer"
