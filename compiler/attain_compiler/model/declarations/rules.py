"""Definitions, measures, exclusions, claims and reports."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import bounds
from attain_compiler.model.declarations.notes import notes, title
from attain_compiler.model.declarations.signatures import inside
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.rows import bound
from attain_compiler.model.heads import Head, Heads
from attain_compiler.model.types import FLAG, EnumType, RecordType
from attain_compiler.model.units import is_broken
from attain_compiler.model.walk import nodes
from attain_compiler.syntax import ast


def define(env: Env, head: Head, node: ast.Define) -> model.Define:
    body_env = inside(env, head.formals, tuple(each.name for each in node.parameters))
    label = Label(node.type.span if node.type else head.span, "its type is declared here")
    body = body_env.wanted(node.body, head.type, label)
    recursive = any(isinstance(each, model.SelfCall) for each in nodes(body))
    about = (title(node.title, node.name), notes(node.notes))
    return model.Define(head.id, *about, head.formals, head.type, body, recursive, span=node.span)


def measure(env: Env, head: Head, node: ast.Measure) -> model.Measure:
    body_env = inside(env, head.formals, tuple(each.name for each in node.parameters))
    body = body_env.wanted(node.body, head.type, Label(node.type.span, "its type is declared here"))
    low, high = bounds(env, node.low, node.high, head.type)
    return model.Measure(
        head.id,
        title(node.title, node.name),
        notes(node.notes),
        head.formals,
        head.type,
        low,
        high,
        body,
        span=node.span,
    )


def excluded(env: Env, id_: str, node: ast.Excluded) -> model.Exclusion | None:
    """A named reason to leave a row out. The row is variable 0."""
    row_env, binder = row_of(env, node.binder)
    condition = row_env.condition(node.condition)
    measures = measures_named(env, node.measures)
    if not isinstance(binder.type, RecordType):
        return None
    row = model.Formal(0, binder.name, binder.type, span=binder.span)
    return model.Exclusion(
        id_, node.reason.value, notes(node.notes), binder.type.id, row, measures, condition, span=node.span
    )


def row_of(env: Env, node: ast.Binder) -> tuple[Env, model.Binder]:
    """The place inside an exclusion, whose row is variable 0."""
    row_env, binder = bound(dataclasses.replace(env, numbers=itertools.count(), locals={}), node)
    if not isinstance(binder.type, RecordType) and not is_broken(binder.type):
        env.findings.error(
            "not-a-record",
            "only rows of a record can be left out",
            node.domain.span,
            help="name a record",
        )
    return row_env, binder


def measures_named(env: Env, names: tuple[ast.Name, ...]) -> tuple[str, ...]:
    """The measures that an exclusion is limited to."""
    found: list[str] = []
    for name in names:
        declared = env.visible.declarations.get(name.text)
        if declared is not None and isinstance(declared.written, ast.Measure):
            env.use(declared.id, name.span)
            found.append(declared.id)
        elif name.text not in env.visible.broken:
            known = env.visible.of_kind(ast.Measure)
            env.findings.unknown(f"no measure is called `{name.text}`", name.span, name.text, known)
    return tuple(found)


def claim(env: Env, id_: str, node: ast.Claim) -> model.Claim:
    env = dataclasses.replace(env, numbers=itertools.count())
    condition = _for_every_argument(env, node.condition)
    implies = _for_every_argument(env, node.implies) if node.implies is not None else None
    written = env.source.slice(node.condition.span.to(node.implies.span) if node.implies else node.condition.span)
    title_ = node.title.value if node.title else " ".join(written.split())
    return model.Claim(id_, title_, notes(node.notes), condition, implies, span=node.span)


MOST_ARGUMENTS = 200
"""For how many combinations of arguments a claim about a maximum is spelled out."""


def _for_every_argument(env: Env, node: ast.Expression) -> model.Expression:
    """A condition, for all arguments of a score whose `maximum` is asked for without any: `maximum of pci is 100`.

    Only where the arguments make a difference and are values of enums; one score in a condition.
    """
    asked = [each for each in _scores_asked(env, node) if each.varies and each.id in env.heads.values]
    choices: list[tuple[model.Expression, ...]] = []
    for formal in asked[0].formals if asked else ():
        enum = env.heads.enums.get(formal.type.id) if isinstance(formal.type, EnumType) else None
        if enum is None:
            return env.condition(node)
        choices.append(tuple(model.Constant(each.constant, type=formal.type, span=node.span) for each in enum.members))
    combinations = list(itertools.islice(itertools.product(*choices), MOST_ARGUMENTS + 1))
    if not asked or not combinations or len(combinations) > MOST_ARGUMENTS:
        return env.condition(node)
    items = tuple(dataclasses.replace(env, every={asked[0].id: each}).condition(node) for each in combinations)
    return items[0] if len(items) == 1 else model.And(items, type=FLAG, span=node.span)


def _scores_asked(env: Env, node: object) -> Iterator[Head]:
    """The scores whose maximum a written condition asks for by name alone."""
    match node:
        case ast.MaximumOf(score=ast.Reference(name=name, qualifier=None)):
            declared = env.visible.declarations.get(name.text)
            if declared is not None and declared.id in env.heads.values:
                yield env.heads.values[declared.id]
        case ast.Node():
            for each in dataclasses.fields(node):
                if each.name != "span":
                    yield from _scores_asked(env, getattr(node, each.name))
        case tuple():
            for part in node:
                yield from _scores_asked(env, part)
        case _:
            return


def report(env: Env, head: Head, node: ast.Report) -> model.Report:
    env = inside(env, head.formals, tuple(each.name for each in node.parameters))
    body = env.wanted(node.body, head.type, Label(node.type.span, "its type is declared here"))
    return model.Report(
        head.id, title(node.title, node.name), notes(node.notes), head.type, body, head.formals, span=node.span
    )


def let_be_named(reports: dict[str, model.Report], defines: dict[str, model.Define], heads: Heads) -> None:
    """A report that a rule names, or that only facts say how many there are of, is a definition as well, and shows what
    that comes to."""
    named = frozenset(heads.uses.used())
    written = tuple(reports.values())
    reports.clear()
    for each in written:
        shown = each
        if each.id in named or model.of_what_facts_name(each.parameters):
            defines[each.id] = model.Define(
                each.id, each.title, each.notes, each.parameters, each.type, each.body, span=each.span
            )
            given = tuple(
                model.Variable(formal.number, formal.name, type=formal.type, span=formal.span)
                for formal in each.parameters
            )
            body = model.DefineCall(each.id, given, type=each.type, span=each.body.span)
            shown = dataclasses.replace(each, id=each.id + model.SHOWN, body=body)
        reports[shown.id] = shown
