"""Ctrl-C while a plan is sought: the best so far is shown, and the exit code says that it was interrupted."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from attain_engine.cli.plan import command
from attain_engine.optimise.race import Race
from tests.regressions.asked import HEAD

SITES = """\
record Site
  done   flag default no
  price  money USD
  a      count
  b      count

designation asked "Asked"
  require a "A" (sum of s.a among Site s where s.done) at least 900
  require b "B" (sum of s.b among Site s where s.done) at least 900

change do(s Site)
  when not (s.done)
  sets s.done to yes
  cost s.price
"""


def test_an_interrupted_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(3)
    rows = [{"price": rng.randint(100, 200), "a": rng.randint(10, 50), "b": rng.randint(10, 50)} for _ in range(60)]
    (tmp_path / "tried.attain").write_text(HEAD + SITES, encoding="utf-8")
    (tmp_path / "facts.json").write_text(json.dumps({"facts": {"Site": rows}}), encoding="utf-8")
    monkeypatch.setattr(Race, "_watch", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    arguments = [str(tmp_path / "tried.attain"), str(tmp_path / "facts.json"), "--as-of", "2024-03-31"]
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert result.return_value == 130
    assert "Plan: best found" in result.output
