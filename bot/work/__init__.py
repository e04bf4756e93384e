"""The loops: claim, do, settle."""
