"""Whole conversations, written as they read on a phone, hold word for word where a word is given."""

from pathlib import Path

import pytest

from tests.conversations.talk import Mismatch, play

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_it_is_written(path: Path) -> None:
    play(path.read_text(encoding="utf-8"))


def test_a_transcript_that_does_not_hold_says_at_which_line() -> None:
    with pytest.raises(Mismatch, match="line 2"):
        play("👤 (lien)\n🤖 Bienvenue sur la Lune")


def test_a_transcript_cannot_press_a_button_that_is_not_there() -> None:
    with pytest.raises(Mismatch, match="no button"):
        play("👤 (lien)\n👤 [Gagner au loto]")
