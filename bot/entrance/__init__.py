"""What stands behind the commands of `bot.__main__`: installing, serving, health, checks, records, sample data."""
