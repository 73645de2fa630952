"""A forecast against assessing every day, one after another, and against taking every row away in turn."""

from __future__ import annotations

import datetime
import json
from random import Random
from typing import Any

import pytest

from attain_engine.api import Facts, assess, forecast, load_facts
from attain_engine.facts.model import Row
from tests.oracle.compiled import compiled
from tests.seeds import of_each

DAY = datetime.timedelta(days=1)
ON = datetime.date(2024, 1, 20)
TO = datetime.date(2024, 4, 10)

POLICY = """\
policy shop "Shop"
  in force from 2020-01-01
entity Person
enum Kind { sales, service }
parameter needed for Kind count
  sales 1, service 1
  from 2024-03-05  sales 2, service 1
record Certificate
  holder Person
  kind Kind
  since date
  expires date or never
record Sale
  on date
  amount count
record Visit
  in_month month
  number count
  CONTINUES
define valid(c Certificate)
  c.since on or before assessment date and c.expires on or after assessment date
measure valid_of(k Kind) count "Valid"
  count of Certificate c where c.kind is k and valid(c)
measure sold count "Sold"
  sum of s.amount among Sale s where s.on on or after 30 days before assessment date
measure visits count "Visits"
  sum of v.number among Visit v where v.in_month on or after 2 months before this month
designation shop "Shop"
  best for k in Kind by valid_of(k)
  require people "People" valid_of(k) at least needed(k)
  tier silver "Silver"
    require sold "Sold" sold at least 4
  tier gold "Gold"
    require sold "Sold" sold at least 8
    require visits "Visits" visits at least 5
change train(p Person, k Kind) "Train {p} in {k}"
  adds Certificate { holder: p, kind: k, since: plan date, expires: 12 months after plan date }
  cost 100 EUR
  takes 2 weeks
"""
CONTINUES = "continues each month"


def program(continues: bool = True) -> Any:
    return compiled(POLICY.replace("CONTINUES", CONTINUES if continues else ""))


def facts_of(seed: int, policy: Any) -> Facts:
    random = Random(seed)

    def near() -> str:
        return str(ON + datetime.timedelta(days=random.randint(-30, 80)))

    tables = {
        "Certificate": [
            {
                "holder": random.choice("abc"),
                "kind": random.choice(("sales", "service")),
                "since": near() if random.random() < 0.3 else "2023-05-01",
                "expires": "never" if random.random() < 0.2 else near(),
            }
            for _ in range(random.randint(1, 5))
        ],
        "Sale": [
            {"on": str(ON - datetime.timedelta(days=random.randint(0, 40))), "amount": random.randint(1, 6)}
            for _ in range(random.randint(0, 5))
        ],
        "Visit": [
            {"in_month": month, "number": random.randint(0, 4)}
            for month in ("2023-10", "2023-11", "2023-12", "2024-01")
        ],
    }
    return load_facts(policy, text=json.dumps({"organisation": "ours", "facts": tables}))


def standing(policy: Any, facts: Facts, day: datetime.date) -> Any:
    found = assess(policy, facts, day, rows=False)
    return [
        (each.verdict, each.award, each.track.name, [(one.path, one.verdict) for one in each.track.requirements])
        for each in found.designations
    ]


@of_each(range(8), at_a_time=4)
def test_the_days_are_those_on_which_an_assessment_changes(seed: int) -> None:
    policy = program(continues=False)
    facts = facts_of(seed, policy)
    found = forecast(policy, facts, ON, to=TO, prevent=False)
    days = []
    before = standing(policy, facts, ON)
    for number in range(1, (TO - ON).days + 1):
        now = standing(policy, facts, ON + number * DAY)
        if now != before:
            days.append(ON + number * DAY)
        before = now
    # The forecast tells of every track that counts, the assessment above of the one that is shown.
    assert set(days) <= {each.day for each in found.days}
    for each in found.days:
        if each.day not in days:
            assert all(turn.what == "requirement" for turn in each.turns)
    assert (found.to, found.asked_to) == (TO, TO)


@of_each(range(8), at_a_time=4)
def test_the_critical_rows_are_those_that_nothing_replaces(seed: int) -> None:
    policy = program()
    facts = facts_of(seed, policy)
    (now,) = assess(policy, facts, ON, rows=False).designations
    ranks = {"": 0, "silver": 1, "gold": 2}
    expected = set()
    for record, rows in facts.tables.items():
        for row in rows:
            fewer = {**facts.tables, record: tuple(each for each in rows if each is not row)}
            (then,) = assess(policy, Facts("ours", fewer), ON, rows=False).designations
            if now.verdict == "met" and ranks[then.award] < ranks[now.award]:
                assert row.origin is not None
                expected.add(row.origin.name)
    found = forecast(policy, facts, ON, to=ON + DAY, prevent=False)
    assert {each.row for each in found.critical} == expected
    assert found.critical_rows == found.rows == sum(map(len, facts.tables.values()))


def only(tables: dict[str, list[dict[str, Any]]], continues: bool = True) -> tuple[Any, Facts]:
    policy = program(continues)
    empty: dict[str, Any] = {"Certificate": [], "Sale": [], "Visit": []}
    return policy, load_facts(policy, text=json.dumps({"organisation": "ours", "facts": empty | tables}))


ANA = {"holder": "ana", "kind": "sales", "since": "2023-01-01", "expires": "2024-02-10"}
BO = ANA | {"holder": "bo", "expires": "2024-02-20"}
SERVICE = {"holder": "cy", "kind": "service", "since": "2023-01-01", "expires": "never"}
SALES = [{"on": "2024-01-15", "amount": 5}]


def test_what_is_lost_names_the_row_whose_date_it_is_and_what_would_prevent_it() -> None:
    policy, facts = only({"Certificate": [ANA], "Sale": SALES})
    found = forecast(policy, facts, ON, to=datetime.date(2024, 2, 12))
    (day,) = found.days
    assert day.day == datetime.date(2024, 2, 11)
    assert day.causes == ("Certificate (ana, sales): expires 2024-02-10",)
    assert {(each.what, each.before, each.after) for each in day.turns} >= {
        ("verdict", "met", "failed"),
        ("award", "silver", ""),
    }
    (prevention,) = day.preventions
    assert (prevention.status, prevention.cost) == ("proved", "100 EUR")


def test_a_date_on_which_the_rule_changes_is_told_from_one_of_a_row() -> None:
    policy, facts = only({"Certificate": [ANA | {"expires": "never"}], "Sale": [{"on": "2024-02-20", "amount": 5}]})
    found = forecast(policy, facts, ON, to=datetime.date(2024, 3, 10), prevent=False)
    lost = next(each for each in found.days if each.day == datetime.date(2024, 3, 5))
    assert lost.causes == ("`needed` changes",)


def test_of_several_rows_only_those_that_matter_are_named() -> None:
    policy, facts = only({"Certificate": [SERVICE, ANA, ANA | {"holder": "di", "kind": "service"}], "Sale": SALES})
    found = forecast(policy, facts, ON, to=datetime.date(2024, 2, 12), prevent=False)
    told = [cause for each in found.days for cause in each.causes]
    assert all("(di" in each or "(ana" in each for each in told)


@pytest.mark.parametrize(("continues", "lost"), [(True, False), (False, True)])
def test_months_go_on_only_where_the_policy_says_so(continues: bool, lost: bool) -> None:
    visits = [{"in_month": month, "number": 2} for month in ("2023-11", "2023-12", "2024-01")]
    sales = [{"on": "2024-01-15", "amount": 9}]
    policy, facts = only({"Certificate": [SERVICE], "Sale": sales, "Visit": visits}, continues)
    found = forecast(policy, facts, ON, to=datetime.date(2024, 2, 10), prevent=False)
    turns = [turn for each in found.days for turn in each.turns if turn.what == "award"]
    assert [(each.before, each.after) for each in turns] == ([("gold", "silver")] if lost else [])
    if lost:
        (day,) = (each for each in found.days if each.turns)
        assert day.causes == ("a new month: the windows of months move on",)
    told = "goes on, each month as the one before" if continues else "no data after 2024-01"
    assert any(told in each for each in found.assumed)


def test_a_new_year_is_called_one() -> None:
    learner = """\
policy learner "Learner"
record Course
  day date
  hours number
measure hours number
  sum of c.hours among Course c where year of c.day is year of assessment date
designation keeps_up "Keeps up"
  require hours "Fifteen hours this year" hours at least 15
"""
    policy = compiled(learner)
    facts = load_facts(policy, text=json.dumps({"facts": {"Course": [{"day": "2024-01-10", "hours": 20}]}}))
    found = forecast(policy, facts, ON, to=datetime.date(2025, 2, 1), prevent=False)
    (day,) = (each for each in found.days if each.turns)
    assert day.day == datetime.date(2025, 1, 1)
    assert day.causes == ("a new year: what is asked of a year, and the windows of months, move on",)


def test_what_the_time_did_not_suffice_for_is_said() -> None:
    policy = program()
    found = forecast(policy, facts_of(1, policy), ON, to=TO, time_limit=0.0)
    assert found.to < found.asked_to == TO
    assert found.critical_rows < found.rows


AUDITS = """\
policy audits "Audits"
  in force from 2020-01-01
record Audit
  day date
record Finding
  found date
define last_audit as date
  latest of a.day among Audit a else 1900-01-01
designation certified "Certified"
  require audited "Audited" assessment date on or before 12 months after last_audit
  require clean "Clean" no Finding f where f.found is last_audit and assessment date later than 30 days after f.found
"""


def test_a_row_is_no_cause_that_would_only_change_something_else_beside_the_cause() -> None:
    program = compiled(AUDITS)
    day = datetime.date(2023, 1, 15)
    tables = {
        "audits.Audit": (Row("audits.Audit", {"day": day}),),
        "audits.Finding": (Row("audits.Finding", {"found": day}),),
    }
    found = forecast(program, Facts("x", tables), datetime.date(2024, 1, 10), to=datetime.date(2024, 2, 1))
    (turned,) = found.days
    assert turned.day == datetime.date(2024, 1, 16)
    assert [each.partition(":")[2] for each in turned.causes] == [" day 2023-01-15"]
