"""Diagnostics about the facts that a policy is applied to."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue import facts_doubts, facts_files, facts_names, facts_values
from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    *facts_files.ENTRIES,
    *facts_names.ENTRIES,
    *facts_values.ENTRIES,
    *facts_doubts.ENTRIES,
)
