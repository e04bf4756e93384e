"""Doors out: from an Outbound to the wire and back to a Delivery."""
