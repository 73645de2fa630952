"""What a name means."""

from __future__ import annotations

import pytest

from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, EnumValue
from tests.model.policies import VOCABULARY, body, compiled, error, errors, errors_in, marked, program


def test_a_variable_comes_before_a_value_of_an_enum() -> None:
    found = body("smb is enterprise", parameters="smb Track").body
    assert isinstance(found, model.Compare)
    assert isinstance(found.left, model.Variable)


def test_a_parameter_is_numbered_from_0_and_binders_follow() -> None:
    found = body("some Usage x where some Certificate y where x.month is u.month").body
    assert isinstance(found, model.Exists)
    assert isinstance(found.condition, model.Exists)
    assert (found.binder.number, found.condition.binder.number) == (3, 4)


@pytest.mark.parametrize("condition", ["t is smb", "smb is t", "t is Track.smb", "t in { smb, enterprise }"])
def test_a_value_is_found_in_the_enum_that_is_expected(condition: str) -> None:
    source = VOCABULARY + f"\nenum Other {{ smb, other }}\ndefine it(t Track)\n  {condition}\n"
    assert errors(source) == []


def test_a_value_of_the_enum_that_is_expected_comes_before_a_designation_of_its_name() -> None:
    source = VOCABULARY + "\nenum Kind { work, play }\nrecord R\n  kind Kind\ndefine it(r R)\n  r.kind is work\n"
    found = program(source).defines["p.it"].body
    assert isinstance(found, model.Compare)
    assert found.right == model.Constant(EnumValue("p.Kind", "work"), type=EnumType("p.Kind"), span=found.span)


def test_an_alternative_of_a_reading_without_values_is_a_value() -> None:
    source = VOCABULARY + "\nreading which\n  one default\n  two\ndefine it\n  which is two\n"
    found = program(source).defines["p.it"].body
    assert isinstance(found, model.Compare)
    assert found.left == model.ReadingValue("p.which", type=EnumType("p.which"), span=found.span)
    assert isinstance(found.right, model.Constant)
    assert found.right.value == EnumValue("p.which", "two")


@pytest.mark.parametrize(
    ("expression", "wrong", "meant"),
    [
        ("u.paid_seat at least 3", "paid_seat", "paid_seats"),
        ("capabilty(t) at least 3", "capabilty", "capability"),
        ("t is enterprice", "enterprice", "enterprise"),
        ("capability(t).secnd at least 3", "secnd", "second"),
        ("some Usgae x where x.trial", "Usgae", "Usage"),
        ("wrok is met", "wrok", "work"),
        ("work is silvr", "silvr", "silver"),
        ("work.totl is met", "totl", "total"),
        ("Trak.smb is t", "Trak", "Track"),
        ("the Membreship.growth is 3%", "Membreship", "Membership"),
    ],
)
def test_the_likeliest_name_is_shown_and_offered_as_a_fix(expression: str, wrong: str, meant: str) -> None:
    source = f"{VOCABULARY}\ndefine it(u Usage, t Track)\n  {expression}\n"
    found = error(source)
    assert (found.code, marked(source, found), found.label) == ("unknown-name", wrong, f"did you mean `{meant}`?")
    assert found.fix is not None
    assert found.fix.replacement == meant


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("smb is smb and both is both", "ambiguous-value"),
        ("some Usage u where u.trial", "shadowed-name"),
        ("some Usage adds where adds.trial", "shadowed-name"),
        ("adds at least 3", "wrong-arguments"),
        ("adds(t, t) at least 3", "wrong-arguments"),
        ("work(t, t) is met", "wrong-arguments"),
        ("t(u) is smb", "not-a-value"),
        ("work", "not-a-value"),
        ("work.total", "not-a-value"),
        ("Usage is u", "not-a-value"),
        ("u is met", "not-a-designation"),
        ("work.total is gold", "not-a-value"),
        ("work more than silver", "wrong-comparison"),
        ("work is 3", "type-mismatch"),
        ("the Usage.trial", "not-single"),
        ("the Track.trial", "not-a-record"),
        ("each part of adds(t) more than 0", "not-a-score"),
        ("plan date is c.earned", "plan-only"),
        ("u.tenant is new Tenant", "plan-only"),
    ],
)
def test_a_name_in_the_wrong_place_is_one_mistake(expression: str, code: str) -> None:
    source = f"{VOCABULARY}\nenum Size {{ both }}\nenum Other {{ both }}\n"
    source += f"define it(u Usage, c Certificate, t Track)\n  {expression}\n"
    assert set(errors(source)) == {code}


@pytest.mark.parametrize("expression", ["nowhere", "u.nowhere is 3", "nowhere(t) is 3", "1 + nowhere is 3"])
def test_one_wrong_name_is_reported_once(expression: str) -> None:
    assert errors_in(expression) == ["unknown-name"]


def test_what_could_not_be_read_is_no_second_mistake() -> None:
    source = VOCABULARY + "\nmeasure broken(t Track count\n  1\n\ndefine it(t Track)\n  broken(t) at least 3\n"
    assert "unknown-name" not in errors(source)


def test_a_circle_is_shown_step_by_step() -> None:
    source = 'policy p "P"\ndefine a\n  b\ndefine b\n  c\ndefine c\n  a\n'
    found = error(source)
    assert found.message == "`a` is defined by itself: `a` uses `b`, which uses `c`, which uses `a`"
    assert [each.text for each in found.secondary] == ["`b` uses `c` here", "`c` uses `a` here"]


def test_two_circles_are_two_mistakes() -> None:
    source = 'policy p "P"\ndefine a\n  a\ndefine b\n  c\ndefine c\n  b\n'
    assert errors(source) == ["cyclic-definition", "cyclic-definition"]


@pytest.mark.parametrize("body", ["holds(x)", "(x is x or holds(x))", "(some Usage u where holds(x))"])
def test_what_asks_itself_of_the_very_same_is_a_circle(body: str) -> None:
    assert errors(VOCABULARY + f"\ndefine holds(x Track)\n  {body}\n") == ["cyclic-definition"]


def test_an_aggregate_over_itself_is_a_circle() -> None:
    source = VOCABULARY + "\nmeasure m(t Track) count\n  count of Usage x where m(x.track) at least 2\n"
    assert errors(source) == ["cyclic-definition"]


SHARED = """\
policy p "P"
  in force from 2020-01-01
measure sold count 0 to 9
  0
designation d
  require many sold at least 3
change sold by 1 to 5 "Sell {n}"
  raises sold by 1
  cost 5 USD each
"""


def test_a_change_and_a_measure_may_have_one_name() -> None:
    found = program(SHARED + '\nexample "q"\n  given sold = 1\n  expect plan has sold 2 times\n')
    assert found.measures["p.sold"].name == found.changes["p.change.sold"].name == "sold"
    assert found.examples["p.example_1"].plans[0].steps[0].change == "p.change.sold"


def test_two_changes_may_not() -> None:
    again = SHARED + "change sold\n  raises sold by 1\n"
    assert errors(again) == ["duplicate-name"]


def test_a_column_may_have_the_name_of_what_it_is_given_for() -> None:
    case = '\nexample "{sold}"\n  for each (sold, found) in (1, 2), (3, 0)\n  given sold = sold\n'
    found = program(SHARED + case + "  expect found is 2 or d is met\n")
    assert [each.values[0].value for each in found.examples.values()] == [1, 3]
    assert errors(SHARED + case + "  expect sold is found\n") == ["shadowed-name"]


def test_a_variable_that_hides_a_value_is_a_doubt() -> None:
    _, found = compiled(VOCABULARY + "\ndefine it(smb Track)\n  smb is enterprise\n")
    assert "hidden-value" in [each.code for each in found]
    _, found = compiled(VOCABULARY + "\ndefine it(other Track)\n  other is enterprise\n")
    assert "hidden-value" not in [each.code for each in found]
