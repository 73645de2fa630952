"""From the written files to one program: heads first, then bodies, then what only the whole can tell.

The order within this file is the order of work; a new kind of declaration has one line in `_heads` and one in
`_bodies`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.awards import each_awarded
from attain_compiler.model.checks import check
from attain_compiler.model.declarations import (
    changes,
    designations,
    examples,
    precedence,
    rules,
    scores,
    signatures,
    tables,
    vocabulary,
)
from attain_compiler.model.declarations.notes import notes, template, title
from attain_compiler.model.env import Env
from attain_compiler.model.expressions import typed
from attain_compiler.model.findings import Findings
from attain_compiler.model.heads import Heads
from attain_compiler.model.modules import Load, Module, Named, Parse, parse_once, read_modules
from attain_compiler.model.scope import Declared, Visible, visible_names
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast


@dataclass(slots=True)
class _Bodies:
    """What has been read so far, by kind and id."""

    tables: dict[str, model.Table] = field(default_factory=dict)
    readings: dict[str, model.Reading] = field(default_factory=dict)
    defines: dict[str, model.Define] = field(default_factory=dict)
    exclusions: dict[str, model.Exclusion | precedence.Precedence] = field(default_factory=dict)
    measures: dict[str, model.Measure] = field(default_factory=dict)
    scores: dict[str, model.Score] = field(default_factory=dict)
    designations: dict[str, model.Designation] = field(default_factory=dict)
    changes: dict[str, model.Change] = field(default_factory=dict)
    examples: dict[str, model.Example] = field(default_factory=dict)
    claims: dict[str, model.Claim] = field(default_factory=dict)
    reports: dict[str, model.Report] = field(default_factory=dict)


@frozen
class _Place:
    """A module with what it sees."""

    module: Module
    visible: Visible
    heads: Heads
    findings: Findings

    def env(self, owner: str, written: ast.Node | None = None) -> Env:
        """The place of a declaration, as it is `written`: in the file, or in one that the policy amends."""
        source = self.module.sources[written.span.path] if written is not None else self.module.source
        return Env(owner, source, self.visible, self.heads, self.findings, typed)

    def declared(self) -> Iterator[Declared]:
        """The named declarations of the module itself."""
        for each in self.visible.all:
            if each.module == self.module.name and each.written.span.path in self.module.sources:
                yield each


@frozen
class Understood:
    """All that is understood of some policies and what they import: for the engine, and for an editor, in which there
    are mistakes most of the time.

    `program` lacks what could not be read, and decides nothing unless it is `complete`: without an error. `modules`
    come after those they import; `visible` is by path.
    """

    program: model.Program
    complete: bool
    modules: tuple[Module, ...]
    visible: Mapping[str, Visible]
    heads: Heads
    diagnostics: tuple[Diagnostic, ...]


def understand(mains: Sequence[SourceFile], load: Load, parse: Parse = parse_once) -> Understood:
    """What these policies and all they import say, and every mistake in any of the files."""
    findings = Findings()
    modules = read_modules(mains, load, parse, findings)
    visible = visible_names(modules, findings)
    heads = Heads()
    places = [_Place(module, visible[module.source.path], heads, findings) for module in modules]
    bodies = _Bodies()
    _vocabulary(places)
    _heads(places, bodies)
    for place in places:
        _bodies(place, bodies)
    rules.let_be_named(bodies.reports, bodies.defines, heads)
    main = next(module for module in modules if module.source.path == mains[0].path)
    program = _assembled(main, modules, heads, bodies, visible[main.source.path])
    check(program, modules, visible, heads, findings, frozenset(each.path for each in mains))
    program = program if findings.failed else each_awarded(program)
    return Understood(program, not findings.failed, modules, visible, heads, findings.all)


def program_of(mains: Sequence[SourceFile], load: Load) -> tuple[model.Program | None, tuple[Diagnostic, ...]]:
    """The program of these policies and all they import, and every mistake in any of the files.

    The program is None as soon as there is one error: a policy that is half understood decides nothing.
    """
    found = understand(mains, load)
    return found.program if found.complete else None, found.diagnostics


def _vocabulary(places: Sequence[_Place]) -> None:
    """Enums and entities, then records, whose defaults may be values of an enum."""
    for place in places:
        for each in place.declared():
            place.heads.places[each.id] = each.span
            if isinstance(each.written, ast.Enum | ast.Entity | ast.Record):
                vocabulary.must_be_new(place.env(each.id, each.written), each.written.name)
            match each.written:
                case ast.Enum() as enum:
                    place.heads.enums[each.id] = vocabulary.enum(place.env(each.id, each.written), each.id, enum)
                case ast.Entity() as entity:
                    place.heads.entities[each.id] = vocabulary.entity(each.id, entity)
                case _:
                    pass
    for place in places:
        for each in place.declared():
            if isinstance(each.written, ast.Record):
                record = vocabulary.record(place.env(each.id, each.written), each.id, each.written)
                place.heads.records[each.id] = record


def _heads(places: Sequence[_Place], bodies: _Bodies) -> None:
    """What every declaration is, before any body; designations last, whose tracks may be a set that is computed."""
    for place in places:
        for each in place.declared():
            env, values = place.env(each.id, each.written), place.heads.values
            match each.written:
                case ast.Table() as table:
                    values[each.id] = signatures.parameter(env, each.id, table)
                case ast.Reading() as reading:
                    values[each.id], bodies.readings[each.id] = signatures.reading(env, each.id, reading)
                case ast.Define() as define:
                    values[each.id] = signatures.define(env, each.id, define)
                case ast.Measure() as measure:
                    values[each.id] = signatures.measure(env, each.id, measure)
                case ast.Score() as score:
                    values[each.id] = signatures.score(env, each.id, score)
                case ast.Report() as report:
                    values[each.id] = signatures.report(env, each.id, report)
                case _:
                    pass
    for place in places:
        for each in place.declared():
            env, heads = place.env(each.id, each.written), place.heads
            match each.written:
                case ast.Table() as table:
                    bodies.tables[each.id] = tables.table(env, heads.values[each.id], table)
                case ast.Designation() as designation:
                    heads.designations[each.id] = signatures.designation(env, each.id, designation)
                case _:
                    pass


def _bodies(place: _Place, bodies: _Bodies) -> None:
    """The bodies of a module's declarations."""
    values = place.heads.values
    for each in place.declared():
        env = place.env(each.id, each.written)
        match each.written:
            case ast.Define() as define:
                bodies.defines[each.id] = rules.define(env, values[each.id], define)
            case ast.Measure() as measure:
                bodies.measures[each.id] = rules.measure(env, values[each.id], measure)
            case ast.Score() as score:
                bodies.scores[each.id] = scores.score(env, values[each.id], score)
            case ast.Designation() as designation:
                bodies.designations[each.id] = designations.designation(env, each.id, designation)
            case ast.Change() as change:
                bodies.changes[each.id] = changes.change(env, each.id, change)
            case ast.Report() as report:
                bodies.reports[each.id] = rules.report(env, values[each.id], report)
            case _:
                pass
        known = _put_into_titles(each)
        for text in _plain_titles(each.written):
            template(env, text, known)
    _unnamed(place, bodies)


def _put_into_titles(declared: Declared) -> Mapping[str, None]:
    """What the titles of a declaration may hold: what it is awarded for."""
    if isinstance(declared.written, ast.Designation | ast.Report):
        return {each.name.text: None for each in declared.written.parameters}
    return {}


def _plain_titles(node: Named) -> Iterator[ast.Text | None]:
    """The titles of a declaration of which no rule can give a value."""
    if isinstance(node, ast.Define | ast.Measure | ast.Score | ast.Report | ast.Table | ast.Designation):
        yield node.title
    if isinstance(node, ast.Designation):
        for tier in node.tiers:
            yield tier.title
            yield from (each.title for each in tier.options)
        yield from (each.title for each in node.options)


def _unnamed(place: _Place, bodies: _Bodies) -> None:
    """Exclusions, claims and examples: they are numbered. Their uses are noted under what no declaration is called."""
    name = place.module.name
    excluded, claimed = itertools.count(1), itertools.count(1)
    for each in place.module.declarations:
        match each:
            case ast.Excluded():
                id_ = f"{name}.excluded_{next(excluded)}"
                exclusion = rules.excluded(place.env(f"{id_}()", each), id_, each)
                if exclusion is not None:
                    bodies.exclusions[id_] = exclusion
            case ast.Precedence():
                id_ = f"{name}.excluded_{next(excluded)}"
                read = precedence.read(place.env(f"{id_}()", each), id_, each)
                if read is not None:
                    bodies.exclusions[id_] = read
            case ast.Claim():
                id_ = f"{name}.claim_{next(claimed)}"
                bodies.claims[id_] = rules.claim(place.env(f"{id_}()", each), id_, each)
            case _:
                pass
    written = [each for each in place.module.file.declarations if isinstance(each, ast.Example)]
    for example in examples.examples(place.env(f"{name}.example()"), name, written):
        bodies.examples[example.id] = example


def _exclusions(bodies: _Bodies) -> Mapping[str, model.Exclusion]:
    """All exclusions; a precedence minds the ordinary ones of its record that hold wherever it does."""
    ordinary = [each for each in bodies.exclusions.values() if isinstance(each, model.Exclusion)]
    found: dict[str, model.Exclusion] = {}
    for id_, each in bodies.exclusions.items():
        if isinstance(each, model.Exclusion):
            found[id_] = each
            continue
        others = [
            other
            for other in ordinary
            if other.record == each.record
            and (not other.measures or set(each.measures) <= set(other.measures))
            and (each.measures or not other.measures)
        ]
        found[id_] = precedence.exclusion(each, others)
    return found


def _policy(module: Module) -> model.Policy:
    header = module.header
    if header is None:
        nothing = Span(module.source.path, 0, 0)
        return model.Policy(module.name, module.name, model.Notes(), True, None, None, span=nothing)
    return model.Policy(
        module.name,
        title(header.title, header.name),
        notes(header.notes),
        header.is_library,
        header.force_from.value if header.force_from else None,
        header.force_to.value if header.force_to else None,
        span=header.span,
    )


def _assembled(
    main: Module, modules: Sequence[Module], heads: Heads, bodies: _Bodies, visible: Visible
) -> model.Program:
    return model.Program(
        main.name,
        {path: source for module in modules for path, source in module.sources.items()},
        {module.name: _policy(module) for module in modules},
        heads.enums,
        heads.entities,
        heads.records,
        bodies.tables,
        bodies.readings,
        bodies.defines,
        _exclusions(bodies),
        bodies.measures,
        bodies.scores,
        bodies.designations,
        bodies.changes,
        bodies.examples,
        bodies.claims,
        bodies.reports,
        tuple((each.module.text, each.called.text) for each, _ in main.imports if each.called is not None),
        visible.prefixes(),
        tuple(each for module in modules for each in _amended(module)),
    )


def _amended(module: Module) -> Iterator[tuple[str, str]]:
    """What stands in the place of a declaration of the policy that is amended, by its id, and which that is."""
    for (name, acts), policy in module.amended.replaced.items():
        for own in (f"change.{name}", name) if acts else (name,):
            yield f"{module.name}.{own}", f"`{name}` of `{policy}`"
