"""Deeds: one function per deed, its rows and one audit line."""
