"""What examples give that no organisation could have: measures outside their bounds, and rows alike where none are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import reversed_ends
from attain_compiler.model.findings import Findings
from attain_compiler.source import Span


def check(program: model.Program, findings: Findings) -> None:
    """Report what the examples give against the declarations, each place once: an example may stand for many cases, and
    what it has from another that it is like is reported there."""
    seen: set[Span] = set()
    for example in program.examples.values():
        _values(program, example, seen, findings)
        _rows(program, example, seen, findings)


def _values(program: model.Program, example: model.Example, seen: set[Span], findings: Findings) -> None:
    for given in example.values:
        measure = program.measures.get(given.target)
        if measure is None or given.span in seen:
            continue
        below = measure.low is not None and reversed_ends(measure.low, given.value)
        above = measure.high is not None and reversed_ends(given.value, measure.high)
        if below or above:
            seen.add(given.span)
            text = program.files[given.span.path].slice(given.span).rpartition("=")[2].strip()
            findings.error(
                "out-of-bounds",
                f"`{text}` is {'below' if below else 'above'} the bounds of `{measure.name}`",
                given.span,
                secondary=(Label(measure.span, "the measure is declared here"),),
                help="no facts may hold such a value: change it, or the bounds of the measure",
            )


def _rows(program: model.Program, example: model.Example, seen: set[Span], findings: Findings) -> None:
    for identifier in dict.fromkeys(each.record for each in example.rows):
        record = program.records[identifier]
        tables = [each for each in example.rows if each.record == identifier]
        rows = [pair for each in tables for pair in zip(each.rows, each.places, strict=True)]
        for fields in record.unique:
            known: dict[tuple[Any, ...], Span] = {}
            for row, place in rows:
                marks = tuple(_marks(record, row, fields))
                first = known.setdefault(marks, place) if None not in marks else place
                own = example.span.start <= place.start < example.span.end
                if first is not place and own and place not in seen:
                    seen.add(place)
                    named = " and ".join(f"`{each}`" for each in fields)
                    findings.error(
                        "not-unique",
                        f"two rows of `{record.name}` are alike in {named}",
                        place,
                        secondary=(Label(first, "the other one"),),
                        help=f"the record says `unique {', '.join(fields)}`: leave one out, or give it another value",
                    )


def _marks(record: model.Record, row: Any, fields: tuple[str, ...]) -> Iterator[Any]:
    """What a row has in these fields; None for what is not known."""
    for name in fields:
        if name in row:
            yield (row[name],)
        else:
            default = record.field(name).default
            yield None if default is None else (default,)
