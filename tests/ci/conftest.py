"""The command line as CI services run it."""

from tests.cli.conftest import attain, write

__all__ = ["attain", "write"]
