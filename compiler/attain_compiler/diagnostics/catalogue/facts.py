"""Diagnostics about the facts that a policy is applied to."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
