"""A row of which it is not known whether an exclusion leaves it out leaves open what rests on it, also where the rules,
which take what is not known as not so, would leave it out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.regressions.asked import verdict

POLICY = """\
enum Level {{ low, high }}

record Note
  who  text
  ok   flag?

record Item
  who    text
  ok     flag?
  sound  flag
  level  Level?
  hours  count 0 to 9

parameter hours_of for Level band of count
  low at most 2, high at least 3

excluded Item x "left out"{within}
  when {excluded}

measure hours count
  sum of i.hours among Item i

designation goal "Goal"
  require it "It" {condition}
"""
UNKNOWN: dict[str, Any] = {"who": "ana", "sound": True, "hours": 5}


@pytest.mark.parametrize(
    "excluded",
    [
        "not (x.ok and x.sound)",
        "x.hours not in hours_of(x.level)",
        "no Note n where n.who is x.who and n.ok",
        "every Note n has not (n.ok)",
    ],
)
@pytest.mark.parametrize(
    ("within", "condition", "found"),
    [
        ("", "no Item i where i.hours at least 5", "undetermined"),
        ("", "some Item i where i.hours at least 5", "undetermined"),
        ("", "every Item i has i.hours at most 4", "undetermined"),
        ("", "(count of Item i) is 0", "undetermined"),
        ("", "hours at most 4", "undetermined"),
        (" from hours", "hours at most 4", "undetermined"),
        (" from hours", "(count of Item i) is 1", "met"),
        ("", "no Item i where i.hours at least 6", "met"),
        ("", "(greatest of i.hours among Item i else 0) at most 4", "undetermined"),
        ("", "each Item i once for\n      1 with i.hours at least 5", "undetermined"),
    ],
)
def test_a_row_that_may_be_left_out_is_not_taken_as_left_out(
    tmp_path: Path, excluded: str, within: str, condition: str, found: str
) -> None:
    policy = POLICY.format(excluded=excluded, within=within, condition=condition)
    assert verdict(tmp_path, policy, {"Item": [UNKNOWN], "Note": [{"who": "ana"}]}) == found
