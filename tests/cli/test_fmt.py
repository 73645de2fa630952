"""`attain fmt`."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Attain, Write
from tests.cli.policies import BAD, GOOD

LOOSE = GOOD.replace("at least 10", "at   least    10").replace("record Member", "record    Member")
UNPARSABLE = "policy grant\n\nrecord } {\n"


def test_a_policy_is_laid_out_in_place(attain: Attain, write: Write) -> None:
    path = write("grant.attain", LOOSE)
    result = attain("fmt", "grant.attain")
    assert (result.code, result.out, result.err) == (0, "", "1 changed, 0 as they should be\n")
    assert "at least 10" in path.read_text(encoding="utf-8")


def test_laying_out_again_changes_nothing(attain: Attain, write: Write) -> None:
    write("grant.attain", LOOSE)
    attain("fmt")
    assert attain("fmt").err == "0 changed, 1 as they should be\n"


def test_a_policy_that_is_as_it_should_be_is_not_written(attain: Attain, write: Write) -> None:
    path = write("grant.attain", LOOSE)
    attain("fmt")
    os.utime(path, (0, 0))
    attain("fmt")
    assert path.stat().st_mtime == 0


def test_check_lists_what_would_change_and_changes_nothing(attain: Attain, write: Write) -> None:
    path = write("grant.attain", LOOSE)
    result = attain("fmt", "--check")
    assert (result.code, result.out, result.err) == (1, "grant.attain\n", "1 to change, 0 as they should be\n")
    assert path.read_text(encoding="utf-8") == LOOSE


def test_check_is_content_with_what_is_laid_out(attain: Attain, write: Write) -> None:
    write("grant.attain", LOOSE)
    attain("fmt")
    result = attain("fmt", "--check")
    assert (result.code, result.out) == (0, "")


def test_diff_shows_what_would_change_and_changes_nothing(attain: Attain, write: Write) -> None:
    path = write("grant.attain", LOOSE)
    result = attain("fmt", "--diff")
    assert result.code == 1
    assert result.out.startswith("--- grant.attain\n+++ grant.attain\n@@ ")
    assert path.read_text(encoding="utf-8") == LOOSE


def test_a_difference_in_the_last_line_end_is_shown(attain: Attain, write: Write) -> None:
    write("grant.attain", GOOD)
    attain("fmt")
    path = write("grant.attain", "")
    attain("fmt")
    write("grant.attain", GOOD.removesuffix("\n"))
    assert "\\ No newline at end of file\n" in attain("fmt", "--diff", path).out


def test_standard_input_is_laid_out_onto_standard_output(attain: Attain) -> None:
    result = attain("fmt", "-", stdin=LOOSE)
    assert (result.code, result.err) == (0, "")
    assert "at least 10" in result.out


@pytest.mark.parametrize("content", [UNPARSABLE.encode(), b"\xff", b"\0"], ids=["no policy", "no text", "binary"])
def test_what_cannot_be_read_is_left_alone_and_the_rest_is_done(attain: Attain, write: Write, content: bytes) -> None:
    bad = write("bad.attain", content)
    good = write("grant.attain", LOOSE)
    result = attain("fmt")
    assert (result.code, result.out) == (2, "")
    assert "error[" in result.err
    assert result.err.endswith("1 changed, 0 as they should be, 1 with mistakes\n")
    assert bad.read_bytes() == content
    assert good.read_text(encoding="utf-8") != LOOSE


def test_a_policy_with_mistakes_of_meaning_is_laid_out_all_the_same(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    assert attain("fmt").code == 0


def test_a_file_that_is_missing_is_bad_input(attain: Attain) -> None:
    result = attain("fmt", "gone.attain")
    assert result.code == 2
    assert "error[unreadable-file]" in result.err


def test_permissions_stay(attain: Attain, write: Write) -> None:
    path = write("grant.attain", LOOSE)
    path.chmod(0o640)
    attain("fmt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(attain: Attain, write: Write, tmp_path: Path) -> None:
    target = write("store/grant_1", LOOSE)
    link = tmp_path / "grant.attain"
    link.symlink_to(target)
    attain("fmt", "grant.attain")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") != LOOSE


def test_nothing_is_left_beside_the_policy(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("grant.attain", LOOSE)
    attain("fmt")
    assert [path.name for path in tmp_path.iterdir()] == ["grant.attain"]
