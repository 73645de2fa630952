"""Parts of declarations that are no nodes of the tree by themselves: notes, bounds, lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.parts import Parts, Written, all_of, at_most_one, expressions, the
from attain_compiler.syntax.making import Make


@frozen
class Source(ast.Node):
    citations: tuple[ast.Name | ast.Text, ...]


@frozen
class Recovered(ast.Node):
    origins: tuple[ast.Text, ...]


@frozen
class Because(ast.Node):
    text: ast.Text


@frozen
class Advice(ast.Node):
    text: ast.Text


@frozen
class Bounds(ast.Node):
    """`0 to 500`, of a field, a measure, or the amount of a change."""

    low: ast.Expression
    high: ast.Expression


@frozen
class Default(ast.Node):
    value: ast.Expression


@frozen
class InForce(ast.Node):
    """`in force from DATE to DATE`, and the dates before the entries of a parameter."""

    start: ast.DateLiteral
    end: ast.DateLiteral | None


@frozen
class OnlyIn(ast.Node):
    """`from revenue, adds`: the measures that an exclusion is for."""

    names: tuple[ast.Name, ...]


@frozen
class When(ast.Node):
    condition: ast.Expression


@frozen
class Parameters(ast.Node):
    items: tuple[ast.Parameter, ...]


@frozen
class Body(ast.Node):
    value: ast.Expression


def source(it: Written) -> Source:
    return Source(tuple(it.parts), span=it.span)


def recovered(it: Written) -> Recovered:
    return Recovered(tuple(it.parts), span=it.span)


def because(it: Written) -> Because:
    return Because(it.parts[0], span=it.span)


def advice(it: Written) -> Advice:
    return Advice(it.parts[0], span=it.span)


def notes(it: Written) -> ast.Notes:
    """The notes among the parts, wherever they stand."""
    sources = all_of(it.parts, Source)
    elsewhere = all_of(it.parts, Recovered)
    reason = at_most_one(it.parts, Because, "`because`", it.report)
    advised = at_most_one(it.parts, Advice, "`advice`", it.report)
    found: list[ast.Node] = [note for note in (*sources, *elsewhere, reason, advised) if note is not None]
    return ast.Notes(
        tuple([citation for note in sources for citation in note.citations]),
        reason.text if reason else None,
        advised.text if advised else None,
        tuple([origin for note in elsewhere for origin in note.origins]),
        span=around(found) if found else it.span,
    )


def around(nodes: Sequence[ast.Node]) -> Span:
    """The least span with all of the nodes in it."""
    span = nodes[0].span
    for node in nodes:
        span = Span(span.path, min(span.start, node.span.start), max(span.end, node.span.end))
    return span


def bounds(it: Written) -> Bounds:
    low, high = expressions(it.parts)
    return Bounds(low, high, span=it.span)


def default(it: Written) -> Default:
    return Default(it.parts[0], span=it.span)


def in_force(it: Written) -> InForce:
    return InForce(it.parts[0], it.parts[1] if len(it.parts) > 1 else None, span=it.span)


def only_in(it: Written) -> OnlyIn:
    return OnlyIn(all_of(it.parts, ast.Name), span=it.span)


def when(it: Written) -> When:
    return When(it.parts[0], span=it.span)


def parameters(it: Written) -> Parameters:
    return Parameters(tuple(it.parts), span=it.span)


def parameter(it: Written) -> ast.Parameter:
    return ast.Parameter(it.parts[0], it.parts[1], it.parts[2] if len(it.parts) > 2 else None, span=it.span)


def body(it: Written) -> Body:
    return Body(it.parts[0], span=it.span)


def formal(parts: Parts) -> tuple[ast.Parameter, ...]:
    """The formal parameters of a head; none where there are no parentheses."""
    return next((part.items for part in parts if isinstance(part, Parameters)), ())


def own_name(parts: Parts) -> ast.Name:
    """The first name among the parts: what is declared."""
    return the(parts, ast.Name)


MAKERS: dict[str, Make] = {
    "source": source,
    "recovered": recovered,
    "because": because,
    "advice": advice,
    "bounds": bounds,
    "by_amount": bounds,
    "default": default,
    "in_force": in_force,
    "period": in_force,
    "only_in": only_in,
    "when": when,
    "parameters": parameters,
    "parameter": parameter,
    "body": body,
}
