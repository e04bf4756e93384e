"""Files people sent are brought home: from the provider into the record, within a size cap, tried again when the
provider is away.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from bot import clock
from bot.channels import Door, TooBig
from bot.domain.messages import Channel, Media
from bot.resources import Resources
from bot.store.pool import transaction
from bot.store.queries import load

_SQL = load("send")
_MOST = 4
_TRIES = 6


class Fetch:
    """The loop's body."""

    def __init__(self, resources: Resources, doors: Mapping[Channel, Door]) -> None:
        self._resources, self._doors = resources, doors

    async def once(self) -> int:
        """Fetch a few files; how many were looked at."""
        pending = await self._resources.db.fetch(_SQL.pending_media, _MOST, clock.now())
        for row in pending:
            await self._bring(row)
        return len(pending)

    async def _bring(self, row: Any) -> None:
        door = self._doors.get(Channel(row["channel"]))
        if door is None:
            return
        media = Media(row["kind"], row["provider_id"], row["mime"], row["name"], row["size"], row["seconds"])
        try:
            content = await door.fetch(row["account"], media)
        except TooBig:
            await self._keep(row, "too_big", None)
            return
        if content is not None:
            await self._keep(row, "stored", content)
        elif row["attempts"] >= _TRIES:
            await self._keep(row, "lost", None)

    async def _keep(self, row: Any, state: str, content: bytes | None) -> None:
        digest = hashlib.sha256(content).hexdigest() if content is not None else ""
        async with transaction(self._resources.db, [row["agency_id"]]) as conn:
            await conn.execute(_SQL.keep_media, row["agency_id"], row["id"], state, content, digest)
        self._resources.fanout.publish([f"contact:{row['contact_id']}"])
