"""Finding and reading policy files. All reading of policies from disk is here.

A policy imports from its own folder, from `shared` inside it and from `shared` beside it, and from nowhere else: a
module is a plain name, and a link that leads out of those folders is not followed.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile, Span

SUFFIX = ".attain"
STANDARD_INPUT = "-"
LARGEST = 2_000_000
"""The size in bytes above which a file is not taken for a policy."""

_MODULE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_]+)*")
_SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})


@frozen
class ReadPolicy:
    """What reading and compiling one policy gave. `program` is None if its mistakes prevent one; `files` are the
    sources that could be read, imports included, by the path they are shown under."""

    path: str
    program: Program | None
    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, SourceFile]


def read_policy(path: str, text: str | None = None) -> ReadPolicy:
    """Compile the policy at `path` with all its imports; `text` is used instead of what the file holds, if given.

    Never raises for what is in the files or for files that cannot be read: those are diagnostics.
    """
    from attain_compiler.pipeline import compile_policy  # the grammar takes a while to load
    from attain_engine.kept_parser import keep_parser

    source = SourceFile(path, text) if text is not None else read_source(path)
    if isinstance(source, Diagnostic):
        return ReadPolicy(path, None, (source,), {})
    modules = _Modules()
    program, diagnostics = compile_policy(path, source.text, modules.load)
    keep_parser()
    return ReadPolicy(path, program, (*modules.refused, *diagnostics), {path: source, **modules.files})


def read_policies(paths: Sequence[str]) -> ReadPolicy:
    """Compile several policies into one program, the first of them its main one. See `read_policy`."""
    from attain_compiler.pipeline import compile_policies
    from attain_engine.kept_parser import keep_parser

    sources = [read_source(path) for path in paths]
    refused = tuple(each for each in sources if isinstance(each, Diagnostic))
    read = [each for each in sources if isinstance(each, SourceFile)]
    if refused:
        return ReadPolicy(paths[0], None, refused, {})
    modules = _Modules()
    program, diagnostics = compile_policies(read, modules.load)
    keep_parser()
    files = {**{source.path: source for source in read}, **modules.files}
    return ReadPolicy(paths[0], program, (*modules.refused, *diagnostics), files)


def policies_beside(path: str) -> Iterator[Program]:
    """The policies in the folder of one at `path` that import it, such as those that hold its examples; those with
    mistakes are left out."""
    folder, name = os.path.split(path)
    wanted = re.compile(rf"^import {re.escape(name.removesuffix(SUFFIX))}\b(?!-)", re.MULTILINE)
    if not os.path.isfile(path):
        return
    for other in sorted(os.listdir(folder or os.curdir)):
        there = os.path.join(folder, other)
        if other == name or not other.endswith(SUFFIX) or not _is_regular(there):
            continue
        source = read_source(there)
        if isinstance(source, SourceFile) and wanted.search(source.text):
            program = read_policy(there).program
            if program is not None:
                yield program


def without_used(policies: Sequence[ReadPolicy]) -> list[ReadPolicy]:
    """Policies that were read each by itself, without the doubts that nothing uses what another of them uses."""
    return [_without_used(each, policies) for each in policies]


def _without_used(policy: ReadPolicy, policies: Sequence[ReadPolicy]) -> ReadPolicy:
    doubts = [each for each in policy.diagnostics if each.code == "unused"]
    own = os.path.abspath(policy.path)
    left = {_said_at(each) for each in doubts}
    for other in policies if doubts else ():
        if other is not policy and own in map(os.path.abspath, other.files):
            # One at a time, as policies of a folder may share their names.
            together = read_policies([own, os.path.abspath(other.path)])
            # Who has mistakes may use anything: what it uses is not known.
            left &= {_said_at(each) for each in together.diagnostics} if together.program is not None else set()
    used = [each for each in doubts if _said_at(each) not in left]
    return replace(policy, diagnostics=tuple(each for each in policy.diagnostics if each not in used))


def _said_at(found: Diagnostic) -> tuple[str, str, str, int]:
    return found.code, found.message, os.path.abspath(found.span.path), found.span.start


def read_source(path: str) -> SourceFile | Diagnostic:
    """The text of a policy file, or what is wrong with it: not there, not text, or far too large."""
    if not _ends(path):
        message = f"cannot read `{path}`: it is a pipe or a device, not a file"
        return _refusal("unreadable-file", message, path, help="give a file; `-` stands for standard input")
    try:
        with open(path, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        reason = (isinstance(error, OSError) and error.strerror) or "its name is not valid"
        return _refusal("unreadable-file", f"cannot read `{path}`: {reason[:1].lower()}{reason[1:]}", path)
    return source_of(path, data)


def source_of(path: str, data: bytes) -> SourceFile | Diagnostic:
    """The text that `data` holds, shown under `path`, or what is wrong with it."""
    if len(data) > LARGEST:
        return _refusal(
            "file-too-large",
            f"`{path}` has more than {LARGEST:_} bytes",
            path,
            help="a policy is far smaller; give facts in a file of their own, beside the policy",
        )
    if b"\0" in data:
        return _refusal("not-text", f"`{path}` is not a text file", path, help="give the path of a policy")
    try:
        return SourceFile(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _refusal(
            "not-text",
            f"`{path}` is not UTF-8: byte {data[error.start]:#04x} on line {line}",
            path,
            help="save the file as UTF-8",
        )


def find_policies(paths: Iterable[str]) -> tuple[str, ...]:
    """The policy files that `paths` stand for: a file is itself, a folder is every policy below it, in order of name.

    Hidden folders are left out. A path that does not exist stands for itself, so that reading it tells.
    """
    found = (each for path in paths for each in (_below(path) if os.path.isdir(path) else (path,)))
    return tuple(dict.fromkeys(found))


def locate_policy(given: str) -> str:
    """The path of a policy that is given by its path, or by the bare name of one that comes with Attain."""
    if _MODULE.fullmatch(given) and not os.path.exists(given):
        shipped = shipped_policies() / f"{given}{SUFFIX}"
        if shipped.is_file():
            return str(shipped)
    return given


def shipped_policies() -> Path:
    """The folder of the policies that come with Attain: inside the package, or in the checkout it is run from."""
    inside = Path(__file__).parent / "policies_data"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "policies"


def _below(folder: str) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in _SKIPPED_FOLDERS)
        for name in sorted(names):
            path = os.path.join(parent, name)
            if name.endswith(SUFFIX) and not name.startswith(".") and os.path.isfile(path):
                yield os.path.normpath(path)


class _Modules:
    """The modules that one policy imports. `refused` has a diagnostic for each that is there but cannot be read."""

    def __init__(self) -> None:
        self.files: dict[str, SourceFile] = {}
        self.refused: list[Diagnostic] = []

    def load(self, importing_path: str, module_name: str) -> SourceFile | None:
        path = module_path(importing_path, module_name)
        if path is None:
            return None
        if path not in self.files:
            source = read_source(path)
            if isinstance(source, Diagnostic):
                self.refused.append(source)
                return None
            self.files[path] = source
        return self.files[path]


def module_path(importing_path: str, module_name: str) -> str | None:
    """The file that an import means in a file at `importing_path`; None where there is none."""
    if not _MODULE.fullmatch(module_name):
        return None
    home = os.path.dirname(importing_path)
    for folder in (home, os.path.join(home, "shared"), os.path.join(home, os.pardir, "shared")):
        path = os.path.normpath(os.path.join(folder, module_name + SUFFIX))
        if _is_regular(path) and Path(path).resolve().is_relative_to(Path(folder).resolve()):
            return path
    return None


def _is_regular(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def _ends(path: str) -> bool:
    """False for what might wait for ever, or never end. A folder, and what is not there, say more when opened."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _refusal(code: str, message: str, path: str, help: str = "") -> Diagnostic:
    return Diagnostic(code, message, Span(path, 0, 0), help=help)
