"""Words are kept as long as the agency says and no longer: a few people at a time, so that nothing else waits."""

from datetime import datetime

import structlog

from bot import clock
from bot.resources import Resources
from bot.store.queries import load

_SQL = load("send")
_log = structlog.get_logger()
_MOST = 200


class Retention:
    """The loop's body. `now` may be given: business time is a parameter."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    async def once(self, now: datetime | None = None) -> int:
        """End what was kept long enough; how many people, lines and links. Every run is logged: numbers only."""
        row = await self._resources.db.fetchrow(_SQL.purge, now or clock.now(), _MOST)
        ended = dict(row) if row else {}
        if any(ended.values()):
            _log.info("retention", **ended)
        return sum(ended.values())
