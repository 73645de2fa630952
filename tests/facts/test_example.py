"""Facts from the examples of a policy."""

from __future__ import annotations

import datetime

from attain_compiler.model.types import NEVER, EnumValue
from attain_engine.facts import UNKNOWN, Facts, Origin, rows_from_example
from attain_engine.policies import read_policy

POLICY = """\
policy club "Club"

enum Track { smb, enterprise }

entity Person

record Certificate
  holder  Person
  earned  date
  expires date or never
  score   count? 0 to 1_000
  trial   flag default no

record Visit
  room text

measure net_adds(t Track) count
  count of Visit v

define authorised as flag
  yes

example "rows and values"
  given Certificate { holder: "ana", earned: 2023-01-01 }
  given Certificate
    holder  earned      score
    "bo"    2023-02-01  700
    "cy"    2023-03-01  800
  given net_adds(smb) = -59
  given authorised = no
  given nothing else
  expect net_adds(smb) is -59

example "nothing"
  expect authorised
"""


def facts_of(example: int) -> Facts:
    policy = read_policy("club.attain", POLICY)
    assert policy.program is not None, policy.diagnostics
    return rows_from_example(policy.program, list(policy.program.examples.values())[example])


def test_rows_have_every_field() -> None:
    rows = facts_of(0).tables["club.Certificate"]
    assert rows[0].values == {
        "holder": "ana",
        "earned": datetime.date(2023, 1, 1),
        "expires": NEVER,
        "score": UNKNOWN,
        "trial": False,
    }


def test_rows_that_are_given_apart_are_one_table() -> None:
    rows = facts_of(0).tables["club.Certificate"]
    assert [row.values["holder"] for row in rows] == ["ana", "bo", "cy"]
    assert [row.origin for row in rows] == [Origin("", "Certificate", number) for number in (1, 2, 3)]


def test_values_are_given_straight() -> None:
    assert facts_of(0).values == {
        ("club.net_adds", (EnumValue("club.Track", "smb"),)): -59,
        ("club.authorised", ()): False,
    }


def test_nothing_else_closes_the_facts() -> None:
    assert facts_of(0).closed
    assert not facts_of(1).closed


def test_a_record_that_is_not_given_is_absent() -> None:
    assert list(facts_of(0).tables) == ["club.Certificate"]


def test_facts_are_called_like_the_example() -> None:
    assert [facts_of(0).organisation, facts_of(1).organisation] == ["rows and values", "nothing"]
