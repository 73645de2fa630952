"""`attain why`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Attain, Write
from tests.cli.policies import FUND, SHORT


@pytest.fixture(autouse=True)
def _files(write: Write) -> None:
    write("fund.attain", FUND)
    write("short.json", SHORT)


@pytest.mark.parametrize("row", ["Member:1", "Member:person=ana", "Member:person=ana,joined=2020-01-01"])
def test_a_row_that_counts_says_where(attain: Attain, row: str) -> None:
    result = attain("why", "fund.attain", "short.json", row)
    assert (result.code, result.err) == (0, "")
    assert "✓ members" in result.out


def test_a_row_that_does_not_count_says_why(attain: Attain) -> None:
    out = attain("why", "fund.attain", "short.json", "Member:2").out
    assert "✗ members" in out
    assert "m.left later than assessment date" in out


def test_of_several_aggregates_of_a_measure_each_is_named(attain: Attain, write: Write) -> None:
    share = "(count of Member m where m.left is never) / (count of Member m) else 0%"
    head, _, rest = FUND.partition("designation ")
    name, _, rest = rest.partition("\n")
    policy = (
        f"{head}measure staying percent\n  {share}\n\ndesignation {name}\n  require staying staying at least 1%\n{rest}"
    )
    write("fund.attain", policy)
    out = attain("why", "fund.attain", "short.json", "Member:2").out
    assert "✓ staying  counts  in `count of Member m`" in out
    assert "in `count of Member m where m.left is never`" in out


def test_several_rows_can_match(attain: Attain) -> None:
    out = attain("why", "fund.attain", "short.json", "Member:joined=2020-01-01").out
    assert "person ana" in out
    assert "person bo" in out


def test_json_carries_its_format_version(attain: Attain) -> None:
    document = json.loads(attain("why", "fund.attain", "short.json", "Member:2", "--output-format", "json").out)
    assert document["format_version"] == 1


@pytest.mark.parametrize(
    "row",
    [
        "Member:9",
        "Member:0",
        "Member:-1",
        "Membr:1",
        "Member",
        "Member:nam=a",
        "",
        ":",
        "Member:x",
        "Member:²",
        "Member:" + "9" * 5000,
    ],
)
def test_a_row_that_there_is_not_is_wrong_usage(attain: Attain, row: str) -> None:
    result = attain("why", "fund.attain", "short.json", row)
    assert (result.code, result.out) == (2, "")
    assert "Error: " in result.err
