"""The command line, as its users run it."""

from tests.cli.conftest import attain, write

__all__ = ["attain", "write"]
