"""`attain check --fix`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Attain, Write
from tests.cli.policies import BAD, GOOD

SIGNS = GOOD.replace("members at least 10", "members >= 10").replace("2024-01-01", "2024-1-1")


def test_what_can_mean_only_one_thing_is_mended(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("grant.attain", SIGNS)
    result = attain("check", "--fix")
    assert (result.code, result.err) == (0, "2 fixes made; no mistakes in 1 policy\n")
    assert (tmp_path / "grant.attain").read_text(encoding="utf-8") == GOOD


def test_what_was_most_likely_meant_is_left_to_people(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("broken.attain", BAD)
    assert attain("check", "--fix").code == 1
    assert (tmp_path / "broken.attain").read_text(encoding="utf-8") == BAD


def test_line_ends_and_the_mark_at_the_beginning_stay(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("grant.attain", b"\xef\xbb\xbf" + SIGNS.replace("\n", "\r\n").encode())
    attain("check", "--fix")
    assert (tmp_path / "grant.attain").read_bytes() == b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()


def test_standard_input_cannot_be_mended(attain: Attain) -> None:
    assert attain("check", "--fix", "-", stdin=SIGNS).code == 2
