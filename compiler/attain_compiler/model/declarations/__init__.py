"""Declarations, from written to resolved: one file for each kind of declaration."""
