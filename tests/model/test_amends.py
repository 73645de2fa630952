"""A policy that amends another: what it takes over, what it replaces, and what it cannot."""

from __future__ import annotations

import pytest

from tests.model.policies import compiled, errors, program

PEOPLE = 'library people "People"\n\nentity Reader\n'
OLD = """policy old "Rules of the library card, 2024"
  in force from 2024-01-01 to 2024-12-31

import people as p

enum Kind { book, film }

record Loan "A loan"
  reader  p.Reader
  kind    Kind
  day     date

parameter most for Kind count
  book  5
  film  2

measure loans(k Kind) count
  count of Loan l where l.kind is k and recent(l)

define recent(l Loan)
  l.day within the 30 days to assessment date

excluded Loan l "given back by post"
  when l.reader is "post"

designation card "Card in good standing"
  require films "No more than {most(film)} films" loans(film) at most most(film)
  require books "No more than {most(book)} books" loans(book) at most most(book)

change give_back(l Loan) "Give back"
  removes l
  cost 1 EUR

claim most(film) at most most(book)

example "four films"
  given Loan { reader: "ana", kind: film, day: 2024-05-01 }
  given nothing else
  expect loans(film) is 0
"""
NEW = """policy p "Rules of the library card, 2025"
  in force from 2025-01-01

amends old

parameter most for Kind count
  book  10
  film   3

define recent(l Loan)
  l.day within the 60 days to assessment date

parameter fee money EUR
  2 EUR

report fines "Fines" as money EUR
  fee * loans(film)

example "three films in spring"
  on 2025-06-01
  given Loan
    reader  kind  day
    "ana"   film  2025-05-01
    "bo"    film  2025-05-02
    "cy"    film  2025-04-20
    "post"  film  2025-05-02
  given nothing else
  expect loans(film) is 3
  expect card is met
"""
NEWEST = """policy newest "Rules of the library card, 2026"
  in force from 2026-01-01

amends p

parameter fee money EUR
  3 EUR

define recent(l Loan)
  l.day within the 90 days to assessment date
"""


def test_everything_is_taken_over_but_for_what_is_replaced_and_expected() -> None:
    found = program(NEW, old=OLD, people=PEOPLE)
    assert list(found.designations) == ["p.card"]
    assert list(found.changes) == ["p.give_back"]
    assert list(found.tables) == ["p.most", "p.fee"]
    assert [len(found.exclusions), len(found.claims), len(found.examples)] == [1, 1, 1]
    assert [str(each.value) for each in found.tables["p.most"].entries] == ["10", "3"]
    assert str(found.policies["p"].force_from) == "2025-01-01"
    assert list(found.policies) == ["people", "p"]
    assert dict(found.amended) == {"p.most": "`most` of `old`", "p.recent": "`recent` of `old`"}
    assert set(found.files) == {"p.attain", "old.attain", "people.attain"}


def test_what_is_replaced_stands_where_it_stood() -> None:
    shuffled = NEW.replace("define recent", "define late(l Loan)\n  not (recent(l))\n\ndefine recent")
    assert list(program(shuffled, old=OLD, people=PEOPLE).defines) == ["p.recent", "p.late"]


def test_a_policy_that_amends_may_be_amended() -> None:
    found = program(
        NEWEST.replace("amends p", "amends new"), new=NEW.replace("policy p ", "policy new "), old=OLD, people=PEOPLE
    )
    assert list(found.designations) == ["newest.card"]
    assert dict(found.amended) == {
        "newest.most": "`most` of `old`",
        "newest.recent": "`recent` of `new`",
        "newest.fee": "`fee` of `new`",
    }
    assert list(found.reports) == ["newest.fines"]
    assert found.examples == {}


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        ("amends old", "amends older", ["missing-import"]),
        ("amends old", "amends p", ["import-cycle"]),
        ("amends old", "amends old\namends people", ["duplicate-header"]),
        ("define recent(l Loan)\n  l.day", "define recent\n  assessment date", ["wrong-arguments"]),
        ("define recent(l Loan)", "define recents(l Loan)", []),
        ("parameter fee money EUR", "parameter card money EUR", ["duplicate-name"]),
        ("parameter most for Kind count\n  book  10\n  film   3", "enum Kind { book, game }", ["unknown-name"]),
        ("report fines", "report Reader", []),
    ],
)
def test_what_cannot_be_amended(before: str, after: str, codes: list[str]) -> None:
    assert before in NEW
    found = errors(NEW.replace(before, after), old=OLD, people=PEOPLE, p=NEW)
    assert found[: len(codes)] == codes
    assert bool(found) == bool(codes)


def test_a_mistake_is_reported_where_it_stands() -> None:
    _, diagnostics = compiled(
        NEW.replace("define recent(l Loan)\n  l.day", "define recent(l Loan, d date)\n  d"), old=OLD, people=PEOPLE
    )
    assert [(each.code, each.span.path) for each in diagnostics if each.code == "wrong-arguments"] == [
        ("wrong-arguments", "old.attain")
    ]


def test_what_could_not_be_read_is_no_second_mistake() -> None:
    old = OLD.replace("measure loans(k Kind) count", "measure loans(k Kind count")
    assert all(each != "unknown-name" for each in errors(NEW, old=old, people=PEOPLE))


def test_circles_of_policies_that_amend_each_other_end() -> None:
    assert "import-cycle" in errors(NEW, old=OLD.replace("import people as p", "amends p"), p=NEW, people=PEOPLE)
    assert "import-cycle" in errors(NEW, old=OLD.replace("import people as p", "import p"), p=NEW, people=PEOPLE)
