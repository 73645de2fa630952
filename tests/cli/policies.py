"""Small policies that the tests of the command line write and check."""

from __future__ import annotations

GOOD = """\
policy grant "Small grant"
  in force from 2024-01-01

record Member "A member"
  joined date

measure members count 0 to 500
  count of Member m where m.joined on or before assessment date

designation grant "Small grant"
  require members "Ten members" members at least 10
"""

BAD = """\
policy broken "Broken"
  in force from 2024-01-01

record Member "A member"
  joined date

measure members count 0 to 500
  count of Member m where m.joind on or before assessment date

designation broken "Broken"
  require members "Ten members" membrs at least 10
"""

LIBRARY = """\
library people "People"

record Member "A member"
  joined date
"""

IMPORTING = """\
policy grant "Small grant"
  in force from 2024-01-01

import people

measure members count 0 to 500
  count of Member m where m.joined on or before assessment date

designation grant "Small grant"
  require members "Ten members" members at least 10
"""

FUND = """\
policy fund "Village fund"
  in force from 2024-01-01

entity Person

record Project one row "What the fund is asked for"
  costs      money EUR
  own_funds  money EUR

record Member "A membership"
  person  Person
  joined  date
  left    date or never

measure members count 0 to 500 "Members"
  distinct m.person among Member m where m.joined on or before assessment date and m.left later than assessment date

measure own_share percent "Own share"
  the Project.own_funds / the Project.costs else 0%

reading least_share "The least own share: 20% in the text, 25% in the table"
  text   20%  default
  table  25%

designation fund "Village fund"
  require members "Three members" members at least 3
  require share "A share of its own" own_share at least least_share

change recruit by 1 to 30 "Win {n} members"
  adds Member { person: new Person, joined: plan date }
  cost 15 EUR each
  takes 4 weeks

change pay_more(p Project) by 1 to 50 "Pay {n} hundred euros more"
  raises p.own_funds by 100 EUR
  cost 100 EUR each

example "a fifth is enough"
  on 2024-06-30
  given Project { costs: 10_000 EUR, own_funds: 2_000 EUR }
  expect fund.share is met
"""
"""A policy with changes, a reading and an example."""

SHORT = """\
{
  "organisation": "chess_club",
  "as_of": "2024-06-30",
  "facts": {
    "Project": {"costs": 10000, "own_funds": 1900},
    "Member": [
      {"person": "ana", "joined": "2020-01-01"},
      {"person": "bo", "joined": "2020-01-01", "left": "2024-03-31"},
      {"person": "cy", "joined": "2021-05-01"}
    ]
  }
}
"""
"""Facts that a member and a hundred euros keep from the fund."""

ENOUGH = SHORT.replace("1900", "2000").replace(', "left": "2024-03-31"', "")
"""Facts that qualify."""

OPEN = SHORT.replace('"Project": {"costs": 10000, "own_funds": 1900},', "").replace(', "left": "2024-03-31"', "")
"""Facts of which the project is missing."""
