"""Fields that may have no value, which is known: `core Core or none`."""

from __future__ import annotations

import pytest

from tests.model.policies import compiled, errors, program

POLICY = """policy degree "Degree"

enum Core { writing, science, arts }

entity Student

record Course "A course that was taken"
  student Student
  core    Core or none
  credits count 0 to 20

parameter needed for Core count
  writing 3
  science 8
  arts    3

define counts(c Core)
  needed(c) at least 5

measure credits_in(c Core) count
  sum of x.credits among Course x where x.core is c

measure elective_credits count
  sum of x.credits among Course x where x.core is none

measure areas count
  distinct x.core among Course x where x.core is not none

measure heavy count
  count of Course x where x.core is not none and counts(x.core)

measure weighed count
  sum of needed(x.core) among Course x where x.core is not none and x.credits more than 0

measure arts_or_free count
  sum of needed(x.core else arts) among Course x

define odd(x Course)
  x.core is none or counts(x.core)

define label(x Course) as count
  by case
    needed(x.core) when x.core is not none
    0 otherwise

change take(s Student, c Core) "Take {c}"
  adds Course { student: s, core: c, credits: 3 }
  cost 100 USD

change any_course(s Student) "Take anything"
  adds Course { student: s, core: none, credits: 3 }
  cost 90 USD

change recognise(x Course) "Have it recognised"
  when x.core is none
  sets x.core to writing
  cost 5 USD

designation degree
  require writing credits_in(writing) at least needed(writing)
  require electives elective_credits at least 3

example "three courses"
  given Course
    student core    credits
    "ana"   writing 3
    "ana"   none    4
    "ana"   science 5
  given Course { student: "bo", credits: 3 }
  given nothing else
  expect elective_credits is 7
  expect areas is 2
  expect heavy is 1
  expect weighed is 11
  expect arts_or_free is 17
  expect (count of Course x where odd(x)) is 3
  expect (sum of label(x) among Course x) is 11
  expect (count of Course x where x.core in { none, writing }) is 3
  expect (count of Course x where x.core is not science) is 3
  expect degree is met

example "an elective is recognised, and another taken"
  given Course { student: "ana", core: none, credits: 3 }
  given nothing else
  expect degree is not met
  expect plan costs 95 USD
  expect plan has any_course, recognise
"""


def test_a_field_that_may_be_none_is_none_where_it_is_left_out() -> None:
    field = program(POLICY).records["degree.Course"].field("core")
    assert str(field.type) == "Core or none"
    assert (field.optional, str(field.default)) == (False, "none")


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("where x.core is not none and counts(x.core)", "where counts(x.core)", "may-have-no-value"),
        ("x.core is not none and counts(x.core)", "x.core is not none or counts(x.core)", "may-have-no-value"),
        ("x.core is none or counts(x.core)", "x.core is none and counts(x.core)", "may-have-no-value"),
        ("x.core among Course x where x.core is not none\n", "x.core among Course x\n", "may-have-no-value"),
        ("needed(x.core else arts)", "needed(x.core)", "may-have-no-value"),
        ("x.core is none or counts(x.core)", "x.core is known or counts(writing)", "type-mismatch"),
        ("core    Core or none", "core    Core", "unknown-name"),
        ("core    Core or none", "core    Student or none", "type-mismatch"),
        ("{ writing, science, arts }", "{ writing, science, arts, None }", "duplicate-name"),
        ("measure credits_in(c Core)", "measure credits_in(c Core or none)", "field-only"),
    ],
)
def test_what_may_be_none_is_no_value_by_itself(before: str, after: str, code: str) -> None:
    assert before in POLICY
    assert code in errors(POLICY.replace(before, after))


VALUES = """
parameter core_of for Core Core or none
  writing  arts
  science  none
  arts     none

define main as Core or none "The core with most credits"
  by case
    writing when credits_in(writing) more than credits_in(science)
    science when credits_in(science) more than credits_in(writing)
    none otherwise

report shown "Main core" as Core or none
  core_of(main else arts)

define d
  {}
"""


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        ("main is none and core_of(writing) is arts", []),
        ("main is not none and counts(main)", []),
        ("main is not none and core_of(main) is not none", []),
        ("main is not none and core_of(main) is not none and counts(core_of(main))", []),
        ("main is none or core_of(main) is none or counts(core_of(main))", []),
        ("core_of(main) is not none", ["may-have-no-value"]),
        ("core_of(main) is not none and main is none", ["may-have-no-value"]),
        ("core_of(science) is none or counts(core_of(science))", []),
        ("counts(main else arts) and shown is not none", []),
        ("(core_of(writing) as of 2024-01-01) is none", []),
        ("counts(main)", ["may-have-no-value"]),
        ("counts(core_of(science))", ["may-have-no-value"]),
        ("core_of(writing) is not none and counts(core_of(science))", ["may-have-no-value"]),
    ],
)
def test_a_value_of_a_parameter_a_definition_or_a_report_may_be_none(condition: str, codes: list[str]) -> None:
    assert errors(POLICY + VALUES.format(condition)) == codes


@pytest.mark.parametrize(
    ("declared", "help_"),
    [
        ("define most as count or none\n  5\n", "with a set"),
        ("define day as date or none\n  2024-01-01\n", "write `never`"),
        ("parameter most for Core count\n  writing 5, science none, arts 1\n", "`is not known`"),
    ],
)
def test_what_cannot_be_none_is_answered_with_what_to_write(declared: str, help_: str) -> None:
    assert any(help_ in f"{each.label} {each.help}" for each in compiled(f"{POLICY}\n{declared}")[1])


def test_the_help_says_what_to_write() -> None:
    _, diagnostics = compiled(POLICY.replace("needed(x.core else arts)", "needed(x.core)"))
    assert any("else VALUE" in each.help for each in diagnostics)
    _, diagnostics = compiled(POLICY.replace("x.core is none or counts(x.core)", "x.core is not known"))
    assert any(each.help == "write `is none`" for each in diagnostics)


GUARDED = """
score sc out of 30
  part one up to 10 {}
  part two up to 10 step by step
    gate there "{}" the Firm.main is not none worth points_of(the Firm.main)
    gate more {} at least 1
    2 points for each worth_of(the Firm.main)

record Firm one row
  main  Core or none

parameter worth_of for Core count
  writing 1, science 2, arts 3

parameter points_of for Core points
  writing 1 points, science 2 points, arts 3 points
"""
ASKED = "2 points for each worth_of(the Firm.main)"


@pytest.mark.parametrize(
    ("scoring", "titled", "second", "codes"),
    [
        (f"{ASKED} only if the Firm.main is not none", "A main area", "worth_of(the Firm.main)", []),
        (f"{ASKED} only if the Firm.main is not none else 1", "A main area", "worth_of(the Firm.main)", []),
        (ASKED, "A main area", "worth_of(the Firm.main)", ["may-have-no-value"]),
        (f"{ASKED} only if the Firm.main is none", "A main area", "1", ["may-have-no-value"]),
        ("worth 1", "{worth_of(the Firm.main)}", "1", ["may-have-no-value"]),
    ],
)
def test_points_are_given_only_where_the_gate_says_that_there_is_a_value(
    scoring: str, titled: str, second: str, codes: list[str]
) -> None:
    assert errors(POLICY + GUARDED.format(scoring, titled, second)) == codes
