"""Random facts for any program."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from random import Random

from attain_compiler.model import program as model
from attain_compiler.model.types import Value
from attain_engine.facts.model import UNKNOWN, Facts, Row, Unknown
from tests.oracle.samples import Samples


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows a table has at most, and how likely each kind of gap is.

    `unknown`: a field that may be missing is; `absent`: a table was not given (nor are the facts closed then); `given`:
    a measure is fixed by the facts.
    """

    rows: int = 4
    unknown: float = 0.0
    absent: float = 0.0
    given: float = 0.0


def random_facts(
    program: model.Program,
    on: datetime.date,
    rng: Random,
    size: Size | None = None,
    samples: Samples | None = None,
) -> Facts:
    """Facts that a policy's loader would accept: within bounds, `unique` respected, one row of `one row` records.
    `samples` are those of the program, where they are known already."""
    size = size or Size()
    samples = samples or Samples(program, on, rng)
    tables: dict[str, tuple[Row, ...]] = {}
    for record in program.records.values():
        if rng.random() >= size.absent:
            rows = random_rows(record, samples, size.rows, size.unknown)
            tables[record.id] = tuple(Row(record.id, row) for row in rows)
    closed = len(tables) == len(program.records)
    values = random_values(program, samples) if rng.random() < size.given else {}
    return Facts("a random organisation", tables, values, closed)


def random_rows(
    record: model.Record, samples: Samples, most: int, unknown: float = 0.0
) -> tuple[dict[str, Value | Unknown], ...]:
    rows: list[dict[str, Value | Unknown]] = []
    for _ in range(1 if record.single else samples.rng.randrange(most + 1)):
        row: dict[str, Value | Unknown] = {}
        for field in record.fields:
            missing = field.optional and samples.rng.random() < unknown
            row[field.name] = UNKNOWN if missing else samples.field(field)
        if not any(alike(record, row, other) for other in rows):
            rows.append(row)
    return tuple(rows)


def alike(record: model.Record, one: dict[str, Value | Unknown], other: dict[str, Value | Unknown]) -> bool:
    """Whether the two rows are refused together: alike in the (known) fields of a `unique` line."""
    return any(all(one[name] == other[name] and one[name] is not UNKNOWN for name in names) for names in record.unique)


def random_values(program: model.Program, samples: Samples) -> dict[tuple[str, tuple[Value, ...]], Value]:
    """One to three measures that are given straight."""
    values: dict[tuple[str, tuple[Value, ...]], Value] = {}
    measures = list(program.measures.values())
    for measure in samples.rng.sample(measures, min(len(measures), samples.rng.randrange(1, 4))):
        arguments = tuple(samples.of(formal.type) for formal in measure.parameters)
        values[measure.id, arguments] = samples.of(measure.type, measure.low, measure.high)
    return values
