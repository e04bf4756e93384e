"""What a door may raise."""


class TooBig(Exception):
    """The file is over our size cap, or over the provider's."""
