"""Data files that travel with the code."""

from importlib.resources import files


def lexicon_file(name: str) -> bytes:
    """A data file of the reader, `bot/flows/understanding/<name>`. Raises FileNotFoundError."""
    return files("bot").joinpath("flows", "understanding", name).read_bytes()
