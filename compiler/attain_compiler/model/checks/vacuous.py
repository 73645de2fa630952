"""`every` that holds where there is nothing to ask: a doubt, as what it says may then be granted to nobody at all."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.named import named_identifiers
from attain_compiler.model.types import EntityType, EnumType, RecordType
from attain_compiler.model.walk import children


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Remark on each `every` of what is required, or worth points, that may run over nothing, unless its condition sees
    to that."""
    named = named_identifiers(program)
    granting = (program.defines, program.scores, program.designations)
    bodies: list[model.Node] = [each for kind in granting for each in kind.values()]
    for body in bodies:
        if body.span.path not in mains:
            continue
        for exists, beside in _quantifiers(body, ()):
            if not _surely_some(program, exists, named) and not _is_guarded(exists, beside):
                findings.take([_doubt(program, exists)])


def _doubt(program: model.Program, exists: model.Exists) -> Diagnostic:
    binder = exists.binder
    if binder.domain is None:
        kind = str(binder.type)
        nothing, one = f"there is no `{kind}`", f"some {kind} {binder.name}"
    else:
        span = binder.domain.span
        domain = " ".join(program.files[span.path].slice(span).split())
        nothing, one = f"there is nothing in `{domain}`", f"some {binder.name} in {domain}"
    return Diagnostic(
        "holds-of-nothing",
        f"this `every` also holds where {nothing} that it asks about",
        exists.span,
        help=f"if that is no yes, ask for one as well: `{one} where ...`",
        severity=Severity.NOTE,
    )


def _quantifiers(
    node: model.Node, beside: tuple[model.Expression, ...]
) -> Iterator[tuple[model.Exists, tuple[model.Expression, ...]]]:
    """Each `every`, as the absence of one that lacks something, with what must hold beside it."""
    if isinstance(node, model.Not) and isinstance(node.operand, model.Exists) and _demand(node.operand) is not None:
        yield node.operand, beside
    for each in children(node):
        yield from _quantifiers(each, node.items if isinstance(node, model.And) else ())


def _demand(exists: model.Exists) -> model.Expression | None:
    """What each has to have, as `every` wrote it: its negation has no place of its own."""
    items = exists.condition.items if isinstance(exists.condition, model.And) else (exists.condition,)
    last = items[-1]
    return last.operand if isinstance(last, model.Not) and last.span == last.operand.span else None


def _surely_some(program: model.Program, exists: model.Exists, named: dict[str, tuple[str, ...]]) -> bool:
    """Whether there is always something to ask."""
    binder = exists.binder
    where = exists.condition.items[:-1] if isinstance(exists.condition, model.And) else ()
    if where:
        return len(where) == 1 and isinstance(binder.type, EntityType) and _names_one(where[0], binder.number)
    match binder.domain:
        case model.Constant(value=frozenset() as elements):
            return bool(elements)
        case model.SetOf(items=items):
            return bool(items)
        case model.Range(first=model.Constant(value=first), last=model.Constant(value=last)):
            return first <= last  # type: ignore[operator]
        case model.Lookup(table=table):
            return all(each.value for each in program.tables[table].entries)
        case None:
            pass
        case _:
            return False
    match binder.type:
        case EnumType():
            return True
        case EntityType(id=entity):
            return bool(named[entity])
        case RecordType(id=record):
            return program.records[record].single
        case _:
            return False


def _names_one(condition: model.Expression, number: int) -> bool:
    """Whether a condition on an identifier is that it is one that the policy names."""
    match condition:
        case model.Compare(operator="==", left=model.Variable() as variable, right=model.Constant()):
            return variable.number == number
        case model.Compare(operator="==", left=model.Constant(), right=model.Variable() as variable):
            return variable.number == number
        case model.Or(items=items):
            return any(_names_one(each, number) for each in items)
        case _:
            return False


def _is_guarded(exists: model.Exists, beside: tuple[model.Expression, ...]) -> bool:
    """Whether something beside it asks for one of the same kind."""
    for each in beside:
        match each:
            case model.Exists(binder=binder):
                asked = binder
            case model.Compare(left=model.Aggregate(binder=binder)):
                asked = binder
            case _:
                continue
        if asked.type == exists.binder.type and asked.domain == exists.binder.domain:
            return True
    return False
