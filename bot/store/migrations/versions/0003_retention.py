"""How long words are kept, by agency."""

from bot.store.migrate import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the durations and the function that ends what was kept long enough."""
    run(revision)
