"""Numbers at and beyond the solver's 32 bits, in every field and measure: never a verdict that is another's."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from fractions import Fraction
from random import Random

import pytest

from attain_compiler.asp.facts import DoesNotFit
from attain_compiler.asp.from_model import rules_of
from attain_compiler.model.program import Program
from attain_compiler.model.types import Quantity
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts.model import Facts, Row
from attain_engine.rules.decide import decide
from attain_engine.rules.facts_program import facts_program
from tests.asp.agreement import disagreements
from tests.asp.shipped import ASSESSED, DATE, policy
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.policy_generator import random_policy
from tests.oracle.samples import Samples

LARGE = [2**31 - 1, 2**31, 10**15, Fraction(1, 3), -(2**31)]


def with_large_fields(program: Program, facts: Facts, value: int | Fraction) -> Iterator[Facts]:
    """The facts, for each record with the value in all its fields that are numbers."""
    for record in program.records.values():
        rows = facts.tables.get(record.id, ())
        large = {
            field.name: value
            for field in record.fields
            if isinstance(field.type, Quantity) and (field.type != Quantity("count") or isinstance(value, int))
        }
        if large and rows:
            changed = tuple(Row(record.id, {**row.values, **large}) for row in rows)
            yield dataclasses.replace(facts, tables={**facts.tables, record.id: changed})


BATCHES = 4
"""Every so many measures are given together: those that rest on one another are mostly neighbours."""


def with_large_measures(program: Program, facts: Facts, value: int | Fraction, on: datetime.date) -> Iterator[Facts]:
    """The facts, in turn with the value given for some arguments of each measure of a batch."""
    samples = Samples(program, on, Random(1))
    fitting = [each for each in program.measures.values() if each.type != Quantity("count") or isinstance(value, int)]
    for first in range(min(BATCHES, len(fitting))):
        values = {
            (measure.id, tuple(samples.of(each.type) for each in measure.parameters)): value
            for measure in fitting[first::BATCHES]
            for _ in range(3)
        }
        yield dataclasses.replace(facts, values=values)


def found(program: Program, on: datetime.date, value: int | Fraction) -> list[str]:
    facts = random_facts(program, on, Random(7), Size(rows=3))
    changed = [*with_large_fields(program, facts, value), *with_large_measures(program, facts, value, on)]
    return [line for each in changed for line in _disagreements(program, each, on)]


def _disagreements(program: Program, facts: Facts, on: datetime.date) -> list[str]:
    try:
        return disagreements(program, facts, on)
    except EvaluationProblem:
        return []


@pytest.mark.parametrize("value", [2**31, 10**15])
@pytest.mark.parametrize("name", ASSESSED)
def test_a_shipped_policy(name: str, value: int | Fraction) -> None:
    program = policy(name)
    own = program.policies[program.main]
    assert found(program, own.force_to or DATE, value) == []


@pytest.mark.parametrize("value", LARGE)
@pytest.mark.parametrize("seed", range(5))
def test_a_random_policy(seed: int, value: int | Fraction) -> None:
    assert found(compiled(random_policy(Random(seed))), datetime.date(2023, 6, 30), value) == []


POLICY = """\
policy p "P"
  in force from 2020-01-01
record Sale
  amount money USD
score s out of 100
  part a up to 100 in proportion to total full at 8_000 USD
measure total money USD "Total"
  sum of x.amount among Sale x
designation d "D"
  require enough "Enough" s at least 99.9875 points
"""


@pytest.mark.parametrize("amounts", [(7_999,), (8_000,), (2**31, -(2**31) + 7_999), (10**15, 8_000 - 10**15)])
def test_points_of_sums_that_pass_the_largest_number_on_the_way(amounts: tuple[int, ...]) -> None:
    program = compiled(POLICY)
    rows = tuple(Row("p.Sale", {"amount": Fraction(each)}) for each in amounts)
    facts = Facts("large", {"p.Sale": rows}, {}, closed=True)
    assert disagreements(program, facts, datetime.date(2023, 6, 30)) == []


def test_rules_for_usual_facts_refuse_larger_ones() -> None:
    program = compiled(POLICY)
    facts = Facts("large", {"p.Sale": (Row("p.Sale", {"amount": Fraction(10**7)}),)}, {}, closed=True)
    with pytest.raises(DoesNotFit, match="10000000"):
        list(facts_program(rules_of(program), facts, datetime.date(2023, 6, 30)))


FINE = """\
policy p "P"
  in force from 2020-01-01
measure revenue number "Revenue"
  0
score s out of 100
  part a up to 100 in proportion to revenue full at 300_000_000
designation d "D"
  require enough "Enough" s at least 69.985 points
"""


@pytest.mark.parametrize("revenue", [209_954_999, 209_955_000, 209_999_999, 300_000_000])
def test_a_share_of_a_number_that_is_nearly_too_large(revenue: int) -> None:
    """Number * unit * maximum passes the largest number here."""
    program = compiled(FINE)
    facts = Facts("large", {}, {("p.revenue", ()): Fraction(revenue)}, closed=True)
    on = datetime.date(2023, 6, 30)
    assert disagreements(program, facts, on) == []
    assert decide(program, facts, on).designations["p.d"].met is (revenue >= 209_955_000)
