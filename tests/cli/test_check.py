"""`attain check`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from attain_compiler.diagnostics.render import FORMATS
from tests.cli.conftest import Attain, Write
from tests.cli.policies import BAD, GOOD, IMPORTING, LIBRARY


def test_a_policy_without_mistakes_is_clean(attain: Attain, write: Write) -> None:
    write("grant.attain", GOOD)
    result = attain("check", "grant.attain")
    assert (result.code, result.out, result.err) == (0, "", "no mistakes in 1 policy\n")


def test_all_mistakes_of_a_policy_are_reported_in_one_run(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    result = attain("check", "broken.attain", "--output-format", "concise")
    assert result.code == 1
    assert [line.split(":")[1] for line in result.out.splitlines()] == ["8", "11"]
    assert result.err == "2 errors in 1 policy\n"


def test_a_mistake_is_shown_where_it_is_with_a_suggestion(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    out = attain("check", "broken.attain").out
    assert " --> broken.attain:8:" in out
    assert "did you mean `joined`?" in out


def test_without_paths_the_folder_of_policies_is_checked(attain: Attain, write: Write) -> None:
    write("policies/broken.attain", BAD)
    write("elsewhere/broken.attain", BAD)
    result = attain("check", "--output-format", "concise")
    assert {line.split(":")[0] for line in result.out.splitlines()} == {"policies/broken.attain"}


def test_without_paths_and_folder_everything_here_is_checked(attain: Attain, write: Write) -> None:
    write("elsewhere/grant.attain", GOOD)
    write("grant.attain", GOOD)
    assert attain("check").err == "no mistakes in 2 policies\n"


def test_a_folder_without_policies_is_wrong_usage(attain: Attain, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = attain("check", "empty")
    assert (result.code, result.out) == (2, "")
    assert "there is no policy (*.attain) in `empty`" in result.err


def test_imports_are_read_from_the_folder_of_the_policy(attain: Attain, write: Write) -> None:
    write("p/grant.attain", IMPORTING)
    write("p/shared/people.attain", LIBRARY)
    assert attain("check", "p").code == 0


def test_a_mistake_in_a_library_is_reported_once(attain: Attain, write: Write) -> None:
    write("p/grant.attain", IMPORTING)
    write("p/second.attain", IMPORTING.replace("grant", "second"))
    write("p/shared/people.attain", LIBRARY.replace("joined date", "joined dat"))
    result = attain("check", "p", "--output-format", "json")
    assert [each["path"] for each in json.loads(result.out)["diagnostics"]] == ["p/shared/people.attain"]


def test_an_import_that_is_not_text_is_bad_input(attain: Attain, write: Write) -> None:
    write("grant.attain", IMPORTING)
    write("people.attain", b"\xff\xfe")
    result = attain("check", "grant.attain")
    assert result.code == 2
    assert "error[not-text]: `people.attain` is not UTF-8" in result.out


def test_a_policy_can_stand_on_standard_input(attain: Attain) -> None:
    result = attain("check", "-", stdin=BAD)
    assert result.code == 1
    assert "--> <stdin>:8:" in result.out


def test_a_policy_on_standard_input_imports_from_the_current_folder(attain: Attain, write: Write) -> None:
    write("people.attain", LIBRARY)
    assert attain("check", "-", stdin=IMPORTING).code == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x7fELF\0\0\0", "not-text"),
        (b"policy a \xe9\n", "not-text"),
        (b"#" * 2_000_001, "file-too-large"),
        (None, "unreadable-file"),
    ],
    ids=["binary", "latin-1", "large", "missing"],
)
def test_a_file_that_is_no_policy_is_bad_input(attain: Attain, write: Write, content: bytes | None, code: str) -> None:
    if content is not None:
        write("a.attain", content)
    write("broken.attain", BAD)
    result = attain("check", "a.attain", "broken.attain")
    assert result.code == 2
    assert f"error[{code}]" in result.out
    assert "--> broken.attain:8:" in result.out


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"# nothing\n", b"}}}\n", b'"', b"\t\x01", b"policy"])
def test_a_file_without_a_policy_has_a_mistake_and_no_traceback(attain: Attain, write: Write, content: bytes) -> None:
    write("odd.attain", content)
    result = attain("check", "odd.attain")
    assert (result.code, result.err) == (1, "1 error in 1 policy\n")


def test_windows_line_ends_are_no_mistake(attain: Attain, write: Write) -> None:
    write("grant.attain", GOOD.replace("\n", "\r\n"))
    assert attain("check").code == 0


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_reports_and_keeps_the_exit_code(attain: Attain, write: Write, form: str) -> None:
    write("broken.attain", BAD)
    result = attain("check", "--output-format", form)
    assert result.code == 1
    assert "broken.attain" in result.out


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_go_into_a_file(attain: Attain, write: Write, form: str, tmp_path: Path) -> None:
    write("broken.attain", BAD)
    shown = attain("check", "--output-format", form).out
    result = attain("check", "--output-format", form, "--output-file", "report")
    assert (result.code, result.out) == (1, "")
    assert (tmp_path / "report").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_clean_policies_are_still_a_document(attain: Attain, write: Write, form: str) -> None:
    write("grant.attain", GOOD)
    assert json.loads(attain("check", "--output-format", form).out)


def test_junit_lists_the_clean_policies_too(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    write("grant.attain", GOOD)
    suites = ElementTree.fromstring(attain("check", "--output-format", "junit").out).findall("testsuite")
    assert {each.get("name"): each.get("failures") for each in suites} == {"broken.attain": "2", "grant.attain": "0"}


def test_an_output_file_in_a_folder_that_is_not_there_is_bad_input(attain: Attain, write: Write) -> None:
    write("grant.attain", GOOD)
    result = attain("check", "--output-file", "gone/report")
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert result.err == "attain: cannot use `gone/report`: No such file or directory\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "auto"), {"FORCE_COLOR": "1"}, True),
    ],
    ids=["not a terminal", "forced", "refused", "always", "never", "auto"],
)
def test_colors_follow_the_option_then_the_environment(
    attain: Attain, write: Write, arguments: tuple[str, ...], environment: dict[str, str], colored: bool
) -> None:
    write("broken.attain", BAD)
    assert ("\x1b[" in attain("check", *arguments, **environment).out) == colored


def test_a_color_before_the_command_counts_too(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD)
    assert "\x1b[" in attain("--color", "always", "check").out


def test_a_file_gets_no_color(attain: Attain, write: Write, tmp_path: Path) -> None:
    write("broken.attain", BAD)
    attain("check", "--color", "always", "--output-file", "report")
    assert "\x1b" not in (tmp_path / "report").read_text(encoding="utf-8")


def test_what_the_terminal_cannot_encode_is_escaped(attain: Attain, write: Write) -> None:
    write("broken.attain", BAD.replace('"Ten members"', '"Zehn Mitglieder ≥"'))
    result = attain("check", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.code == 1
    assert "Mitglieder \\u2265" in result.out


def test_the_path_of_a_file_may_be_any_bytes(attain: Attain, tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.attain", "wb") as stream:
        stream.write(BAD.encode())
    result = attain("check", "--output-format", "concise")
    assert result.code == 1
    assert result.out.startswith("\N{REPLACEMENT CHARACTER}.attain:8:")


USED_BY_ANOTHER = """\
policy points "Points"

record Member "A member"
  joined date

score total out of 10
  part members "Members" up to 10 in proportion to (count of Member m) full at 10

parameter needed count
  10

define young(m Member)
  m.joined on or after 2020-01-01
"""

USING = """\
policy grant "Grant"

import points

designation grant "Grant"
  require enough "Enough points" total at least 5 points
"""


def unused(attain: Attain, *paths: str) -> list[str]:
    out = attain("check", *paths, "--output-format", "concise").out
    return [line.split("nothing uses the ")[1].split(" (")[0] for line in out.splitlines() if "nothing uses" in line]


def test_what_another_policy_of_the_run_uses_is_used(attain: Attain, write: Write) -> None:
    write("p/points.attain", USED_BY_ANOTHER)
    write("p/grant.attain", USING)
    alone = ["score `total`", "parameter `needed`", "define `young`"]
    assert unused(attain, "p/points.attain") == alone
    for paths in (("p",), ("p/points.attain", "p/grant.attain"), ("p/grant.attain", "./p/points.attain")):
        assert unused(attain, *paths) == alone[1:]
    write("p/amending.attain", USING.replace("import", "amends"))
    assert unused(attain, "p/points.attain", "p/amending.attain") == alone[1:]
    write("p/more.attain", USING.replace("total at least 5 points", "(no Member m where young(m))"))
    assert unused(attain, "p") == alone[1:2]
    assert unused(attain, "p/points.attain", "p/more.attain") == alone[:2]


def test_what_a_policy_with_mistakes_uses_is_not_known(attain: Attain, write: Write) -> None:
    write("points.attain", USED_BY_ANOTHER)
    write("grant.attain", USING.replace("at least", "at leest"))
    assert unused(attain, ".") == []
