"""Which names a file sees: its own declarations and those of the files it imports, and what these import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from attain_compiler.diagnostics.model import Label
from attain_compiler.frozen import frozen
from attain_compiler.model.findings import Findings
from attain_compiler.model.modules import NAMED, Module, Named
from attain_compiler.source import Span
from attain_compiler.syntax import ast


@frozen
class Declared:
    """A named declaration and its id, `module.name`."""

    id: str
    written: Named
    module: str

    @property
    def name(self) -> str:
        return self.written.name.text

    @property
    def span(self) -> Span:
        """Where its name stands."""
        return self.written.name.span

    @property
    def kind(self) -> str:
        """The author's word for what it is: `enum`, `parameter`, `measure`."""
        return ast.word_of(self.written)


@frozen
class ValueName:
    """A value of an enum, or an alternative of a reading without values (then `enum` is the reading's id)."""

    enum: str
    name: str
    span: Span


@frozen
class Visible:
    """The names that one file sees; those of an `import ... as p` begin with `p.`. `broken` and `hides_values`: see
    `Module`. `called` are the names of such imports, with their places.

    `changes` has the changes, which no expression names, so that one may have the name of something else; it is among
    the `declarations` where it has not.
    """

    module: str
    declarations: Mapping[str, Declared]
    changes: Mapping[str, Declared]
    values: Mapping[str, tuple[ValueName, ...]]
    broken: frozenset[str]
    hides_values: bool
    called: Mapping[str, Span]

    def of_kind(self, *kinds: type[Named]) -> tuple[str, ...]:
        """The names of the declarations of these kinds."""
        return tuple(dict.fromkeys(name for name, each in self.named if isinstance(each.written, kinds)))

    @property
    def named(self) -> tuple[tuple[str, Declared], ...]:
        """Every declaration that has a name, with what it is called here, in order."""
        shared = [(name, each) for name, each in self.changes.items() if self.declarations[name] is not each]
        return (*self.declarations.items(), *shared)

    @property
    def all(self) -> tuple[Declared, ...]:
        """Every declaration that has a name, in order."""
        return tuple(each for _, each in self.named)

    def prefixes(self) -> tuple[tuple[str, str], ...]:
        """What the names of each other policy begin with here, where they cannot be said
        alone, by its name."""
        alone = {each.module for name, each in self.named if "." not in name}
        found = {each.module: name.partition(".")[0] + "." for name, each in self.named if "." in name}
        return tuple((module, prefix) for module, prefix in found.items() if module not in alone)


def declared_in(module: Module, findings: Findings) -> tuple[Declared, ...]:
    """The named declarations of a file; a name declared twice counts once, and is reported. A change may have the
    name of something else, and is then told apart by its id."""
    found: dict[tuple[str, bool], Declared] = {}
    named = [each for each in module.declarations if isinstance(each, NAMED)]
    others = {each.name.text for each in named if not isinstance(each, ast.Change)}
    for each in named:
        acts = isinstance(each, ast.Change)
        own = f"change.{each.name.text}" if acts and each.name.text in others else each.name.text
        declared = Declared(f"{module.name}.{own}", each, module.name)
        first = found.setdefault((each.name.text, acts), declared)
        if first is not declared:
            findings.error(
                "duplicate-name",
                f"`{each.name.text}` is declared twice",
                each.name.span,
                secondary=(Label(first.span, "the first time"),),
                help="rename one of them",
            )
    return tuple(found.values())


def values_of(declared: Declared) -> tuple[ValueName, ...]:
    """The value names that a declaration brings with it."""
    match declared.written:
        case ast.Enum(values=values):
            return tuple(ValueName(declared.id, each.name.text, each.name.span) for each in values)
        case ast.Reading(alternatives=alternatives) if all(each.value is None for each in alternatives):
            return tuple(ValueName(declared.id, each.name.text, each.name.span) for each in alternatives)
        case _:
            return ()


def visible_names(modules: Sequence[Module], findings: Findings) -> Mapping[str, Visible]:
    """What each module sees, by its path. `modules` come after those they import."""
    own = {module.source.path: declared_in(module, findings) for module in modules}
    by_path = {module.source.path: module for module in modules}
    alone: dict[str, dict[str, None]] = {}
    everything: dict[str, dict[str, None]] = {}
    visible: dict[str, Visible] = {}
    reported: set[tuple[Span, Span]] = set()
    for module in modules:
        here = module.source.path
        reached = alone[here] = _reached(module, alone, [path for each, path in module.imports if each.called is None])
        everything[here] = _reached(module, everything, [path for _, path in module.imports])
        seen = _Seen(findings, reported)
        broken: set[str] = set()
        for prefix, paths in [("", reached), *_qualified(module, alone)]:
            for path in paths:
                broken |= {prefix + each for each in by_path[path].broken}
                for declared in own[path]:
                    seen.see(prefix, declared)
        values: dict[str, list[ValueName]] = {}
        for path in everything[here]:
            for value in (value for each in own[path] if seen.first(each) for value in values_of(each)):
                values.setdefault(value.name, []).append(value)
        visible[here] = Visible(
            module.name,
            seen.changes | seen.declarations,
            seen.changes,
            {name: tuple(each) for name, each in values.items()},
            frozenset(broken) - frozenset(seen.declarations),
            any(by_path[path].hides_values for path in everything[here]),
            _called(module, seen.declarations, findings),
        )
    return visible


def _reached(module: Module, known: Mapping[str, Mapping[str, None]], paths: Sequence[str]) -> dict[str, None]:
    """The module and what is reached through those of its imports, which come first."""
    found: dict[str, None] = {}
    for path in paths:
        found.update(known.get(path, {path: None}))
    return {**found, module.source.path: None}


def _qualified(module: Module, alone: Mapping[str, Mapping[str, None]]) -> list[tuple[str, Mapping[str, None]]]:
    """What stands before the names of each import that is called something, and whose names these are."""
    return [(f"{each.called.text}.", alone.get(path, {path: None})) for each, path in module.imports if each.called]


@dataclass(slots=True)
class _Seen:
    """The names that a module sees, while they are gathered."""

    findings: Findings
    reported: set[tuple[Span, Span]]
    declarations: dict[str, Declared] = field(default_factory=dict)
    changes: dict[str, Declared] = field(default_factory=dict)
    second: set[str] = field(default_factory=set)

    def see(self, prefix: str, declared: Declared) -> None:
        named = self.changes if isinstance(declared.written, ast.Change) else self.declarations
        first = named.setdefault(prefix + declared.name, declared)
        if first is declared:
            return
        self.second.add(declared.id)
        if (first.span, declared.span) not in self.reported:
            self.reported.add((first.span, declared.span))
            self.findings.error(
                "duplicate-name",
                f"`{declared.name}` is declared in `{first.module}` and in `{declared.module}`",
                declared.span,
                secondary=(Label(first.span, "the other one"),),
                help=f"rename one of them, or call one of the imports something: `import {first.module} as ...`",
            )

    def first(self, declared: Declared) -> bool:
        """Whether the declaration is the first of its name wherever its name is seen."""
        return declared.id not in self.second


def _called(module: Module, declarations: Mapping[str, Declared], findings: Findings) -> Mapping[str, Span]:
    """What the imports of a module are called. A name that means something else, or another policy, is reported."""
    found: dict[str, Span] = {}
    for each, _ in module.imports:
        if each.called is None:
            continue
        declared = declarations.get(each.called.text)
        before = declared.span if declared is not None else found.get(each.called.text)
        found.setdefault(each.called.text, each.called.span)
        if before is not None:
            findings.error(
                "duplicate-name",
                f"`{each.called.text}` already means something here",
                each.called.span,
                secondary=(Label(before, "declared here"),),
                help="call the import something else",
            )
    return found
