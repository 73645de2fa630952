"""Each code has a policy that is met with it, and the text that its author sees.

`<code>.attain` is the policy, `<code>.txt` what `attain check` prints about it; `make golden` writes the texts anew.
Codes about facts, about evaluating them and about files that are no policies have cases of their own elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from attain_compiler.diagnostics.catalogue import CATALOGUE, ENTRIES, evaluation, facts, files
from attain_compiler.diagnostics.model import Severity
from attain_compiler.diagnostics.render import Findings, in_order
from attain_compiler.diagnostics.render.terminal import render_terminal
from attain_engine.policies import ReadPolicy, read_policy
from tests.seeds import of_each

FOLDER = Path(__file__).parent
ELSEWHERE = {entry.code for entry in (*evaluation.ENTRIES, *facts.ENTRIES, *files.ENTRIES)}
CODES = sorted(entry.code for entry in ENTRIES if entry.code not in ELSEWHERE)


def checked(code: str, monkeypatch: pytest.MonkeyPatch) -> ReadPolicy:
    monkeypatch.chdir(FOLDER)
    return read_policy(f"{code}.attain")


@of_each(CODES, "code")
def test_the_text_is_what_the_author_should_see(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = checked(code, monkeypatch)
    text = render_terminal(Findings(in_order(policy.diagnostics), policy.files))
    golden = FOLDER / f"{code}.txt"
    if os.environ.get("ATTAIN_GOLDEN") == "write":
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert golden.read_text(encoding="utf-8") == text


@of_each(CODES, "code")
def test_the_case_is_about_its_code_alone(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {each.code for each in checked(code, monkeypatch).diagnostics} == {code}


@of_each(CODES, "code")
def test_the_severity_is_that_of_the_catalogue(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {each.severity for each in checked(code, monkeypatch).diagnostics if each.code == code}
    assert found == {CATALOGUE[code].severity}


@of_each(CODES, "code")
def test_a_mistake_prevents_the_program_and_a_doubt_does_not(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = checked(code, monkeypatch)
    assert (policy.program is None) == any(each.severity is Severity.ERROR for each in policy.diagnostics)


def test_there_is_no_case_without_an_entry() -> None:
    assert {path.stem for path in FOLDER.glob("*.attain")} == set(CODES)
