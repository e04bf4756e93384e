"""The web chat on a real port, for the tests of its door."""

from tests.site import browsers, chat, house, port, settings

__all__ = ["browsers", "chat", "house", "port", "settings"]
