"""Whatever is given as facts, the answer is facts or problems, and problems can be shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attain_engine.facts import load_facts, render_problems
from tests.facts.policy import PROGRAM

RIGHT = {
    "organisation": "contoso",
    "as_of": "2024-01-01",
    "closed": False,
    "facts": {
        "Usage": [{"tenant": "a", "track": "smb", "month": "2024-05", "seats": 1, "trial": True}],
        "ExamResult": [{"holder": "ana", "passed": "2024-01-01", "share": "40%", "tracks": ["smb"], "notice": "1 day"}],
        "Membership": {"anniversary": "2024-01-01"},
    },
    "given": {"net_adds": {"smb": -59}, "growth": {"smb": {"2024-05": 1.5}}, "authorised": True},
}

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inside for place in places(value, (*path, key)))]


def replaced(data: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = replaced(data[path[0]], path[1:], by)
    return copy


def check(path: Path | None, *sets: str) -> None:
    facts, problems = load_facts(PROGRAM, path, sets=sets)
    assert (facts is None) == bool(problems)
    assert all(each.help for each in problems)
    for form in ("full", "concise", "json"):
        render_problems(problems, form).encode()


unhurried = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@unhurried
@given(st.sampled_from(places(RIGHT)), ANYTHING)
def test_anything_in_any_place_of_a_file(tmp_path: Path, place: tuple[Any, ...], anything: Any) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(replaced(RIGHT, place, anything)))
    check(path)


@unhurried
@given(st.text(st.sampled_from('tenankrmohsi,;"\n\r 2024-05%1é\x00'), max_size=40))
def test_any_text_after_the_header_of_a_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "Usage.csv").write_text(f"tenant,track,month,seats,trial\n{text}", newline="")
    check(tmp_path)


@unhurried
@given(st.binary(max_size=40))
def test_any_bytes_as_a_table(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "Usage.csv").write_bytes(data)
    check(tmp_path)


@unhurried
@given(st.text(max_size=20) | st.builds("net_adds.{}={}".format, st.text(max_size=6), st.text(max_size=6)))
def test_any_text_as_a_setting(text: str) -> None:
    check(None, text)


@pytest.mark.parametrize("text", ["=" * 5000, '"' * 5001, "." * 5000, "a." * 5000 + "=1", " " * 5000])
def test_a_long_setting_takes_no_time(text: str) -> None:
    check(None, text)
