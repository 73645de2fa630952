"""The facts in a workspace that a policy can be asked about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from attain_engine.facts.json_text import names_in
from attain_engine.facts.vocabulary import snake_case
from attain_engine.lsp.workspace import Workspace

MOST_FILES = 20_000
"""How many files of the workspace are looked at."""

_LARGEST = 20_000_000
_SKIPPED = frozenset({"node_modules", "__pycache__", "dist", "build"})


def facts_in(workspace: Workspace, path: str) -> tuple[str, ...]:
    """The facts that are about the policy at `path`: folders with a table of one of the names it knows, and JSON files
    with a record or a measure of such a name. In the folders of the workspace and that of the policy, in order."""
    analysis = workspace.analysis(path)
    if analysis is None:
        return ()
    names = frozenset(analysis.visible.declarations)
    tables = names | {snake_case(each) for each in names}
    found: dict[str, None] = {}
    looked_at = 0
    for folder, files in _folders(tuple(dict.fromkeys((*workspace.folders, os.path.dirname(path))))):
        looked_at += len(files)
        if looked_at > MOST_FILES:
            break
        if any(each.endswith(".csv") and each.removesuffix(".csv") in tables for each in files):
            found[folder] = None
            continue
        for each in files:
            file = os.path.join(folder, each)
            if each.endswith(".json") and names_in(Path(file), _LARGEST) & names:
                found[file] = None
    return tuple(found)


def _folders(roots: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """Every folder below these, hidden ones left out, with the names of its files."""
    seen: set[str] = set()
    for root in roots:
        for folder, below, files in os.walk(root):
            below[:] = sorted(each for each in below if not each.startswith(".") and each not in _SKIPPED)
            if folder not in seen:
                seen.add(folder)
                yield folder, sorted(files)
