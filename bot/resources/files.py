"""Data files that travel with the code."""

from importlib.resources import files


def read_data(path: str) -> bytes:
    """A file under `bot/`, such as `flows/understanding/jobs.json`. Raises FileNotFoundError."""
    return files("bot").joinpath(path).read_bytes()
