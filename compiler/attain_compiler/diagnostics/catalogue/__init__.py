"""The catalogue of diagnostics: one entry for each code, in a file for each stage that reports them.

To add a diagnostic: write its `Entry` in the file of its stage, and a golden case in `tests/diagnostics`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attain_compiler.diagnostics.catalogue import evaluation, facts, files, semantics, syntax
from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    *files.ENTRIES,
    *syntax.ENTRIES,
    *semantics.ENTRIES,
    *evaluation.ENTRIES,
    *facts.ENTRIES,
)
"""Every entry, stage by stage."""

CATALOGUE: Mapping[str, Entry] = MappingProxyType({entry.code: entry for entry in ENTRIES})
"""Every entry by its code."""

__all__ = ["CATALOGUE", "ENTRIES", "Entry"]
