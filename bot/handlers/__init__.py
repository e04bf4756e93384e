"""Doors in: from the wire to an Envelope, one file per channel, and the app of the hooks and the web chat."""
