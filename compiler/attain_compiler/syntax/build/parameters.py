"""Parameters and readings: what the policy fixes."""

from __future__ import annotations

from dataclasses import replace

from attain_compiler.frozen import frozen
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import InForce, notes, own_name
from attain_compiler.syntax.build.parts import Written, all_of, expressions, first_of, the, words
from attain_compiler.syntax.making import Make


class Keys(tuple[ast.TypeName, ...]):
    """`for Track, Association`."""

    __slots__ = ()


def table(it: Written) -> ast.Table:
    return ast.Table(
        own_name(it.parts),
        first_of(it.parts, ast.Text),
        first_of(it.parts, Keys) or (),
        first_of(it.parts, ast.TypeName),
        tuple([row for part in it.parts for row in _rows(part)]),
        notes(it),
        span=it.span,
    )


def keys(it: Written) -> Keys:
    return Keys(it.parts)


def table_type(it: Written) -> ast.TypeName:
    written: ast.TypeName = it.parts[0]
    return written


def row(it: Written) -> ast.TableRow:
    dates = first_of(it.parts, InForce)
    return ast.TableRow(
        dates.start if dates else None,
        dates.end if dates else None,
        all_of(it.parts, ast.TableEntry),
        notes(it),
        span=it.span,
    )


class Rows(tuple[ast.TableRow, ...]):
    """The lines below a date."""

    __slots__ = ()


def _rows(part: object) -> tuple[ast.TableRow, ...]:
    return part if isinstance(part, Rows) else (part,) if isinstance(part, ast.TableRow) else ()


def dated_rows(it: Written) -> Rows:
    """Lines that begin with what stands above them: the dates and the notes."""
    dates = the(it.parts, InForce)
    rows = all_of(it.parts, ast.TableRow)
    head = notes(Written([each for each in it.parts if not isinstance(each, ast.TableRow)], it.span, it.report))
    return Rows(
        [replace(each, force_from=dates.start, force_to=dates.end, notes=_both(head, each.notes)) for each in rows]
    )


def _both(head: ast.Notes, own: ast.Notes) -> ast.Notes:
    """The notes of a line and of the date above it."""
    return replace(
        own,
        sources=(*own.sources, *head.sources),
        because=own.because or head.because,
        advice=own.advice or head.advice,
        recovered=(*own.recovered, *head.recovered),
    )


def as_before(it: Written) -> ast.AsBefore:
    without, more = first_of(it.parts, Without), first_of(it.parts, More)
    return ast.AsBefore(without.values if without else None, more.values if more else None, span=it.span)


@frozen
class Without(ast.Node):
    values: ast.SetLiteral


@frozen
class More(ast.Node):
    values: ast.SetLiteral


def without(it: Written) -> Without:
    return Without(it.parts[0], span=it.span)


def with_more(it: Written) -> More:
    return More(it.parts[0], span=it.span)


def entry(it: Written) -> ast.TableEntry:
    return ast.TableEntry(tuple(it.parts), span=it.span)


def unpublished(it: Written) -> ast.Unpublished:
    return ast.Unpublished(it.parts[0], span=it.span)


def band_from_to(it: Written) -> ast.Band:
    return ast.Band(it.parts[0], it.parts[1], span=it.span)


def band_more_than(it: Written) -> ast.Band:
    return ast.Band(it.parts[0], None, low_included=False, span=it.span)


def band_at_least(it: Written) -> ast.Band:
    return ast.Band(it.parts[0], None, span=it.span)


def band_less_than(it: Written) -> ast.Band:
    return ast.Band(None, it.parts[0], high_included=False, span=it.span)


def band_at_most(it: Written) -> ast.Band:
    return ast.Band(None, it.parts[0], span=it.span)


def reading(it: Written) -> ast.Reading:
    return ast.Reading(
        own_name(it.parts), first_of(it.parts, ast.Text), all_of(it.parts, ast.Alternative), notes(it), span=it.span
    )


def alternative(it: Written) -> ast.Alternative:
    values = expressions(it.parts)
    return ast.Alternative(
        own_name(it.parts),
        values[0] if values else None,
        first_of(it.parts, ast.Text),
        bool(words(it.parts, "BY_DEFAULT")),
        notes(it),
        span=it.span,
    )


MAKERS: dict[str, Make] = {
    "table": table,
    "keys": keys,
    "table_type": table_type,
    "row": row,
    "dated_rows": dated_rows,
    "as_before": as_before,
    "without": without,
    "with_more": with_more,
    "entry": entry,
    "unpublished": unpublished,
    "band_from_to": band_from_to,
    "band_more_than": band_more_than,
    "band_at_least": band_at_least,
    "band_less_than": band_less_than,
    "band_at_most": band_at_most,
    "reading": reading,
    "alternative": alternative,
}
