"""PostgreSQL: tables, named queries, migrations; no rule lives here."""
