"""The way out of the web chat: the row itself is what the page shows, so that a message is delivered by being kept.

Open pages are told by whoever settles the row, through the fan-out; a closed page reads it when it comes back.
"""

from bot.domain.messages import Delivery, Media, Outbound, Sent


class WebDoor:
    """Every message is sent at once."""

    async def send(self, outbound: Outbound) -> Delivery:
        """Always Sent."""
        return Sent()

    async def fetch(self, account: str, media: Media) -> bytes | None:
        """The web chat has no files at a provider's."""
        return None

    async def close(self) -> None:
        """Nothing is held."""
