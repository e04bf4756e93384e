"""Advisers: accounts, sessions, second factor, API tokens."""

from bot.store.migrate import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create them. There is no way down: a backup is the way back."""
    run(revision)
