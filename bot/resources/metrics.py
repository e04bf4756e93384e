"""Counters and gauges: the one door to `prometheus_client`. Numbers only, never an address or a word."""

from collections.abc import Mapping
from math import nan

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

MEDIA_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

received = Counter("allervers_received", "Inbound rows stored", ["channel"], registry=REGISTRY)
duplicates = Counter("allervers_duplicates", "Inbounds seen before", ["channel"], registry=REGISTRY)
answered = Counter("allervers_answered", "Inbound rows done", registry=REGISTRY)
failing = Counter("allervers_failing", "Inbound rows set aside because their step kept failing", registry=REGISTRY)
unreadable = Counter("allervers_unreadable", "Updates that could not be read", ["channel"], registry=REGISTRY)
ignored = Counter("allervers_ignored", "Updates politely set aside", ["channel", "kind"], registry=REGISTRY)
deliveries = Counter("allervers_deliveries", "Outgoing rows settled", ["channel", "state"], registry=REGISTRY)
waiting = Gauge("allervers_waiting", "Inbound rows not answered yet", registry=REGISTRY)
oldest = Gauge("allervers_oldest_waiting_seconds", "Age of the oldest of them", registry=REGISTRY)
to_send = Gauge("allervers_to_send", "Outgoing rows not settled yet", registry=REGISTRY)
unknown = Gauge("allervers_unknown", "Outgoing rows whose outcome a person must look at", registry=REGISTRY)
late = Gauge("allervers_late", "Planned contacts due for more than five minutes", registry=REGISTRY)
_QUEUES = {"waiting": waiting, "oldest_seconds": oldest, "to_send": to_send, "unknown": unknown, "late": late}


def queues(figures: Mapping[str, float]) -> None:
    """The queues as the database just told them (`bot.store.inbox.figures`); what is missing becomes NaN, never an old
    figure.
    """
    for name, gauge in _QUEUES.items():
        gauge.set(figures.get(name, nan))


def page() -> bytes:
    """The exposition page, Prometheus text format."""
    return generate_latest(REGISTRY)
