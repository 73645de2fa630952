"""What of a folder may be read: policies and facts inside it, and nothing that a path or a link leads to elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Final, Literal, TypeAlias

from attain_compiler.model.program import Program
from attain_engine.facts.json_text import names_in
from attain_engine.facts.mapping import MAPPING_FILE
from attain_engine.facts.vocabulary import snake_case
from attain_engine.policies import SUFFIX
from attain_engine.serve.models import ListedFacts, ListedPolicy, Listing

MOST_FILES: Final = 20_000
"""So many files are looked at for a listing."""

MOST_LISTED: Final = 1_000
MOST_TABLES: Final = 1_000
"""A folder of facts with more files than this is refused."""

MOST_READ: Final = 100_000_000
"""Bytes of JSON files that are read for a listing. What further ones are about is not looked at."""

_LARGEST_LISTED = 20_000_000
"""Bytes. Larger JSON files are not listed."""

_SKIPPED = frozenset({"node_modules", "__pycache__", "dist", "build"})
_TABLES = frozenset({".csv", ".parquet"})

Form: TypeAlias = Literal["folder", "json", "workbook", "database"]
_FORMS: dict[str, Form] = {
    ".json": "json",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".db": "database",
    ".sqlite": "database",
    ".sqlite3": "database",
    ".duckdb": "database",
}


class NotServed(Exception):
    """A path that is not there, or not inside the folder: which of the two is not told."""


class Folder:
    """The folder that is served. Paths are given relative to it, with slashes."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._left = MOST_READ

    def policy(self, given: str) -> str:
        """The path of a policy, relative to the folder. Raises NotServed."""
        path = self._inside(given)
        if path.suffix != SUFFIX or not (self.root / path).is_file():
            raise NotServed(given)
        return str(path)

    def facts(self, given: str) -> Path:
        """The path of facts, relative to the folder. Raises NotServed, also where a file that would be read with them
        (a table, the mapping beside them) is a link that leads outside."""
        path = self._inside(given)
        whole = self.root / path
        if whole.is_dir():
            try:
                read = list(islice(whole.iterdir(), MOST_TABLES + 1))
            except OSError:
                raise NotServed(given) from None
            if len(read) > MOST_TABLES:
                raise NotServed(given)
        elif whole.is_file() and whole.suffix.lower() in _FORMS:
            read = [whole.parent / MAPPING_FILE]
        else:
            raise NotServed(given)
        if not all(self.holds(each) for each in read):
            raise NotServed(given)
        return path

    def holds(self, path: Path) -> bool:
        """Whether what stands at a path, links followed, is inside the folder."""
        try:
            return (self.root / path).resolve().is_relative_to(self.root)
        except (OSError, RuntimeError):  # links in a circle
            return False

    def _inside(self, given: str) -> Path:
        pure = PurePosixPath(given)
        plain = pure.parts and not pure.is_absolute() and "\\" not in given and "\0" not in given and ":" not in given
        if not plain or any(each.startswith(".") or each in _SKIPPED for each in pure.parts):
            raise NotServed(given)
        path = Path(*pure.parts)
        try:
            if not (self.root / path).exists() or not self.holds(path):
                raise NotServed(given)
        except OSError:
            raise NotServed(given) from None
        return path

    # ------------------------------------------------------------ the listing

    def listing(self, about: Program | None = None) -> Listing:
        """The policies and facts of the folder, by name; with a policy, whether the facts are about it."""
        policies: list[ListedPolicy] = []
        facts: list[ListedFacts] = []
        names = _names_of(about)
        looked_at = 0
        self._left = MOST_READ
        complete = True
        for folder, files in self._folders():
            looked_at += len(files)
            if looked_at > MOST_FILES or len(policies) + len(facts) > MOST_LISTED:
                complete = False
                break
            policies += (ListedPolicy(path=self._shown(each)) for each in files if each.suffix == SUFFIX)
            facts += self._facts_in(folder, files, names)
        return Listing(
            policies=tuple(policies[:MOST_LISTED]), facts=tuple(sorted(facts, key=_first)), complete=complete
        )

    def _facts_in(self, folder: Path, files: list[Path], names: Set[str]) -> Iterator[ListedFacts]:
        tables = {each.stem for each in files if each.suffix in _TABLES}
        if tables and folder != self.root:
            fits = bool(tables & names) if names else None
            yield ListedFacts(path=self._shown(folder), form="folder", fits=fits)
            return
        for each in files:
            form = _FORMS.get(each.suffix.lower())
            if form == "json":
                yield from self._json(each, names)
            elif form is not None:
                yield ListedFacts(path=self._shown(each), form=form)

    def _json(self, path: Path, names: Set[str]) -> Iterator[ListedFacts]:
        """A JSON file, if it is one of facts as far as that is looked at."""
        size = path.stat().st_size if path.is_file() else 0
        if not 0 < size <= _LARGEST_LISTED:
            return
        self._left -= size
        held = names_in(path, _LARGEST_LISTED) if self._left > 0 else None
        if held is None or held:
            fits = bool(held & names) if names and held is not None else None
            yield ListedFacts(path=self._shown(path), form="json", fits=fits)

    def _folders(self) -> Iterator[tuple[Path, list[Path]]]:
        """Every folder below, hidden ones and links left out, with its files."""
        for folder, below, files in os.walk(self.root):
            below[:] = sorted(each for each in below if not each.startswith(".") and each not in _SKIPPED)
            paths = [Path(folder, each) for each in sorted(files) if not each.startswith(".")]
            yield Path(folder), [each for each in paths if not each.is_symlink() or self.holds(each)]

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


def _first(facts: ListedFacts) -> tuple[bool, bool, str]:
    """Those that are about the policy first, and last those that are not."""
    return facts.fits is False, facts.fits is not True, facts.path


def _names_of(program: Program | None) -> Set[str]:
    """What a table, a record or a measure of a policy may be called in facts."""
    if program is None:
        return frozenset()
    declared = (*program.records.values(), *program.measures.values())
    names = {each.name for each in declared} | {each.id for each in declared}
    return names | {snake_case(each) for each in names}
