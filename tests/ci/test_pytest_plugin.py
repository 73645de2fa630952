"""`pytest policies/` runs the examples."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

from tests.cli.conftest import SOURCES, Write
from tests.cli.policies import BAD, FUND

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str) -> str:
    """What pytest says, with the plugin as its entry point would load it."""
    asked = [sys.executable, "-m", "pytest", "-p", "attain_engine.pytest_plugin", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": SOURCES, "PYTEST_ADDOPTS": ""}
    return subprocess.run(asked, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout


def test_examples_are_tests_with_their_titles(write: Write, tmp_path: Path) -> None:
    write("fund.attain", FUND)
    assert "fund.attain::a fifth is enough PASSED" in run(tmp_path, "-v")


def test_an_example_that_fails_says_what_came_out_and_where(write: Write, tmp_path: Path) -> None:
    write("fund.attain", FUND.replace("2_000 EUR }\n  expect", "1_999 EUR }\n  expect"))
    said = run(tmp_path)
    assert "fund.attain:41:10" in said
    assert "`own_share` is 19.99%, `least_share` is 20%" in said


def test_a_policy_with_mistakes_is_an_error_of_collection(write: Write, tmp_path: Path) -> None:
    write("broken.attain", BAD)
    said = run(tmp_path)
    assert "did you mean `joined`?" in said
    assert "1 error" in said


def test_the_entry_point_leads_to_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert hasattr(import_module(project["entry-points"]["pytest11"]["attain"]), "pytest_collect_file")


def test_the_plugin_loads_nothing_of_attain_before_it_meets_a_policy() -> None:
    script = "import sys, attain_engine.pytest_plugin; print(*(each for each in sys.modules if 'attain' in each))"
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["attain_engine", "attain_engine.pytest_plugin"]
