"""A forecast looks no further than the calendar goes, whatever is asked of it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from attain_engine.api import forecast
from tests.regressions.asked import read

POLICY = """\
record Permit
  until  date or never

designation goal "Goal"
  require it "It" some Permit p where p.until on or after assessment date
"""
LAST = datetime.date(9998, 12, 31)


@pytest.mark.parametrize(
    ("on", "to"),
    [
        (datetime.date(9998, 6, 30), None),
        (datetime.date(9998, 6, 30), datetime.date(9999, 3, 1)),
        (LAST, None),
    ],
)
def test_no_day_after_the_last_one_is_spoken_of(tmp_path: Path, on: datetime.date, to: datetime.date | None) -> None:
    program, facts = read(tmp_path, POLICY, {"Permit": [{"until": "9998-12-30"}, {"until": "9998-11-01"}]}, {})
    found = forecast(program, facts, on, to=to)
    assert found.to <= LAST
    assert found.asked_to == LAST
    assert [each.day for each in found.days] == ([LAST] if on < LAST else [])
