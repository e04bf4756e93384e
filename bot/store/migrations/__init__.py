"""Numbered .sql files, run once each by Alembic (`bot.store.migrate`)."""
