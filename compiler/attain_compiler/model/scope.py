"""Which names a file sees: its own declarations and those of the files it imports, and what these import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
        match self.written:
            case ast.Table():
                return "parameter"
            case written:
                return type(written).__name__.lower()


@frozen
class ValueName:
    """A value of an enum, or an alternative of a reading without values (then `enum` is the reading's id)."""

    enum: str
    name: str
    span: Span


@frozen
class Visible:
    """The names that one file sees. `broken` and `hides_values`: see `Module`.

    `changes` has the changes, which no expression names, so that one may have the name of something else; it is among
    the `declarations` where it has not.
    """

    module: str
    declarations: Mapping[str, Declared]
    changes: Mapping[str, Declared]
    values: Mapping[str, tuple[ValueName, ...]]
    broken: frozenset[str]
    hides_values: bool

    def of_kind(self, *kinds: type[Named]) -> tuple[str, ...]:
        """The names of the declarations of these kinds."""
        return tuple(dict.fromkeys(each.name for each in self.all if isinstance(each.written, kinds)))

    @property
    def all(self) -> tuple[Declared, ...]:
        """Every declaration that has a name, in order."""
        shared = [each for name, each in self.changes.items() if self.declarations[name] is not each]
        return (*self.declarations.values(), *shared)


def declared_in(module: Module, findings: Findings) -> tuple[Declared, ...]:
    """The named declarations of a file; a name declared twice counts once, and is reported. A change may have the
    name of something else, and is then told apart by its id."""
    found: dict[tuple[str, bool], Declared] = {}
    named = [each for each in module.file.declarations if isinstance(each, NAMED)]
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
    reach: dict[str, dict[str, None]] = {}
    for module in modules:
        seen: dict[str, None] = {}
        for _, path in module.imports:
            seen.update(reach.get(path, {path: None}))
        reach[module.source.path] = {**seen, module.source.path: None}
    visible: dict[str, Visible] = {}
    reported: set[tuple[Span, Span]] = set()
    for module in modules:
        declarations: dict[str, Declared] = {}
        changes: dict[str, Declared] = {}
        values: dict[str, list[ValueName]] = {}
        broken: set[str] = set()
        for path in reach[module.source.path]:
            broken |= by_path[path].broken
            for declared in own[path]:
                named = changes if isinstance(declared.written, ast.Change) else declarations
                first = named.setdefault(declared.name, declared)
                if first is declared:
                    for value in values_of(declared):
                        values.setdefault(value.name, []).append(value)
                elif (first.span, declared.span) not in reported:
                    reported.add((first.span, declared.span))
                    findings.error(
                        "duplicate-name",
                        f"`{declared.name}` is declared in `{first.module}` and in `{declared.module}`",
                        declared.span,
                        secondary=(Label(first.span, "the other one"),),
                        help="rename one of them, or do not import both",
                    )
        visible[module.source.path] = Visible(
            module.name,
            changes | declarations,
            changes,
            {name: tuple(each) for name, each in values.items()},
            frozenset(broken) - frozenset(declarations),
            any(by_path[path].hides_values for path in reach[module.source.path]),
        )
    return visible
