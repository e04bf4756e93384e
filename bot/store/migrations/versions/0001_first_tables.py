"""The first tables: people, conversations, inbox, outbox, timers, card."""

from bot.store.migrate import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them. There is no way down: a backup is the way back."""
    run(revision)
