"""The command line of allervers."""
