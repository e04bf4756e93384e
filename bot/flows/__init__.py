"""The core: flows as tables, an engine that checks and runs them, and one order of who gets the floor. No I/O, no
clock, no words.

Importing this package registers every flow.
"""

from bot.flows import availability, barriers, common, home, meeting, recap, rights, safety, scope, welcome, wishes

__all__ = [
    "availability",
    "barriers",
    "common",
    "home",
    "meeting",
    "recap",
    "rights",
    "safety",
    "scope",
    "welcome",
    "wishes",
]
