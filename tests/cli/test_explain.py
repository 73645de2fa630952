"""`attain explain`."""

from __future__ import annotations

import pytest

from attain_compiler.diagnostics.catalogue import CATALOGUE
from attain_compiler.diagnostics.render.page import render_page
from tests.cli.conftest import Attain


def test_explaining_a_code_prints_its_page(attain: Attain) -> None:
    result = attain("explain", "not-text")
    assert (result.code, result.out, result.err) == (0, render_page(CATALOGUE["not-text"]), "")


def test_a_code_may_stand_in_brackets_as_it_is_reported(attain: Attain) -> None:
    assert attain("explain", "[not-text]").out == render_page(CATALOGUE["not-text"])


def test_without_a_code_all_are_listed(attain: Attain) -> None:
    listed = [line.split()[0] for line in attain("explain").out.splitlines()]
    assert listed == sorted(CATALOGUE)


@pytest.mark.parametrize(
    ("code", "hint"), [("not-txt", "did you mean `not-text`?"), ("zzz", "`attain explain` lists them")]
)
def test_a_code_that_there_is_not_is_refused(attain: Attain, code: str, hint: str) -> None:
    result = attain("explain", code)
    assert (result.code, result.out) == (2, "")
    assert hint in result.err
