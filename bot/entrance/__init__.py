"""What stands behind the commands of bot.__main__: serving, health, sample data."""
