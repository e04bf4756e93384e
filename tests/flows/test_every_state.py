"""From every state of every flow, a few words always work."""

from dataclasses import replace

import pytest

from bot.domain.conversation import Conversation, Frame
from bot.domain.effects import Ask, OpenTask, Say, StopContact
from bot.domain.messages import Inbound, InboundKind
from bot.flows.engine import FLOWS
from tests.conversations.talk import Talk

STATES = [(name, str(state)) for name, flow in FLOWS.items() for state in flow.states if state != "start"]
every_state = pytest.mark.parametrize(("flow", "state"), STATES)


def standing(flow: str, state: str) -> Talk:
    """A conversation in this state, a question open where the state waits for one."""
    asked = None if flow == "home" else Ask("wishes-ask")
    parked = (Frame("wishes", "wish", asked=Ask("wishes-ask")),) if flow in {"common", "rights", "safety"} else ()
    return Talk(conversation=Conversation(Frame(flow, state, asked=asked), turn=7, parked=parked))


def kinds(talk: Talk) -> set[str]:
    return {e.kind for e in talk.steps[-1].effects if isinstance(e, OpenTask)}


@every_state
@pytest.mark.parametrize(
    "words", ["parler à quelqu'un", "je veux parler à un conseiller", "talk to someone", "أتكلم مع شخص"]
)
def test_a_person_comes_from_every_state(flow: str, state: str, words: str) -> None:
    talk = standing(flow, state)
    talk.write(words)
    assert kinds(talk) & {"asked_for_person", "danger"}
    assert "Camille" in talk.said


@every_state
@pytest.mark.parametrize("words", ["STOP", "stop svp", "Arrêtez !", "ne m'écrivez plus", "توقف"])
def test_stop_is_obeyed_from_every_state_with_one_confirmation(flow: str, state: str, words: str) -> None:
    talk = standing(flow, state)
    talk.write(words)
    assert any(isinstance(e, StopContact) for e in talk.steps[-1].effects)
    assert [e for e in talk.steps[-1].effects if isinstance(e, Say | Ask)] == [Say("rights-stopped")]


@every_state
def test_help_comes_from_every_state_and_the_question_stays(flow: str, state: str) -> None:
    talk = standing(flow, state)
    talk.write("aide")
    assert talk.said
    assert talk.conversation.frame.asked is not None or flow == "home"


@every_state
def test_danger_is_answered_from_every_state_even_stopped_even_under_a_lease(flow: str, state: str) -> None:
    talk = standing(flow, state)
    talk.facts = replace(talk.facts, stopped=True, floor="Camille")
    talk.write("j'ai envie de mourir")
    assert "3114" in talk.said
    assert "danger" in kinds(talk)


@every_state
def test_an_old_button_repeats_the_open_question(flow: str, state: str) -> None:
    talk = standing(flow, state)
    talk.take(Inbound(InboundKind.OPTION, option="kind:emploi", turn=2))
    assert talk.said
    assert talk.conversation.frame.flow == flow
    assert talk.conversation.frame.state == state


@every_state
@pytest.mark.parametrize("kind", [InboundKind.VOICE, InboundKind.FILE])
def test_what_the_bot_cannot_read_reaches_a_person_from_every_state(flow: str, state: str, kind: InboundKind) -> None:
    talk = standing(flow, state)
    talk.take(Inbound(kind))
    assert kinds(talk) & {"unplayed_voice", "file_received"}
    assert talk.said


def test_the_states_are_those_of_the_real_flows() -> None:
    assert len(STATES) > 20
    assert {"welcome", "wishes", "barriers", "availability", "recap", "common", "rights", "safety", "home"} <= set(
        FLOWS
    )
