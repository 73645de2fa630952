"""Diagnostics about what a policy means: names, types, and what the whole of it implies."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue import semantics_names, semantics_rules, semantics_tables, semantics_types
from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    *semantics_names.ENTRIES,
    *semantics_types.ENTRIES,
    *semantics_tables.ENTRIES,
    *semantics_rules.ENTRIES,
)
