"""Random facts, and whether two editions decide them alike where a comparison says that they do."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType
from attain_engine.compare import Comparison, Finding
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.in_edition import in_edition
from attain_engine.compare.items import Item, items_of
from attain_engine.compare.patience import REFUSED
from attain_engine.compare.renames import shared_names
from attain_engine.compare.rewriting import Rewriting
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.facts.model import Facts, Row
from tests.oracle.samples import Samples

MOST_ROWS = 4
DAY = datetime.timedelta(1)


def disagreements(
    base: model.Program, head: model.Program, comparison: Comparison, count: int, seed: int
) -> Iterator[str]:
    """What is decided differently, on random facts that are known, of what a comparison says is equivalent."""
    editions = Edition.of(base, {}), Edition.of(head, shared_names(base, head))
    alike = [each for each in comparison.findings if each.relation == "equivalent"]
    items = {(each.kind, each.name): each for each in items_of(base, {}, Editions(*editions).identifiers)}
    rng = Random(seed)
    for number in range(count):
        on = _date(rng, alike, base)
        facts = _facts(base, on, rng, by_rows=number % 2 == 0)
        evaluators = [Evaluator(each.program, world_of(each.program, in_edition(each, facts)), on) for each in editions]
        for finding in alike:
            item = items.get((finding.kind, finding.name))
            if item is None or not _within(finding, on):
                continue
            try:
                told = [_told(item, each, by) for each, by in zip(editions, evaluators, strict=True)]
            except REFUSED:
                continue
            if told[0] != told[1] and not any(map(_outside, evaluators)):
                yield f"{finding.kind} {finding.name} on {on}: {told[0]} and {told[1]} for {facts}"


def _outside(evaluator: Evaluator) -> bool:
    """Whether a measure came to something outside its bounds: both editions are asked about no such facts."""
    return any(each.code == "measure-out-of-bounds" for each in evaluator.problems)


def _told(item: Item, edition: Edition, evaluator: Evaluator) -> Any:
    back = Rewriting({shared: own for own, shared in edition.names.items()})
    owner = next((own for own, shared in edition.names.items() if shared == item.owner), item.owner)
    own = Item(item.kind, owner, item.title, item.part, back(item.arguments))
    found = own.found(evaluator, owner)
    return found if isinstance(found, bool | int | Fraction) else None


def _within(finding: Finding, on: datetime.date) -> bool:
    return (finding.since or on) <= on <= (finding.until or on)


def _date(rng: Random, findings: list[Finding], program: model.Program) -> datetime.date:
    """A day on which something is compared, the first or last day of one of those times, or some time later."""
    days = {day for each in findings for day in (each.asked, each.since, each.until) if day is not None}
    first = program.policies[program.main].force_from or datetime.date(2015, 1, 1)
    day = rng.choice(sorted({*days, first}))
    return rng.choice([day, day, min(day, datetime.date(9000, 1, 1)) + rng.randrange(1_000) * DAY])


def _facts(program: model.Program, on: datetime.date, rng: Random, *, by_rows: bool) -> Facts:
    """Rows of every record, or values of the measures and one row of each record that has one."""
    samples = Samples(program, on, rng)
    tables: dict[str, tuple[Row, ...]] = {}
    for record in program.records.values():
        if by_rows or record.single:
            several = 1 if record.single else rng.randrange(MOST_ROWS + 1)
            rows = [Row(record.id, {each.name: samples.field(each) for each in record.fields}) for _ in range(several)]
            tables[record.id] = tuple(rows)
    values: dict[tuple[str, tuple[Any, ...]], Any] = {}
    for measure in () if by_rows else program.measures.values():
        columns = [
            [member.constant for member in program.enums[each.type.id].members]
            for each in measure.parameters
            if isinstance(each.type, EnumType) and each.type.id in program.enums
        ]
        if len(columns) == len(measure.parameters):
            for arguments in product(*columns):
                values[measure.id, arguments] = samples.of(measure.type, measure.low, measure.high)
    return Facts("random", tables, values, closed=True)
