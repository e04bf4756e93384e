"""allervers: a conversational assistant that goes towards young people, for a Mission Locale.

The rooms, and who may import whom, are written in `pyproject.toml` (import-linter) and explained in `docs/`.
"""
