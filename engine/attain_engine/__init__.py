"""Attain's engine: reading policies and facts, solving, reporting, the command line."""

__version__ = "0.1.0"
