"""Diagnostics about what a policy means: names, types, and what the whole of it implies."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
