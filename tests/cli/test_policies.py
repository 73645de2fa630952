"""Finding and reading policy files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile
from attain_engine.policies import (
    LARGEST,
    _Modules,
    find_policies,
    locate_policy,
    read_policy,
    read_source,
    shipped_policies,
    source_of,
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder `here` of its own, so that there is an outside."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def put(name: str, text: str = "") -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def refusal(source: SourceFile | Diagnostic) -> Diagnostic:
    assert isinstance(source, Diagnostic)
    return source


def loaded(importing: str, module: str) -> str | None:
    source = _Modules().load(importing, module)
    return source and source.path


def test_a_folder_stands_for_the_policies_below_it_in_order() -> None:
    for name in ("p/b.attain", "p/a.attain", "p/shared/c.attain", "p/notes.txt", "p/facts.json"):
        put(name)
    assert find_policies(["p"]) == ("p/a.attain", "p/b.attain", "p/shared/c.attain")


@pytest.mark.parametrize("name", [".git/a.attain", ".hidden.attain", "node_modules/a.attain", "x/.venv/a.attain"])
def test_hidden_files_and_folders_are_left_out(name: str) -> None:
    put(name)
    assert find_policies(["."]) == ()


def test_a_folder_that_is_called_like_a_policy_is_none() -> None:
    put("odd.attain/inside.attain")
    assert find_policies(["."]) == ("odd.attain/inside.attain",)


def test_a_policy_that_is_given_twice_is_found_once() -> None:
    put("p/a.attain")
    assert find_policies(["p", "p/a.attain"]) == ("p/a.attain",)


def test_a_file_stands_for_itself_whatever_its_name() -> None:
    assert find_policies(["rules.txt", "gone.attain"]) == ("rules.txt", "gone.attain")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source = source_of("a", b"\xef\xbb\xbfpolicy a\n")
    assert source == SourceFile("a", "policy a\n")


def test_text_is_read_as_utf_8_whatever_the_locale() -> None:
    put("a.attain", 'policy a "é"\n')
    assert read_source("a.attain") == SourceFile("a.attain", 'policy a "é"\n')


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"policy\0", "not-text", "`a` is not a text file"),
        (b"policy a\n\xff\n", "not-text", "`a` is not UTF-8: byte 0xff on line 2"),
        (b"#" * (LARGEST + 1), "file-too-large", "`a` has more than 2_000_000 bytes"),
    ],
    ids=["with a NUL", "not UTF-8", "too large"],
)
def test_what_is_no_policy_text_is_refused(data: bytes, code: str, message: str) -> None:
    found = refusal(source_of("a", data))
    assert (found.code, found.message) == (code, message)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("gone.attain", "no such file or directory"),
        ("folder", "is a directory"),
        ("x" * 5000, "file name too long"),
        ("a\0b", "its name is not valid"),
    ],
    ids=["missing", "folder", "long", "nul"],
)
def test_a_file_that_cannot_be_opened_is_refused(path: str, reason: str) -> None:
    Path("folder").mkdir()
    found = refusal(read_source(path))
    assert (found.code, found.message) == ("unreadable-file", f"cannot read `{path}`: {reason}")


def test_a_stream_without_end_is_refused() -> None:
    refused = refusal(read_source("/dev/zero"))
    assert (refused.code, "a pipe or a device" in refused.message) == ("unreadable-file", True)


def test_reading_a_policy_that_is_not_there_is_a_diagnostic() -> None:
    policy = read_policy("gone.attain")
    assert policy.program is None
    assert [each.code for each in policy.diagnostics] == ["unreadable-file"]


@pytest.mark.parametrize(
    "place", ["p/people.attain", "p/shared/people.attain", "shared/people.attain"], ids=["beside", "inside", "above"]
)
def test_a_module_is_found_beside_the_policy_and_in_shared(place: str) -> None:
    put(place)
    assert loaded("p/a.attain", "people") == place


def test_the_module_beside_the_policy_comes_first() -> None:
    put("p/people.attain")
    put("p/shared/people.attain")
    put("shared/people.attain")
    assert loaded("p/a.attain", "people") == "p/people.attain"


def test_a_shared_module_imports_from_its_own_folder() -> None:
    put("p/shared/people.attain")
    assert loaded("p/shared/courses.attain", "people") == "p/shared/people.attain"


def test_a_module_that_is_nowhere_is_none() -> None:
    assert loaded("p/a.attain", "people") is None


@pytest.mark.parametrize(
    "module", ["../secret", "..", "/etc/passwd", "a/b", "", "a\0", ".hidden", "~root", "a.b", "a\n"]
)
def test_a_module_is_a_plain_name(module: str) -> None:
    put("secret.attain")
    put("p/a/b.attain")
    assert loaded("p/a.attain", module) is None


def test_a_link_out_of_the_folders_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a secret")
    os.symlink(tmp_path / "secret", "people.attain")
    assert loaded("a.attain", "people") is None


def test_a_link_within_the_folder_is_followed() -> None:
    put("versions/people_2.attain")
    os.symlink("versions/people_2.attain", "people.attain")
    assert loaded("a.attain", "people") == "people.attain"


def test_a_pipe_is_no_module() -> None:
    os.mkfifo("people.attain")
    assert loaded("a.attain", "people") is None


def test_a_module_is_read_once() -> None:
    put("people.attain", "library people\n")
    modules = _Modules()
    first = modules.load("a.attain", "people")
    put("people.attain", "changed")
    assert modules.load("a.attain", "people") is first


def test_a_module_that_is_no_text_is_reported() -> None:
    Path("people.attain").write_bytes(b"\xff")
    modules = _Modules()
    assert modules.load("a.attain", "people") is None
    assert [each.code for each in modules.refused] == ["not-text"]


def test_a_shipped_policy_can_be_given_by_its_name() -> None:
    name = next(shipped_policies().glob("*.attain")).stem
    assert locate_policy(name) == str(shipped_policies() / f"{name}.attain")


@pytest.mark.parametrize("given", ["no_such_policy", "policies/modern_work.attain", "./x", "-"])
def test_any_other_path_is_taken_as_it_is(given: str) -> None:
    assert locate_policy(given) == given


def test_a_file_of_the_name_comes_before_a_shipped_policy() -> None:
    name = next(shipped_policies().glob("*.attain")).stem
    put(name)
    assert locate_policy(name) == name
