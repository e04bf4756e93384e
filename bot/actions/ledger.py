"""The ledger collects rows while steps are taken, then writes them in few statements.

Rows of one person keep their order: the n-th row of everybody is written before anybody's n+1-th, so "drop this wish, keep that one" stays
true while a hundred people share the statement.
"""

from collections import defaultdict
from typing import Any

from bot.store.pool import Connection
from bot.store.queries import load

_SQL = load("deeds")
Row = dict[str, Any]


class Ledger:
    """Rows to write, by statement name of sql/deeds.sql."""

    def __init__(self) -> None:
        self._rounds: list[dict[str, list[Row]]] = []
        self._next: dict[int, int] = defaultdict(int)

    def add(self, name: str, agency_id: int, contact_id: int, **row: object) -> None:
        """One more row of this contact for the statement `name`."""
        place = self._next[contact_id]
        self._next[contact_id] += 1
        if place == len(self._rounds):
            self._rounds.append({})
        self._rounds[place].setdefault(name, []).append({"agency_id": agency_id, "contact_id": contact_id, **row})

    def audit(self, agency_id: int, contact_id: int, deed: str, **row: Any) -> None:
        """One audit line: who did what to whom; ids, categories and numbers only. Keywords: actor, actor_id, subject, subject_id, detail."""
        line = {"actor": "young_person", "actor_id": None, "subject": "contact", "subject_id": contact_id, "detail": {}, **row}
        self.add("audit", agency_id, contact_id, deed=deed, **line)

    async def write(self, conn: Connection) -> None:
        """Write everything, on the caller's transaction, which sees the agencies concerned."""
        for names in self._rounds:
            for name, rows in names.items():
                await conn.execute(getattr(_SQL, name), rows)
