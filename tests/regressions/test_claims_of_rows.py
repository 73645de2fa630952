"""Claims about several aggregates of the same rows: proved where every table bears them out, refuted by rows."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from attain_engine.api import load_policy
from attain_engine.check.claims import check_claims
from tests.regressions.asked import HEAD, assess

SALES = """\
enum Kind { a, b }
enum Size { small, large }

entity Person

record Sale
  kind  Kind
  who   Person
  n     count 0 to 5
  m     number -3 to 3
  ok    flag default no
  size  Size or none

record Other
  who  Person

define good(s Sale)
  s.kind is a and s.ok and s.n at least 3

measure all count 0 to 500
  count of Sale s

measure as_ count 0 to 500
  count of Sale s where s.kind is a

measure bs count 0 to 500
  count of Sale s where s.kind is b

measure of_kind(k Kind) count 0 to 500
  count of Sale s where s.kind is k

measure ok_as count 0 to 500
  count of Sale s where s.kind is a and s.ok

measure goods count 0 to 500
  count of Sale s where good(s)

define is_named(s Sale)
  some Other o where o.who is s.who

measure named count 0 to 500
  count of Sale s where is_named(s)

measure named_as count 0 to 500
  count of Sale s where s.kind is a and is_named(s)

measure sold count 0 to 5_000
  sum of s.n among Sale s

measure sold_as count 0 to 5_000
  sum of s.n among Sale s where s.kind is a

measure net number -5_000 to 5_000
  sum of s.m among Sale s

measure net_as number -5_000 to 5_000
  sum of s.m among Sale s where s.kind is a

measure people count 0 to 500
  distinct s.who among Sale s

measure people_as count 0 to 500
  distinct s.who among Sale s where s.kind is a

measure best count 0 to 5
  greatest of s.n among Sale s else 0

measure best_as count 0 to 5
  greatest of s.n among Sale s where s.kind is a else 0

measure least_as count 0 to 5
  least of s.n among Sale s where s.kind is a else 0

measure seen count 0 to 500
  count of Sale s

excluded Sale s "not seen" from seen
  when not s.ok

score points out of 10
  part p up to 10 1 point for each as_

designation d "D"
  require r "R" all at least 3

designation e "E"
  require r "R" as_ at least 3
"""
HOLD = (
    "ok_as at most as_", "as_ at most all", "as_ + bs is all", "of_kind(a) + of_kind(b) is all", "of_kind(a) is as_",
    "goods at most ok_as", "sold_as at most sold", "people at most all", "people_as at most people",
    "best_as at most best", "e is met implies d is met", "ok_as at least 1 implies as_ at least 1",
    "sold at most 5 * all", "sold_as at most 5 * as_", "ok_as at least 1 implies (some Sale s where s.kind is a)",
    "(no Sale s where s.ok) implies ok_as is 0", "(every Sale s has s.kind is a) implies bs is 0",
    "all at least 1 implies people at least 1", "sold at least 1 implies all at least 1", "best at most sold",
    "best_as at most sold", "net - net_as at most 3 * bs", "net at least -3 * all", "seen at most all",
    "as_ is 0 implies best_as is 0", "least_as at most best", "named_as at most named",
    "points at least 5 implies all at least 5", "(count of Sale s where s.size is large) at most all",
    "(count of Sale s where s.size is none) + (count of Sale s where s.size is not none) is all",
    "(greatest of s.n among Sale s where s.ok else 0) at most best",
    "(sum of s.n among Sale s where s.ok) + (sum of s.n among Sale s where not s.ok) is sold",
)  # fmt: skip
FAIL = (
    "as_ at most ok_as", "all at most as_", "as_ at most bs", "sold at least all", "sold at most 4 * all",
    "people is all", "net_as at most net", "d is met implies e is met", "best_as is best", "all at most seen",
    "(every Sale s has s.kind is a) implies bs at least 1", "of_kind(a) is of_kind(b)",
    "best at least 1 implies as_ at least 1", "people_as is people",
)  # fmt: skip


def standing(claim: str) -> str:
    policy = load_policy("tried.attain", f"{HEAD}{SALES}\nclaim {claim}\n")
    return next(each.standing for each in check_claims(policy))


@pytest.mark.parametrize("claim", HOLD)
def test_a_claim_that_every_table_bears_out_is_proved(claim: str) -> None:
    assert standing(claim) == "holds"


@pytest.mark.parametrize("claim", FAIL)
def test_a_claim_that_some_table_breaks_is_refuted(claim: str) -> None:
    assert standing(claim) in ("fails", "not proved")


@pytest.mark.parametrize(
    "claim", ["as_ at most ok_as", "all at most as_", "people is all", "d is met implies e is met"]
)
def test_what_breaks_a_claim_is_shown_to_be_possible_by_rows(claim: str) -> None:
    assert standing(claim) == "fails"


PRECEDENCE = """
precedence Sale s for each s.who by s.kind
  a over b
"""


@pytest.mark.parametrize(
    ("more", "claim", "said"),
    [
        (PRECEDENCE, "as_ + bs is all", "holds"),
        (PRECEDENCE, "(count of Sale s where some Sale z where z.who is s.who and z.kind is b) at most all", "holds"),
        (PRECEDENCE, "(count of Sale s where some Sale z where z.kind is b) at most bs", "not proved"),
        ("\nmeasure many count 0 to 500\n  count of Sale s where s.n at least sold\n", "many at most all", "holds"),
        (
            "\nmeasure many count 0 to 500\n  count of Sale s where s.n at least sold\n",
            "many at most as_",
            "fails",
        ),
    ],
)
def test_what_a_row_is_asked_about_other_rows_is_open(more: str, claim: str, said: str) -> None:
    policy = load_policy("tried.attain", f"{HEAD}{SALES}{more}\nclaim {claim}\n")
    assert next(each.standing for each in check_claims(policy)) == said


@pytest.mark.parametrize("seed", range(3))
def test_what_is_proved_holds_of_random_rows(tmp_path: Path, seed: int) -> None:
    """Each claim is a requirement here; the rows are random."""
    rng = Random(seed)
    proved = [each for each in HOLD if " implies " not in each]
    policy = SALES + "".join(
        f'\ndesignation tried{number} "T"\n  require it "It" {claim}\n' for number, claim in enumerate(proved)
    )
    rows: list[dict[str, Any]] = [
        {"kind": rng.choice("ab"), "who": rng.choice("pq"), "n": rng.randint(0, 5), "m": rng.randint(-3, 3),
         "ok": rng.random() < 0.5, "size": rng.choice(["small", "large", None])}
        for _ in range(rng.randint(0, 7))
    ]  # fmt: skip
    answer = assess(tmp_path, policy, {"Sale": rows, "Other": [{"who": "p"}]})
    verdicts = {each.name: each.verdict for each in answer.designations if each.name.startswith("tried")}
    assert set(verdicts.values()) == {"met"}


SEVERAL = """
record Given
  q  count? 0 to 3

parameter bonus for Kind count
  a  1
  b  5

measure best_else(k Kind, j Kind) count 0 to 50
  greatest of s.n among Sale s where s.kind is k else bonus(j)

designation each_kind(k Kind) "E {k}"
  require r "R" (count of Sale s where s.kind is k) at least 2

designation some_kind(k Kind) "S {k}"
  require r "R" some Sale s where s.kind is k
"""


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("best_else(b, b) at most best_else(b, a)", "fails"),
        ("as_ is 0 implies best_else(a, b) is 5", "holds"),
        ("each_kind(a) is met implies each_kind(b) is met", "not proved"),
        ("each_kind(a) is met implies as_ at least 2", "holds"),
        ("some_kind(a) is met implies some_kind(b) is met", "not proved"),
        ("some_kind(a) is met implies as_ at least 1", "holds"),
        ("(count of Given g where g.q is known) at least (count of Given g)", "not proved"),
        ("(count of Given g where g.q is known) is 0 or (no Given g)", "not proved"),
        ("(count of Given g where g.q is known) at most (count of Given g)", "holds"),
        ("(count of Sale s where s.n is known) is all", "holds"),
        ("every Given g has g.q is not known", "not proved"),
        ("(count of Given g where (g.q + 1) is known) is 0 or (no Given g)", "not proved"),
        ("d is undetermined", "not proved"),
    ],
)
def test_what_is_told_apart_in_the_rows(claim: str, said: str) -> None:
    policy = load_policy("tried.attain", f"{HEAD}{SALES}{SEVERAL}\nclaim {claim}\n")
    assert next(each.standing for each in check_claims(policy)) == said


def test_awards_at_one_place_are_not_one_unknown(tmp_path: Path) -> None:
    """Whether one of them is met says nothing of the other where the rows are not given."""
    either = '\ndesignation either "E"\n  require r "R" (some_kind(a) is met) or (some_kind(b) is not met)\n'
    answer = assess(tmp_path, SALES + SEVERAL + either, {"Other": [{"who": "p"}]})
    assert answer.designations[-1].verdict == "undetermined"
