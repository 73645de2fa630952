"""No rule reckons with what has no value: clingo would remark that an operation is undefined, and every remark of it is
an error."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest

from attain_compiler.asp.profile import EXPECTED
from attain_engine.facts.model import UNKNOWN
from attain_engine.rules.decide import decide
from attain_engine.rules.facts_program import profile_of
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled, facts

ON = datetime.date(2024, 6, 30)
POLICY = """policy p "P"

record Item
  size   count 0 to 12
  usual  count default 2
  maybe  count? 0 to 9
  price  money USD

record Firm one row
  staff  count? 0 to 20
  rooms  count 0 to 5

measure m number
  {body}

designation d "D"
  require m "M" m at least 1
"""

KNOWN = [
    "sum of (i.size + the Firm.staff) among Item i where the Firm.staff is not known",
    "sum of (i.size + the Firm.rooms) among Item i where the Firm.rooms is not known",
    "count of Item i where i.size + the Firm.staff at least 3 and the Firm.staff is not known",
    "count of Item i where i.usual + i.size at least 3 and i.usual is not known",
    "sum of (i.maybe * i.size) among Item i where i.maybe is not known",
    "distinct (i.size + the Firm.staff) among Item i where i.size at least 1 and the Firm.staff is not known",
    "(greatest of (i.usual + i.size) among Item i where i.usual is not known else 7)",
    "(least of (i.size * the Firm.staff) among Item i where the Firm.staff is not known else 7)",
]
"""What asks whether a value is known that no row of the facts lacks, and reckons with it."""

QUOTIENTS = [
    "(the Firm.staff / the Firm.rooms rounded down to 1 else 7)",
    "(the Firm.rooms / (the Firm.staff - 3) rounded half up to 1 else 7)",
    "(average of i.size among Item i where i.usual at least 7 rounded down to 1 else 7)",
    "((count of Item i where i.size is 1) / (count of Item i where i.size is 9) rounded up to 0.5 else 7)",
    "sum of (i.size / i.usual rounded down to 1 else 1) among Item i where i.size at least 0",
    "sum of (i.size / (i.usual - 1) rounded half even to 1 else 1) among Item i where i.size at least 0",
    "(median of (i.size / i.usual rounded up to 2 else 1) among Item i where i.size at least 0 else 0)",
]
"""What is rounded and has no value where its divisor is 0."""


def item(size: int, usual: int = 2, price: Fraction = Fraction(1)) -> dict[str, Any]:
    return {"size": size, "usual": usual, "maybe": 3, "price": price}


FACTS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "nothing": {},
    "items": {"Item": [item(1), item(4)]},
    "items whose price needs rules of their own": {"Item": [item(1, price=Fraction(1, 4)), item(4)]},
    "a firm": {"Firm": [{"staff": 3, "rooms": 0}]},
    "a firm without staff": {"Item": [item(1)], "Firm": [{"staff": UNKNOWN, "rooms": 0}]},
    "divisors of 0": {"Item": [item(1, usual=0), item(4, usual=1)], "Firm": [{"staff": 3, "rooms": 0}]},
}


@pytest.mark.parametrize("organisation", FACTS)
@pytest.mark.parametrize("body", [*KNOWN, *QUOTIENTS])
def test_what_has_no_value_is_not_reckoned_with(body: str, organisation: str) -> None:
    program = compiled(POLICY.replace("{body}", body))
    given = facts(program, FACTS[organisation], closed=False)
    for profile in (EXPECTED, profile_of(program, given)) if "price" not in organisation else (None,):
        assert disagreements(program, given, ON, decided=decide(program, given, ON, profile=profile)) == []
