"""Make the parser from the grammar when Attain is built, so that it is never made where Attain is installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SavedParser(BuildHookInterface):
    """Writes `grammar.saved` beside the grammar; `pyproject.toml` says that it belongs into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compiler = Path(self.root) / "compiler"
        sys.path.insert(0, str(compiler))
        from attain_compiler.syntax import parser

        data = parser.to_be_saved()
        if data is not None:
            (compiler / "attain_compiler" / "syntax" / parser.SAVED).write_bytes(data)
