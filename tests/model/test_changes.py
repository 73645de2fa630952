"""Changes: their parameters, effects, costs and texts."""

from __future__ import annotations

import pytest

from attain_compiler.model import program as model
from attain_compiler.model.types import COUNT
from tests.model.policies import VOCABULARY, error, errors, program

WIN = """
change win(w Association, u Usage) by 1 to u.paid_seats - u.active_users "Win {n} for {w} at {u.tenant}"
  when u.month is last month and no Certificate c where c.earned is plan date
  adds Usage { tenant: new Tenant, track: smb, association: w, month: last month, paid_seats: 20, active_users: 10,
    billed: 5 USD }
  raises u.active_users by 1
  raises adds(smb) by 1
  sets u.trial to no
  removes u
  cost 4_000 USD each
  cost 165 USD
  takes 6 weeks
  at most 10
"""


def change(text: str) -> model.Change:
    (found,) = program(VOCABULARY + text).changes.values()
    return found


def test_the_number_of_units_is_a_variable_after_the_parameters() -> None:
    found = change(WIN)
    assert found.amount is not None
    assert (found.amount.number, found.amount.name, found.amount.type) == (2, "n", COUNT)
    assert isinstance(found.condition, model.And)
    assert isinstance(found.condition.items[1], model.Not)
    assert isinstance(found.condition.items[1].operand, model.Exists)
    assert found.condition.items[1].operand.binder.number == 3


def test_every_effect_has_its_form() -> None:
    kinds = [type(each).__name__ for each in change(WIN).effects]
    assert kinds == ["Adds", "RaisesField", "RaisesMeasure", "Sets", "Removes"]


def test_costs_are_for_each_unit_or_for_the_whole() -> None:
    assert [each.each for each in change(WIN).costs] == [True, False]


def test_a_field_with_a_default_may_be_left_out() -> None:
    (added, *_) = change(WIN).effects
    assert isinstance(added, model.Adds)
    assert "trial" not in dict(added.values)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("  cost 5 USD", "nothing-changes"),
        ("  removes t", "type-mismatch"),
        ("  removes v", "unknown-name"),
        ("  sets u.trail to no", "unknown-name"),
        ("  sets u.trial to 5", "type-mismatch"),
        ("  raises u.tenant by 5", "type-mismatch"),
        ("  raises u.paid_seats by 5 USD", "unit-mismatch"),
        ("  raises adds(t) by 5%", "unit-mismatch"),
        ("  raises adds by 5", "wrong-arguments"),
        ("  raises addds(t) by 5", "unknown-name"),
        ("  raises capability(t) by 5", "not-raisable"),
        ("  raises 5 by 5", "not-raisable"),
        ("  adds Certificate { holder: p }", "missing-field"),
        ("  adds Certificate { holder: p, earned: plan date, erned: plan date }", "unknown-name"),
        ("  adds Certificate { holder: p, earned: plan date, earned: plan date }", "duplicate-name"),
        ("  adds Certificate { holder: t, earned: plan date }", "type-mismatch"),
        ("  adds Certificat { holder: p }", "unknown-name"),
        ("  removes u\n  cost 5", "unit-mismatch"),
        ("  removes u\n  cost 0 USD - 5 USD", "out-of-bounds"),
        ("  removes u\n  takes 5 USD", "type-mismatch"),
        ("  removes u\n  at most 5 USD", "unit-mismatch"),
        ("  when u\n  removes u", "type-mismatch"),
    ],
)
def test_a_change_with_a_mistake(lines: str, code: str) -> None:
    assert errors(f"{VOCABULARY}\nchange it(p Person, u Usage, t Track)\n{lines}\n") == [code]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("it(k count)", "type-mismatch"),
        ("it(t Track, t Track)", "shadowed-name"),
        ("it(n Track) by 1 to 5", "shadowed-name"),
        ("it by 5 to 1", "bounds-reversed"),
        ("it by -1 to 1", "out-of-bounds"),
        ("it by 1 to 5 USD", "unit-mismatch"),
        ('it "Do {n}"', "unknown-placeholder"),
        ('it(u Usage) "Do {u.name}"', "unknown-placeholder"),
        ('it(p Person) "Do {p.name}"', "unknown-placeholder"),
    ],
)
def test_a_change_whose_first_line_has_a_mistake(head: str, code: str) -> None:
    assert errors(f"{VOCABULARY}\nchange {head}\n  raises adds(smb) by 1\n") == [code]


def test_costs_are_in_one_currency() -> None:
    first = "\nchange one\n  raises adds(smb) by 1\n  cost 5 USD\n"
    second = "\nchange two\n  raises adds(smb) by 1\n  cost 5 EUR\n"
    found = error(VOCABULARY + first + second)
    assert (found.code, found.message) == ("mixed-currencies", "one cost is in EUR, another in USD")


def test_lowering_is_raising_by_the_negative() -> None:
    head = VOCABULARY + "\nmeasure m number 0 to 9\n  3\n"
    change = "change it(u Usage) {}\n  {} m by 0.5\n  {} u.paid_seats by 2\n"
    lowered = program(head + change.format("", "lowers", "lowers")).changes["p.it"].effects
    raised = program(head + change.format("", "raises", "raises")).changes["p.it"].effects
    for down, up in zip(lowered, raised, strict=True):
        assert isinstance(down, model.RaisesMeasure | model.RaisesField)
        assert isinstance(up, model.RaisesMeasure | model.RaisesField)
        assert down.by == model.Negative(up.by, type=up.by.type, span=up.by.span)
