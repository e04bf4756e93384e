"""The core: (conversation, inbound, facts, now) -> Step. No I/O, no clock, no words; a flow is a table you can read."""
