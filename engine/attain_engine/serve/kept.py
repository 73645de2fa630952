"""Policies and facts that were read, kept as long as their files stay as they are: moving a lever reads nothing."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from pathlib import Path
from typing import Final, Generic, TypeVar

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile
from attain_engine.facts import Facts, FactsProblem, load_facts
from attain_engine.facts.mapping import MAPPING_FILE
from attain_engine.policies import ReadPolicy, read_policy
from attain_engine.serve.folder import Folder, NotServed

MOST_POLICIES: Final = 8
MOST_FACTS: Final = 8

_Key = TypeVar("_Key", bound=Hashable)
_Kept = TypeVar("_Kept")
Stamp = tuple[tuple[str, int, int], ...]
"""Files, each with when it was changed and its size."""


class PolicyMistakes(Exception):
    """The policy has mistakes: `diagnostics`, and the files that they are in."""

    def __init__(self, read: ReadPolicy) -> None:
        super().__init__("the policy has mistakes")
        self.diagnostics: tuple[Diagnostic, ...] = tuple(
            each for each in read.diagnostics if each.severity is Severity.ERROR
        )
        self.files = read.files


class FactsMistakes(Exception):
    """The facts have mistakes: `problems`."""

    def __init__(self, problems: tuple[FactsProblem, ...]) -> None:
        super().__init__("the facts have mistakes")
        self.problems = problems


class ImportsFromElsewhere(Exception):
    """A policy imports a file that is not in the folder."""


@frozen
class Uploaded:
    """Facts that were uploaded: what the file is called, and what it holds. A workbook, and the `mapping` that came
    with it, are written to `scratch`, a folder of its own, only while they are read."""

    name: str
    content: bytes
    scratch: str = ""
    mapping: bytes = b""

    @property
    def digests(self) -> tuple[bytes, bytes]:
        """Of what it holds."""
        return hashlib.sha256(self.content).digest(), hashlib.sha256(self.mapping).digest()


class _Latest(Generic[_Key, _Kept]):
    """The latest of what was made, by keys, each with the stamp of its files."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: OrderedDict[_Key, tuple[Stamp, _Kept]] = OrderedDict()

    def get(self, key: _Key, stamp: Callable[[_Kept], Stamp], make: Callable[[], _Kept]) -> _Kept:
        kept = self._made.pop(key, None)
        if kept is None or stamp(kept[1]) != kept[0]:
            found = make()
            kept = stamp(found), found
        self._made[key] = kept
        while len(self._made) > self._most:
            self._made.popitem(last=False)
        return kept[1]


class Kept:
    """The policies and facts of a folder, which must be the current one."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._policies: _Latest[str, ReadPolicy] = _Latest(MOST_POLICIES)
        self._facts: _Latest[Hashable, tuple[Path | None, Facts, Program]] = _Latest(MOST_FACTS)

    def policy(self, given: str) -> ReadPolicy:
        """The policy at a path, read. Raises NotServed and ImportsFromElsewhere."""
        path = self.folder.policy(given)
        read = self._policies.get(path, _policy_stamp, lambda: read_policy(path))
        if not all(self.folder.holds(Path(each)) for each in read.files):
            raise ImportsFromElsewhere
        return read

    def program(self, given: str) -> Program:
        """The policy at a path, compiled. Raises NotServed, ImportsFromElsewhere and PolicyMistakes."""
        read = self.policy(given)
        if read.program is None or any(each.severity is Severity.ERROR for each in read.diagnostics):
            raise PolicyMistakes(read)
        return read.program

    def facts(self, program: Program, given: str | None, upload: Uploaded | None, sets: tuple[str, ...]) -> Facts:
        """The facts at a path, those that were uploaded, or what is set alone. Raises NotServed and FactsMistakes."""
        path = None if given is None else self.folder.facts(given)
        what = path if upload is None else (upload.name, upload.digests)
        key = id(program), what, sets
        kept = self._facts.get(key, _facts_stamp, lambda: (path, _read(program, path, upload, sets), program))
        return kept[1]  # the program is kept beside it, so that no other one can have its id


def _read(program: Program, path: Path | None, upload: Uploaded | None, sets: tuple[str, ...]) -> Facts:
    if upload is None:
        found, problems = load_facts(program, path, sets=sets)
    elif upload.content.startswith(b"PK\x03\x04"):
        found, problems = _workbook(program, upload, sets)
    else:
        found, problems = load_facts(program, Path(upload.name), text=_text(upload), sets=sets)
    if found is None or problems:
        raise FactsMistakes(problems)
    return found


def _text(upload: Uploaded) -> str:
    try:
        return upload.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message, fix = "the file is not UTF-8", "save it as UTF-8"
        raise FactsMistakes((FactsProblem("facts-not-text", message, upload.name, help=fix),)) from None


def _workbook(
    program: Program, upload: Uploaded, sets: tuple[str, ...]
) -> tuple[Facts | None, tuple[FactsProblem, ...]]:
    path, mapping = Path(upload.scratch, upload.name), Path(upload.scratch, MAPPING_FILE)
    path.write_bytes(upload.content)
    if upload.mapping:
        mapping.write_bytes(upload.mapping)
    try:
        facts, problems = load_facts(program, path, sets=sets)
        return facts, tuple(replace(each, file=each.file.removeprefix(f"{upload.scratch}/")) for each in problems)
    finally:
        path.unlink()
        mapping.unlink(missing_ok=True)


def _stamp(paths: list[Path]) -> Stamp:
    found = []
    for each in paths:
        try:
            state = each.stat()
            found.append((str(each), state.st_mtime_ns, state.st_size))
        except OSError:
            found.append((str(each), 0, -1))
    return tuple(found)


def _policy_stamp(read: ReadPolicy) -> Stamp:
    """That of the files of a policy, and of the folders in which its imports are looked for."""
    files: dict[str, SourceFile] = dict(read.files)
    homes = {Path(each).parent for each in (*files, read.path)}
    folders = [inner for home in sorted(homes) for inner in (home, home / "shared", home.parent / "shared")]
    return _stamp([*map(Path, files), Path(read.path), *folders])


def _facts_stamp(kept: tuple[Path | None, Facts, Program]) -> Stamp:
    path = kept[0]
    if path is None:
        return ()
    if not path.is_dir():
        return _stamp([path, path.parent / MAPPING_FILE])
    try:
        return _stamp([path, *sorted(path.iterdir())])
    except OSError:
        raise NotServed(str(path)) from None
