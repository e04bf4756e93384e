"""The core: (state, data, inbound, facts, now) gives a Step; no I/O, no clock, no words."""
