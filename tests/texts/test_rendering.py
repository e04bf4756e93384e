"""Rendering: the asked language, else French; a mistake of ours is loud."""

import pytest

from bot import texts


def test_a_language_the_house_does_not_speak_reads_french() -> None:
    assert texts.render("pt", "wishes-ask") == texts.render("fr", "wishes-ask")


def test_a_text_that_one_language_lacks_is_said_in_french() -> None:
    assert not texts.has("ar", "console-sign-out")
    assert texts.render("ar", "console-sign-out") == texts.render("fr", "console-sign-out")


def test_a_regional_language_is_read_as_its_language() -> None:
    assert texts.render("en-GB", "wishes-ask") == texts.render("en", "wishes-ask")


@pytest.mark.parametrize("language", ["../fr", "fr/../en", "", "f\x00r"])
def test_a_language_is_never_a_path(language: str) -> None:
    assert not texts.has(language, "wishes-ask")
    assert texts.render(language, "wishes-ask") == texts.render("fr", "wishes-ask")


def test_an_unknown_text_is_an_error_of_ours() -> None:
    with pytest.raises(texts.UnknownText):
        texts.render("fr", "welcome-nothing")


def test_a_missing_argument_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        texts.render("fr", "wishes-reflect", {})


def test_a_choice_between_forms_goes_through_fluent() -> None:
    assert texts.render("fr", "promise-weekday", {"day": 2}) == "mercredi"


def test_words_of_people_are_repeated_as_they_are() -> None:
    assert "{ $x } <b>&amp;" in texts.render("fr", "wishes-reflect", {"words": "{ $x } <b>&amp;"})


def test_the_languages_offered_carry_their_own_names_and_directions() -> None:
    offered = {one.code: one for one in texts.languages()}
    assert texts.languages()[0].code == "fr"
    assert offered["ar"].rtl
    assert offered["ar"].name == "العربية"
    assert not offered["en"].rtl
