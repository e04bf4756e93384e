"""The life of an outgoing row, as a join that never goes backwards.

`join` is associative, commutative and idempotent over provider news, so callbacks may come twice and in any order.
`failed`, `read`, `skipped` and `superseded` are ends; `unknown` may still learn that it arrived.
"""

from enum import StrEnum


class DeliveryState(StrEnum):
    """In rising order of knowledge."""

    QUEUED = "queued"
    LEASED = "leased"
    UNKNOWN = "unknown"
    SENT = "sent"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    TOO_LATE = "too_late"

    @property
    def terminal(self) -> bool:
        """True when the lane of the contact may go on to the next message."""
        return self not in {DeliveryState.QUEUED, DeliveryState.LEASED}


_RANK = {state: rank for rank, state in enumerate(DeliveryState)}


def join(current: DeliveryState, incoming: DeliveryState) -> DeliveryState:
    """The state after learning `incoming`: whichever of the two knows more."""
    return max(current, incoming, key=_RANK.__getitem__)
