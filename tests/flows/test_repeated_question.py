"""A question that was only said again is the same question: the buttons above it still work."""

from datetime import timedelta

from bot.domain.messages import Inbound, InboundKind
from tests.conversations.talk import Talk


def _asked_the_age() -> Talk:
    talk = Talk()
    talk.take(Inbound(InboundKind.ARRIVED))
    talk.write("la cuisine")
    talk.write("un travail")
    assert "âge" in talk.said
    return talk


def _press(talk: Talk, option: str, turn: int) -> None:
    talk.take(Inbound(InboundKind.OPTION, option=option, turn=turn))


def test_a_button_works_after_a_nudge_said_its_question_again() -> None:
    talk = _asked_the_age()
    turn = talk.conversation.turn
    talk.wait(timedelta(days=6))
    assert talk.conversation.turn == turn + 2
    _press(talk, "age:18_25", turn)
    assert talk.facts.profile.age == "18_25"


def test_a_button_works_after_an_answer_that_was_not_understood() -> None:
    talk = _asked_the_age()
    turn = talk.conversation.turn
    talk.write("hmm")
    _press(talk, "age:18_25", turn)
    assert talk.facts.profile.age == "18_25"


def test_a_button_of_a_question_in_between_is_no_answer_to_the_one_that_came_back() -> None:
    talk = _asked_the_age()
    talk.write("19 ans")
    talk.write("non, rien")
    talk.write("lundi matin")
    talk.write("pas la nuit")
    talk.write("efface-moi")
    erasing = talk.conversation.turn
    talk.write("non")
    _press(talk, "yes", erasing)
    assert talk.conversation.frame.flow == "recap"
    assert not talk.conversation.outcome


def test_a_call_or_an_appointment_asked_for_in_words_is_not_asked_again() -> None:
    for words, task in (("appelez-moi", "call_back"), ("je veux un rendez-vous", "appointment_wanted")):
        talk = _asked_the_age()
        talk.write(words)
        assert "meeting-ask-how" not in talk.asked
        assert task in {one.kind for one in talk.tasks}
