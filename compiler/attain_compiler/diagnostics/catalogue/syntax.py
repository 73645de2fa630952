"""Diagnostics about the text of a policy, before any name is looked up."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
