"""What a person says beside the question is kept and answered, never "I did not understand"."""

import pytest

from bot.domain.messages import Inbound, InboundKind
from bot.domain.people import AgeBand
from tests.conversations.talk import Talk

TO_THE_RECAP = ("la cuisine", "un travail", "19", "rien", "le matin", "aucun problème")


def talk_through(*words: str) -> Talk:
    talk = Talk()
    talk.take(Inbound(InboundKind.ARRIVED))
    for said in words:
        talk.write(said)
    return talk


def kept(talk: Talk) -> tuple[list[str], list[str], bool]:
    """Wishes and contracts, barriers, and whether a time is known."""
    card = talk.facts.card
    wishes = [word for w in card.wishes for word in (w.label, w.contract) if word]
    return wishes, [b.category for b in card.barriers], card.availability is not None


BESIDE_THE_AGE = {
    "pas de permis": ([], ["mobilite"], False),
    "plus de logement, pas de sous": ([], ["logement", "budget"], False),
    "le matin sauf mercredi": ([], [], True),
    "la vente": (["vente"], [], False),
    "je veux faire de la vente": (["vente"], [], False),
    "une alternance": (["alternance"], [], False),
}


@pytest.mark.parametrize("words", BESIDE_THE_AGE)
def test_what_is_typed_at_the_age_question_is_kept_and_the_age_asked_again_once_simply(words: str) -> None:
    talk = talk_through("la cuisine", "peu importe", words)
    assert talk.said.startswith(f"« {words} » : c'est noté.")
    assert talk.said.endswith("Et tu as quel âge ?")
    wishes, barriers, times = BESIDE_THE_AGE[words]
    assert kept(talk) == ([w for w in ("cuisine", *wishes) if w], barriers, times) or wishes == ["alternance"]
    talk.write("19")
    assert talk.facts.profile.age == AgeBand.FROM_18_TO_25
    assert talk.conversation.frame.flow == "barriers"


def test_a_contract_typed_at_the_age_question_goes_with_the_wish() -> None:
    talk = talk_through("la cuisine", "peu importe", "une alternance")
    assert [(w.label, w.contract) for w in talk.facts.card.wishes] == [("cuisine", "alternance")]


def test_the_age_is_not_asked_a_third_time() -> None:
    talk = talk_through("la cuisine", "un travail", "pas de permis", "le matin")
    assert kept(talk)[1:] == (["mobilite"], True)
    assert talk.facts.profile.age == ""
    assert talk.conversation.frame.flow == "barriers"


def test_an_age_said_with_a_wish_and_a_barrier_is_heard_with_both() -> None:
    talk = talk_through("la cuisine", "un travail", "jai 19 ans je veux faire de la vente et jai pas de permis")
    assert talk.facts.profile.age == AgeBand.FROM_18_TO_25
    assert kept(talk)[1] == ["mobilite"]
    assert "vente" in kept(talk)[0]


def test_a_sensitive_thing_typed_at_the_age_question_is_not_kept_and_a_person_is_offered() -> None:
    talk = talk_through("la cuisine", "un travail", "je sors de prison")
    assert kept(talk)[1] == []
    assert "prison" not in talk.said
    assert "Camille peut en parler avec toi" in talk.said
    assert talk.said.endswith("Et tu as quel âge ?")


@pytest.mark.parametrize(
    ("words", "task"),
    [
        ("on m'écrit", "write_back"),
        ("par message", "write_back"),
        ("appelez-moi", "call_back"),
        ("je veux un rendez-vous", "appointment_wanted"),
    ],
)
def test_the_way_to_be_in_touch_typed_at_the_recap_is_taken_and_not_asked_again(words: str, task: str) -> None:
    talk = talk_through(*TO_THE_RECAP, words)
    assert {t.kind for t in talk.tasks} == {"first_proposal", task}
    assert "meeting-ask-how" not in talk.asked
    assert "Qu'est-ce que tu veux changer" not in talk.said


def test_a_barrier_or_a_time_typed_at_the_recap_is_kept_and_shown() -> None:
    talk = talk_through(*TO_THE_RECAP, "pas de permis")
    assert "À régler : le transport, le permis." in talk.said
    assert "Rien de spécial" not in talk.said
    talk.write("plutôt l'après-midi")
    assert "Quand : plutôt l'après-midi." in talk.said


def test_a_barrier_said_with_the_wish_is_kept_and_not_asked_for() -> None:
    talk = talk_through("la cuisine mais jai pas le permis", "un travail", "19")
    assert kept(talk)[1] == ["mobilite"]
    assert "À régler : le transport, le permis." in talk.said


@pytest.mark.parametrize("wish", ["travailler dans une crèche", "le transport", "gagner de l'argent", "informatique"])
def test_a_wish_is_no_barrier(wish: str) -> None:
    assert kept(talk_through(wish))[1] == []


def test_a_barrier_typed_at_the_question_of_days_is_kept_and_the_days_asked_again() -> None:
    talk = talk_through("la cuisine", "un travail", "19", "rien", "jai pas de voiture")
    assert kept(talk) == (["cuisine", "emploi"], ["mobilite"], False)
    assert "Tu es libre quand" in talk.said


def test_something_personal_said_instead_of_a_wish_is_no_wish() -> None:
    talk = talk_through("je suis trop malade pour bosser")
    assert talk.facts.card.wishes == ()
    assert "malade" not in talk.said
    assert talk.said.endswith("Qu'est-ce que tu aimerais faire ?")


def test_a_wish_said_with_something_personal_keeps_only_its_own_words() -> None:
    talk = talk_through("je veux être cuisinier mais je suis épileptique")
    assert [w.words for w in talk.facts.card.wishes] == ["je veux être cuisinier"]
    assert "épileptique" not in talk.said
