"""From one policy to all the files it needs: imports are followed, a file is read once, imported files come first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath
from typing import TypeAlias

from attain_compiler.diagnostics.model import Diagnostic, Label
from attain_compiler.frozen import frozen
from attain_compiler.model.findings import Findings
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.parse import parse

Named: TypeAlias = (
    ast.Enum
    | ast.Entity
    | ast.Record
    | ast.Table
    | ast.Reading
    | ast.Define
    | ast.Measure
    | ast.Score
    | ast.Designation
    | ast.Change
    | ast.Report
)

NAMED = (
    ast.Enum,
    ast.Entity,
    ast.Record,
    ast.Table,
    ast.Reading,
    ast.Define,
    ast.Measure,
    ast.Score,
    ast.Designation,
    ast.Change,
    ast.Report,
)
"""The declarations that have a name."""

Load = Callable[[str, str], SourceFile | None]
"""`load(path of the importing file, name of the module)`: the file of that module, or None where there is none."""

Parse = Callable[[SourceFile], tuple[ast.File, tuple[Diagnostic, ...]]]
"""`parse`, or what gives the same: an editor's remembers what has not changed."""

DEEPEST = 100
"""How long a chain of imports may be."""

_HEAD = re.compile(
    r"^(enum|entity|record|parameter|reading|define|measure|score|designation|change|report)[ \t]+([A-Za-z][\w-]*)",
    re.MULTILINE,
)


@frozen
class Module:
    """One file.

    `broken` are the names of declarations that could not be read: using them is no second mistake. `hides_values`: an
    enum or reading is among them, whose values nobody knows.
    """

    name: str
    source: SourceFile
    file: ast.File
    header: ast.Policy | None
    imports: tuple[tuple[ast.Import, str], ...]
    broken: frozenset[str]
    hides_values: bool


@dataclass(slots=True)
class _Reading:
    load: Load
    parse: Parse
    findings: Findings
    by_path: dict[str, Module] = field(default_factory=dict)
    open_paths: list[tuple[str, Span]] = field(default_factory=list)

    def read(self, source: SourceFile, called: ast.Name | None) -> None:
        """Read a file and what it imports into `by_path`, imported ones first."""
        file, diagnostics = self.parse(source)
        self.findings.take(diagnostics)
        header = self._header(source, file)
        name = header.name.text if header else PurePath(source.path).stem.replace(" ", "_")
        if called is not None and header is not None and header.name.text != called.text:
            self.findings.error(
                "wrong-module-name",
                f"the file imported as `{called.text}` calls itself `{header.name.text}`",
                called.span,
                secondary=(Label(header.name.span, "its name"),),
                help="give the file and its header the same name",
            )
        imports: list[tuple[ast.Import, str]] = []
        for each in file.declarations:
            if isinstance(each, ast.Import) and all(not _same(each, other) for other, _ in imports):
                path = self._follow(source, each)
                if path is not None:
                    imports.append((each, path))
        broken: dict[str, str] = {}
        if diagnostics:
            whole = {each.name.text for each in file.declarations if isinstance(each, NAMED)}
            broken = {name: kind for kind, name in _HEAD.findall(source.text) if name not in whole}
        hides_values = not {"enum", "reading"}.isdisjoint(broken.values())
        module = Module(name, source, file, header, tuple(imports), frozenset(broken), hides_values)
        self.by_path[source.path] = module

    def _header(self, source: SourceFile, file: ast.File) -> ast.Policy | None:
        headers = [each for each in file.declarations if isinstance(each, ast.Policy)]
        for second in headers[1:]:
            self.findings.error(
                "duplicate-header",
                "a file has one header",
                second.name.span,
                secondary=(Label(headers[0].name.span, "the first one"),),
                help="keep one `policy` or `library` line",
            )
        if not headers and not self.findings.failed:
            self.findings.error(
                "missing-header",
                "the file does not say what it is",
                Span(source.path, 0, min(1, len(source.text))),
                help='start it with `policy NAME "title"`, or `library NAME "title"` for a file of vocabulary',
            )
        header = headers[0] if headers else None
        first, last = (header.force_from, header.force_to) if header else (None, None)
        if first and last and last.value < first.value:
            self.findings.error(
                "dates-reversed",
                "the policy would end before it begins",
                last.span,
                secondary=(Label(first.span, "it begins here"),),
                help="write `in force from` the earlier date `to` the later one",
            )
        return header

    def _follow(self, importer: SourceFile, wanted: ast.Import) -> str | None:
        found = self.load(importer.path, wanted.module.text)
        if found is None:
            self.findings.error(
                "missing-import",
                f"there is no `{wanted.module.text}.attain`",
                wanted.module.span,
                help="put the file beside this one, or in the folder `shared` beside it",
            )
            return None
        self.open_paths.append((importer.path, wanted.module.span))
        on_the_way = [path for path, _ in self.open_paths]
        if found.path in on_the_way:
            circle = self.open_paths[on_the_way.index(found.path) :]
            self.findings.error(
                "import-cycle",
                f"`{wanted.module.text}` imports this file, which imports `{wanted.module.text}`"
                if len(circle) > 1
                else "a file cannot import itself",
                wanted.module.span,
                secondary=tuple(Label(span, "imported from here") for _, span in circle[:-1]),
                help="move what both need to a file of its own, and import that",
            )
            self.open_paths.pop()
            return None
        if found.path not in self.by_path:
            if len(self.open_paths) > DEEPEST:
                self.findings.error(
                    "import-cycle",
                    f"more than {DEEPEST} files import one another in a chain",
                    wanted.module.span,
                    help="import what is needed directly",
                )
            else:
                self.read(found, wanted.module)
        self.open_paths.pop()
        return found.path if found.path in self.by_path else None


def _same(one: ast.Import, other: ast.Import) -> bool:
    called = [each.called.text if each.called else "" for each in (one, other)]
    return one.module.text == other.module.text and called[0] == called[1]


@lru_cache(maxsize=128)
def parse_once(source: SourceFile) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """As `parse`; the policies of a folder import the same files, and each of those is read once."""
    return parse(source)


def read_modules(mains: Sequence[SourceFile], load: Load, parse: Parse, findings: Findings) -> tuple[Module, ...]:
    """The modules of these files and of all they import, each after those it imports."""
    reading = _Reading(load, parse, findings)
    for main in mains:
        if main.path not in reading.by_path:
            reading.read(main, None)
    modules = tuple(reading.by_path.values())
    first: dict[str, Module] = {}
    for module in modules:
        other = first.setdefault(module.name, module)
        if other is not module:
            at = module.header.name.span if module.header else Span(module.source.path, 0, 1)
            before = other.header.name.span if other.header else Span(other.source.path, 0, 1)
            findings.error(
                "duplicate-name",
                f"two files are called `{module.name}`",
                at,
                secondary=(Label(before, "the other one"),),
                help="names of policies are unique: rename one of them",
            )
    return modules
