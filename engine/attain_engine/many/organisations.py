"""The organisations of a folder: each file of facts and each folder of tables in it is one."""

from __future__ import annotations

from pathlib import Path

from attain_engine.facts.load import kind_of

_SUFFIXES = frozenset({".json", ".xlsx", ".xlsm", ".db", ".sqlite", ".sqlite3", ".duckdb"})
"""What a file is called that has the facts of an organisation; other files are left aside."""


def organisations_in(folder: Path) -> list[Path]:
    """The facts in a folder, by name. Raises OSError where it cannot be read."""
    found = [each for each in sorted(folder.iterdir()) if not each.name.startswith(".")]
    return [each for each in found if each.is_dir() or each.suffix.lower() in _SUFFIXES or _is_facts(each)]


def _is_facts(path: Path) -> bool:
    return not path.suffix and isinstance(kind_of(path), str)
