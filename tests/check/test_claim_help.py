"""What may make a claim provable is said of the measures that lack it."""

from __future__ import annotations

import pytest

from attain_engine.api import load_policy
from attain_engine.check.claims import claim_diagnostics

POLICY = """\
policy p "P"
record Sale
  amount count 0 to 10
measure bounded count 0 to 100
  sum of s.amount among Sale s
measure best number{}
  greatest of s.amount among Sale s else 0
define it
  best at least 0
claim bounded is 0 implies it and best is 0
"""


@pytest.mark.parametrize(
    ("bounds", "advice"), [("", "give bounds to `best`, or claim"), (" -5 to 10", "claim something narrower")]
)
def test_bounds_are_asked_of_measures_without_them(bounds: str, advice: str) -> None:
    (found,) = claim_diagnostics(load_policy("p.attain", POLICY.format(bounds)))
    assert found.help.startswith(advice)
