"""PostgreSQL: tables, named queries, migrations. No rule lives here; what a row means is said by the rooms above."""
