"""What is written under a photo, beside a voice message or in a correction is heard when somebody is in danger."""

import pytest

from bot import clock
from bot.domain.conversation import Conversation, Facts
from bot.domain.effects import OpenTask, Say
from bot.domain.messages import Inbound, InboundKind
from bot.flows.conversation import respond
from bot.flows.understanding import load_lexicon
from bot.resources.files import lexicon_file

LEXICON = load_lexicon(lexicon_file)


@pytest.mark.parametrize("kind", [InboundKind.FILE, InboundKind.VOICE, InboundKind.EDITED])
@pytest.mark.parametrize(("words", "danger"), [("je veux mourir", True), ("mon cv", False)])
def test_danger_in_a_caption_is_answered_like_danger_in_a_message(kind: InboundKind, words: str, danger: bool) -> None:
    begun = respond(Conversation(), Inbound(InboundKind.TEXT, "bonjour"), Facts(), clock.now(), LEXICON).conversation
    step = respond(begun, Inbound(kind, words), Facts(), clock.now(), LEXICON)
    said = [effect.text for effect in step.effects if isinstance(effect, Say)]
    tasks = [effect.kind for effect in step.effects if isinstance(effect, OpenTask)]
    assert any(text.startswith("safety-") for text in said) is danger
    assert ("danger" in tasks) is danger
