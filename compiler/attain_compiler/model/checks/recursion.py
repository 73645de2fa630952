"""Definitions that ask themselves again: for what is earlier, or so that more that holds never makes less hold.

Both end. Along an order each step is earlier, down to the first value there is. What only grows is worked out from
nothing, again and again, until nothing more holds: it can't ask for more than what there is, as it may not reckon.
"""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.checks.certain import declared_range
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import FLAG, Duration, Value
from attain_compiler.model.walk import nodes


def check(program: model.Program, findings: Findings) -> None:
    """Report each place in which a definition asks itself in a way that may not end, or mean anything."""
    for define in program.defines.values():
        back = define.back
        if back is not None and not define.recursive:
            findings.error(
                "cyclic-definition",
                f"`{back.name}` says from when there are values, and `{define.name}` asks for no earlier one",
                back.span,
                help=f"leave `from` out, or ask for an earlier one: `({define.name}({_earlier(back)}) else ...)`",
            )
        if not define.recursive:
            continue
        wrong = _not_earlier(define, back) if back is not None else _not_growing(program, define)
        for place, why, help_ in wrong:
            findings.error(
                "cyclic-definition",
                f"`{define.name}` is defined by itself{why}",
                place.span,
                secondary=(Label(back.span, "declared here"),) if back is not None else (),
                help=help_,
            )


_Wrong = tuple[model.Node, str, str]


# ---------------------------------------------------------------- along an order


def _earlier(back: model.Formal) -> str:
    """The value before, as it is written."""
    unit = {"month": "month", "date": "day"}.get(str(back.type))
    return f"1 {unit} before {back.name}" if unit else f"{back.name} - 1"


def _not_earlier(define: model.Define, back: model.Formal) -> Iterator[_Wrong]:
    covered = {id(each.value) for each in nodes(define.body) if isinstance(each, model.Fallback)}
    earlier = _earlier(back)
    help_ = f"ask for an earlier one and say what stands before the first: `({define.name}({earlier}) else ...)`"
    for each in nodes(define.body):
        if isinstance(each, model.SelfCall):
            if not _is_earlier(each.arguments[back.number], back):
                yield each, f", and not for an earlier `{back.name}`", help_
            elif id(each) not in covered:
                yield each, f", and nothing stands for it before the first `{back.name}`", help_


def _is_earlier(argument: model.Expression, back: model.Formal) -> bool:
    """Whether it is the parameter less a constant."""
    match argument:
        case model.Arithmetic(operator="-", left=model.Variable(number=n), right=model.Constant(value=int() as by)):
            return n == back.number and by > 0
        case model.Shift(direction=-1, length=model.Constant(value=Duration() as by), anchor=model.Variable(number=n)):
            return n == back.number and by > Duration(0, 0)
        case _:
            return False


# ---------------------------------------------------------------- what only grows


def _not_growing(program: model.Program, define: model.Define) -> Iterator[_Wrong]:
    help_ = "say it without itself, or from when there are values (`y count from 2015`) and ask for an earlier one"
    if define.type != FLAG:
        first = next(each for each in nodes(define.body) if isinstance(each, model.SelfCall))
        yield first, ", and is no condition", help_
        return
    grown = {id(each) for each in _growing(program, define.body)}
    for each in nodes(define.body):
        if isinstance(each, model.SelfCall):
            if _the_same(each, define):
                yield each, ", of the very same", "ask it of something else, or say it without itself"
            elif id(each) not in grown:
                yield (
                    each,
                    ", where less may hold if it does",
                    "ask it under `and`, `or`, `some`, or a count or sum at least",
                )
            elif not all(isinstance(one, model.Variable | model.Constant | model.FieldOf) for one in each.arguments):
                yield each, " for something that is reckoned", "give it variables, fields and names only"


def _the_same(asked: model.SelfCall, define: model.Define) -> bool:
    """Whether it is asked of what it is about: that says nothing."""
    own = [each.number for each in define.parameters]
    return own == [each.number if isinstance(each, model.Variable) else None for each in asked.arguments]


def _growing(program: model.Program, node: model.Expression, holds: bool = True) -> Iterator[model.SelfCall]:
    """The self-calls that can only make a condition hold (with `holds` false: only fail) if they do."""
    match node:
        case model.SelfCall() if holds:
            yield node
        case model.And(items=items) | model.Or(items=items):
            for each in items:
                yield from _growing(program, each, holds)
        case model.AtLeast(items=items):
            for each in items:
                yield from _growing(program, each, holds)
        case model.Not(operand=operand):
            yield from _growing(program, operand, not holds)
        case model.Exists(condition=condition):
            yield from _growing(program, condition, holds)
        case model.Compare(operator=">=" | ">", left=model.Aggregate() as more) if _adds(program, more):
            yield from _growing(program, more.condition, holds) if more.condition is not None else ()
        case model.Compare(operator="<=" | "<", right=model.Aggregate() as more) if _adds(program, more):
            yield from _growing(program, more.condition, holds) if more.condition is not None else ()
        case _:
            return


def _adds(program: model.Program, more: model.Aggregate) -> bool:
    """Whether it is the greater, the more its condition lets in."""
    if more.kind == "sum" and more.value is not None:
        low, _ = declared_range(program, more.value)
        return low is not None and _not_below_zero(low)
    return more.kind in ("count", "distinct")


def _not_below_zero(low: Value) -> bool:
    return not isinstance(low, bool | str) and low >= 0  # type: ignore[operator]
