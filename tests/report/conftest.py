"""The command line, for the tests of reports."""

from tests.cli.conftest import attain, write

__all__ = ["attain", "write"]
