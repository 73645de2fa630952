"""From one policy to all the files it needs: imports are followed, a file is read once, imported files come first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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
class Amended:
    """What a policy takes over from the one that it `amends`: the declarations (where it replaces one, its own stands
    there), the files that they stand in, what these import, from which policy something was replaced, by the key of the
    declaration, and of which kind what could not be read is, by its name."""

    declarations: tuple[ast.Declaration, ...]
    sources: Mapping[str, SourceFile]
    imports: tuple[tuple[ast.Import, str], ...]
    replaced: Mapping[tuple[str, bool], str]
    broken: Mapping[str, str]


def _key(named: Named) -> tuple[str, bool]:
    """A name, and whether it is that of a change, which may be called as something else is."""
    return named.name.text, isinstance(named, ast.Change)


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
    amended: Amended

    @property
    def declarations(self) -> tuple[ast.Declaration, ...]:
        """Those of the file, and before them those that it takes over, with its own in the place of those it
        replaces."""
        placed = set(self.amended.replaced)
        own = (each for each in self.file.declarations if not (isinstance(each, NAMED) and _key(each) in placed))
        return (*self.amended.declarations, *own)

    @property
    def sources(self) -> Mapping[str, SourceFile]:
        """The files that its declarations stand in, by path."""
        return {**self.amended.sources, self.source.path: self.source}


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
        amended = self._amended(source, file)
        imports = [*amended.imports, *self._imports(source, file, amended.imports)]
        broken = {**amended.broken, **(_unreadable(source, file) if diagnostics else {})}
        hides_values = not {"enum", "reading"}.isdisjoint(broken.values())
        module = Module(name, source, file, header, tuple(imports), frozenset(broken), hides_values, amended)
        self.by_path[source.path] = module

    def _imports(
        self, source: SourceFile, file: ast.File, known: Sequence[tuple[ast.Import, str]] = ()
    ) -> list[tuple[ast.Import, str]]:
        imports: list[tuple[ast.Import, str]] = []
        for each in file.declarations:
            if not isinstance(each, ast.Import) or each.amends:
                continue
            if all(not _same(each, other) for other, _ in (*known, *imports)):
                path = self._follow(source, each)
                if path is not None:
                    imports.append((each, path))
        return imports

    def _amended(self, source: SourceFile, file: ast.File) -> Amended:
        """What a file takes over; what is wrong with that is reported."""
        amending = [each for each in file.declarations if isinstance(each, ast.Import) and each.amends]
        for second in amending[1:]:
            self.findings.error(
                "duplicate-header",
                "a policy amends one other",
                second.span,
                secondary=(Label(amending[0].span, "the first one"),),
                help="let the one that is amended amend the other",
            )
        found = self._loaded(source, amending[0]) if amending else None
        if found is None:
            return Amended((), {}, (), {}, {})
        self.open_paths.append((source.path, amending[0].module.span))
        other, diagnostics = self.parse(found)
        self.findings.take(diagnostics)
        before = self._amended(found, other)
        imports = (*before.imports, *self._imports(found, other, before.imports))
        self.open_paths.pop()
        taken = (*before.declarations, *(each for each in other.declarations if _is_taken(each, before)))
        declarations, replaced = self._replaced(taken, file, amending[0])
        broken = {**before.broken, **(_unreadable(found, other) if diagnostics else {})}
        sources = {**before.sources, found.path: found}
        return Amended(declarations, sources, imports, {**before.replaced, **replaced}, broken)

    def _replaced(
        self, taken: Sequence[ast.Declaration], file: ast.File, amends: ast.Import
    ) -> tuple[tuple[ast.Declaration, ...], Mapping[tuple[str, bool], str]]:
        """What is taken over, with the file's own in the place of those that it replaces, and which these are."""
        own = {_key(each): each for each in file.declarations if isinstance(each, NAMED)}
        replaced: dict[tuple[str, bool], str] = {}
        declarations: list[ast.Declaration] = []
        for each in taken:
            instead = own.get(_key(each)) if isinstance(each, NAMED) else None
            if isinstance(each, NAMED) and instead is not None:
                replaced[_key(instead)] = amends.module.text
                if type(instead) is not type(each):
                    self._of_another_kind(instead, each, amends)
            declarations.append(instead or each)
        return tuple(declarations), replaced

    def _of_another_kind(self, own: Named, other: Named, amends: ast.Import) -> None:
        self.findings.error(
            "duplicate-name",
            f"`{own.name.text}` is something else in `{amends.module.text}`, which this amends",
            own.name.span,
            secondary=(Label(other.name.span, "declared here"),),
            help="replace it by the same kind of declaration, or give this one another name",
        )

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

    def _loaded(self, importer: SourceFile, wanted: ast.Import) -> SourceFile | None:
        """The file that is meant, unless it is not there or leads back to this one, which is reported."""
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
        self.open_paths.pop()
        return found

    def _follow(self, importer: SourceFile, wanted: ast.Import) -> str | None:
        found = self._loaded(importer, wanted)
        if found is None:
            return None
        self.open_paths.append((importer.path, wanted.module.span))
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


def _unreadable(source: SourceFile, file: ast.File) -> Mapping[str, str]:
    """The declarations of a file that could not be read: the kind of each, by its name."""
    whole = {each.name.text for each in file.declarations if isinstance(each, NAMED)}
    return {name: kind for kind, name in _HEAD.findall(source.text) if name not in whole}


def _is_taken(each: ast.Declaration, before: Amended) -> bool:
    """Whether a declaration of a policy goes over to one that amends it: what it says of itself, expects and imports
    does not; what it replaced itself stands there already."""
    if isinstance(each, ast.Policy | ast.Import | ast.Example):
        return False
    return not (isinstance(each, NAMED) and _key(each) in before.replaced)


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
