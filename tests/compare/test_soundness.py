"""What must not be taken for equivalent."""

from __future__ import annotations

from attain_compiler.model.program import Program
from attain_engine.compare import compare
from attain_engine.policies import read_policy

STAFF = """\
policy staff "Staff"
  in force from 2023-01-01

record Hired "Who was hired, and when"
  on  date

measure hired count 0 to 100 "Hired until then"
  count of Hired h where h.on on or before assessment date

designation large "Large"
  require enough "At least 5" hired at least 5
"""


def program(text: str) -> Program:
    read = read_policy("staff.attain", text)
    assert read.program is not None, [each.message for each in read.diagnostics]
    return read.program


def test_a_measure_on_another_date_is_not_the_same_number() -> None:
    earlier = STAFF.replace("hired at least 5", "(hired as of 2022-06-01) at least 5")
    found = compare(program(STAFF), program(earlier))
    assert {each.relation for each in found.findings}.isdisjoint({"equivalent"})


def test_a_row_rule_written_otherwise_is_proved_row_by_row() -> None:
    same = STAFF.replace("h.on on or before assessment date", "not (h.on later than assessment date)")
    assert {each.relation for each in compare(program(STAFF), program(same)).findings} == {"equivalent"}


def test_a_row_rule_that_differs_by_a_day_is_shown_by_a_row_on_that_day() -> None:
    later = STAFF.replace("h.on on or before assessment date", "h.on earlier than assessment date")
    finding = compare(program(STAFF), program(later)).findings[0]
    assert (finding.relation, finding.proved) == ("stricter", True)
    assert "given Hired { on: 2023-01-01 }" in finding.witnesses[0].example
