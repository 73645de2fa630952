"""`attain check --fix`: the fixes that are certain, written into the files."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

import click

from attain_engine.cli.output import replace_file
from attain_engine.policies import STANDARD_INPUT, read_policy

_MOST_ROUNDS = 20
"""A mistake can hide others: they are found when it is mended, so files are read anew until nothing is left to fix."""


def fix_files(paths: Sequence[str]) -> int:
    """Make every certain fix in these files, and return how many were made. What they import is left as it is."""
    from attain_engine.check.fixes import certain_fixes, with_fixes

    if STANDARD_INPUT in paths:
        raise click.UsageError("--fix writes into files: give their paths, not `-`")
    made = 0
    for path in paths:
        for _ in range(_MOST_ROUNDS):
            policy = read_policy(path)
            fixes = certain_fixes(path, policy.diagnostics)
            if not fixes:
                break
            text = with_fixes(policy.files[path].text, fixes).encode("utf-8")
            mark = codecs.BOM_UTF8 if Path(path).read_bytes().startswith(codecs.BOM_UTF8) else b""
            replace_file(Path(path), mark + text)
            made += len(fixes)
    return made
