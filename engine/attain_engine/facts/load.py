"""Facts from a file or a folder: the one entrance. Every mistake is reported in one run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attain_compiler.model.program import Program
from attain_engine.facts.draft import Draft
from attain_engine.facts.files import STDIN, is_folder
from attain_engine.facts.folder import read_folder
from attain_engine.facts.json_file import read_file
from attain_engine.facts.model import Facts
from attain_engine.facts.problem import FactsProblem
from attain_engine.facts.settings import read_settings
from attain_engine.facts.vocabulary import vocabulary_of

NAMELESS = "the organisation"
"""What an organisation is called that no file or folder names."""

UNNAMED = Path("facts.json")
"""What a text is called in reports of what is wrong with it."""


def load_facts(
    program: Program, path: Path | None, *, sets: Sequence[str] = (), text: str | None = None
) -> tuple[Facts | None, tuple[FactsProblem, ...]]:
    """The facts at `path`, or no facts and everything that is wrong with them.

    `path` is a JSON file, a folder of CSV tables, `-` for JSON on standard input, or None where only `sets` say
    something. `sets` are settings (`net_adds.smb=66`); each replaces the value that the file gives. With `text`, that
    is read, as JSON, and not what stands at `path`, which is then only a name.
    """
    draft = Draft(vocabulary_of(program), NAMELESS)
    if text is not None:
        read_file(draft, path or UNNAMED, with_tables=True, held=text)
    elif path is not None and is_folder(path):
        draft.organisation = path.resolve().name or NAMELESS
        read_folder(draft, path)
    elif path is not None:
        draft.organisation = path.stem if path != STDIN else NAMELESS
        read_file(draft, path, with_tables=True)
    read_settings(draft, sets)
    return draft.facts(), tuple(draft.problems)
