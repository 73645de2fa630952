"""Libraries that only some forms of a report need. They come with the extra `report`, and are loaded when used."""

from __future__ import annotations

import importlib
from types import ModuleType


class MissingLibrary(Exception):
    """A form of report needs a library that is not installed; the message says how to install it."""


def library(module: str, what: str) -> ModuleType:
    """The library; `what` is what needs it. Raises MissingLibrary."""
    try:
        return importlib.import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise MissingLibrary(
            f"{what} needs the library `{name}`, which is not installed: `pip install 'attain[report]'`"
        ) from None
