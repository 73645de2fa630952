"""A policy from a stranger ends, with a clear error, whatever it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from attain_engine.evaluate import work
from attain_engine.evaluate.problems import TooLong, TooManyCases, TooMuchWork
from tests.regressions.asked import verdict


def test_rows_within_rows_within_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "MOST_STEPS", 100_000)
    policy = """\
record Entry
  n count

designation asked "Asked"
  require it "It" (count of Entry a where (some Entry b where (some Entry c where a.n + b.n + c.n is 9_999))) at least 1
"""
    with pytest.raises(TooMuchWork):
        verdict(tmp_path, policy, {"Entry": [{"n": n} for n in range(60)]})


def test_products_of_products(tmp_path: Path) -> None:
    measures = "".join(f"measure m{n} number\n  m{n - 1} * m{n - 1}\n\n" for n in range(1, 40))
    policy = f'measure m0 number\n  99\n\n{measures}designation asked "Asked"\n  require it "It" m39 at least 1\n'
    with pytest.raises(TooLong):
        verdict(tmp_path, policy)


def test_many_unknown_values_in_one_call(tmp_path: Path) -> None:
    values = ", ".join(f"v{n}" for n in range(40))
    formals = ", ".join(f"a{n} Kind" for n in range(6))
    arguments = ", ".join(f"the Site.f{n}" for n in range(6))
    fields = "".join(f"  f{n} Kind?\n" for n in range(6))
    policy = f"""\
enum Kind {{ {values} }}

record Site one row
{fields}
define alike({formals})
  a0 is a1 or a2 is a3 or a4 is a5

designation asked "Asked"
  require it "It" alike({arguments})
"""
    with pytest.raises(TooManyCases):
        verdict(tmp_path, policy, {"Site": [{}]})
