"""Conditions: connectives, comparisons, quantifiers, states."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.parts import Written, first_of
from attain_compiler.syntax.making import Make

MOST_ITEMS = 1_000
"""How many conditions one list joined by `and` and `or` may have."""


def connective(it: Written) -> ast.Connective:
    """A flat list: what comes first may be such a list already, unless it stood in parentheses."""
    left, operator, right = it.parts
    if isinstance(left, ast.Connective) and left.span.start == it.span.start:
        if len(left.items) == MOST_ITEMS:
            message = f"a condition of more than {MOST_ITEMS:_} items"
            it.report.append(Diagnostic("too-long", message, right.span, help="give parts of it names with `define`"))
        if len(left.items) > MOST_ITEMS:
            return left
        return ast.Connective((*left.operators, operator.text), (*left.items, right), span=it.span)
    return ast.Connective((operator.text,), (left, right), span=it.span)


def negation(it: Written) -> ast.Unary:
    return ast.Unary("not", it.parts[0], span=it.span)


def comparison(it: Written) -> ast.Comparison:
    left, operator, right = it.parts
    return ast.Comparison(operator.text, left, right, span=it.span)


def between(it: Written) -> ast.Between:
    subject, low, high = it.parts
    return ast.Between(subject, low, high, span=it.span)


def within(it: Written) -> ast.Within:
    subject, length, direction, anchor = it.parts
    return ast.Within(subject, length, direction.text, anchor, span=it.span)


def known(it: Written) -> ast.Known:
    return ast.Known(it.parts[0], negated=False, span=it.span)


def not_known(it: Written) -> ast.Known:
    return ast.Known(it.parts[0], negated=True, span=it.span)


def status(it: Written) -> ast.Status:
    subject, written = it.parts
    return ast.Status(subject, written.text.split()[-1], written.text.startswith("is not"), span=it.span)


def each_part(it: Written) -> ast.EachPart:
    score, operator, bound = it.parts
    return ast.EachPart(score, operator.text, bound, span=it.span)


def quantifier(it: Written) -> ast.Quantifier:
    kind, rows = it.parts[:2]
    return ast.Quantifier(kind.text, rows, it.parts[2] if len(it.parts) > 2 else None, span=it.span)


def every(it: Written) -> ast.Quantifier:
    _, rows, *conditions = it.parts
    condition = conditions[0] if len(conditions) > 1 else None
    return ast.Quantifier("every", rows, condition, conditions[-1], span=it.span)


def conditions(it: Written) -> ast.Block:
    """`all of`, `any of`, or `at least N of`, which is `AtLeast`."""
    kind, *items = it.parts
    least = first_of([kind], AtLeast)
    if least is not None:
        return ast.Block("at least", tuple(items), least.number, span=it.span)
    return ast.Block(kind.text.removesuffix(" of"), tuple(items), span=it.span)


class AtLeast:
    """The `at least N of` before a block."""

    __slots__ = ("number",)

    def __init__(self, number: ast.Expression) -> None:
        self.number = number


def at_least_of(it: Written) -> AtLeast:
    return AtLeast(it.parts[0])


MAKERS: dict[str, Make] = {
    "connective": connective,
    "negation": negation,
    "comparison": comparison,
    "between": between,
    "within": within,
    "known": known,
    "not_known": not_known,
    "status": status,
    "each_part": each_part,
    "quantifier": quantifier,
    "every": every,
    "conditions": conditions,
    "at_least_of": at_least_of,
}
