"""The ledger collects rows while steps are taken, then writes them in few statements.

Rows of one person keep their order: the n-th row of everybody is written before anybody's n+1-th, so "drop this wish,
keep that one" stays true while a hundred people share the statement.
"""

from collections import defaultdict
from typing import Any

from bot.store.pool import Connection
from bot.store.queries import load

_SQL = load("deeds")
Row = dict[str, Any]


class Ledger:
    """Rows to write, by statement name of sql/deeds.sql, in the order they were asked for."""

    def __init__(self) -> None:
        self._entries: list[tuple[str, int, Row]] = []

    def add(self, name: str, agency_id: int, contact_id: int, /, **row: object) -> None:
        """One more row of this contact for the statement `name`."""
        self._entries.append((name, contact_id, {"agency_id": agency_id, "contact_id": contact_id, **row}))

    def audit(self, agency_id: int, contact_id: int, deed: str, **row: Any) -> None:
        """One audit line: who did what to whom; ids, categories and numbers only.

        Keywords: actor, actor_id, subject, subject_id, detail.
        """
        usual: Row = {"actor": "young_person", "actor_id": None, "subject": "contact", "subject_id": contact_id}
        self.add("audit", agency_id, contact_id, deed=deed, **{**usual, "detail": {}, **row})

    def merge(self, other: "Ledger") -> None:
        """Take over the rows of a step that succeeded."""
        self._entries += other._entries

    async def write(self, conn: Connection) -> None:
        """Write everything, on the caller's transaction, which sees the agencies concerned."""
        for names in self._rounds():
            for name, rows in names.items():
                await conn.execute(getattr(_SQL, name), rows)

    def _rounds(self) -> list[dict[str, list[Row]]]:
        """The n-th rows of everybody, for n = 0, 1, …, gathered by statement."""
        rounds: list[dict[str, list[Row]]] = []
        place: dict[int, int] = defaultdict(int)
        for name, contact_id, row in self._entries:
            if place[contact_id] == len(rounds):
                rounds.append({})
            rounds[place[contact_id]].setdefault(name, []).append(row)
            place[contact_id] += 1
        return rounds
