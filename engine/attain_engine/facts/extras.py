"""Libraries that only some formats of facts need. They come with an extra of the package, and are loaded when used."""

from __future__ import annotations

import importlib
from types import ModuleType

from attain_engine.facts.cells import CannotRead
from attain_engine.facts.problem import FactsProblem


def extra(module: str, name: str, what: str, file: str) -> ModuleType:
    """The library, or `CannotRead` with the extra that brings it. `what` is the format that needs it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise CannotRead(
            FactsProblem(
                "facts-missing-extra",
                f"{what} needs the library `{module.partition('.')[0]}`, which is not installed",
                file,
                help=f"install it: `pip install 'attain[{name}]'`",
            )
        ) from None
