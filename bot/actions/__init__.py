"""Deeds: one function per deed, rows and one audit line. Called by the flows' effects and by the advisers' side
alike.
"""
