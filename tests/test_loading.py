"""A command loads what it uses, and packages offer all that they say they do."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from attain_engine import facts, optimise

POLICY = Path(__file__).parent.parent / "policies" / "modern_work.attain"
OFFERED = [(package.__name__, name) for package in (facts, optimise) for name in package.__all__]


@pytest.fixture(scope="module")
def loaded_by_check() -> frozenset[str]:
    script = f"import sys, attain_engine.cli as c; assert c.main(['check', {str(POLICY)!r}]) == 0; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


NOT_FOR_CHECK = ["pydantic", "rich", "highspy", "numpy", "csv", "openpyxl", "duckdb", "attain_engine.plan"]
FOR_REPORTS_AND_SERVICES = [
    "jinja2",
    "icalendar",
    "fastapi",
    "starlette",
    "uvicorn",
    "attain_engine.report.full",
    "attain_engine.serve",
]
FOR_EDITORS_ALONE = ["pygls", "lsprotocol", "cattrs", "asyncio", "attain_engine.lsp"]


@pytest.mark.parametrize("module", [*NOT_FOR_CHECK, *FOR_REPORTS_AND_SERVICES, *FOR_EDITORS_ALONE])
def test_check_does_not_load_what_it_does_not_use(module: str, loaded_by_check: frozenset[str]) -> None:
    assert module not in loaded_by_check


def test_the_version_loads_no_library_at_all() -> None:
    script = "import sys, attain_engine.cli as c; c.main(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert {"attain_engine.cli"} <= set(loaded)
    assert {*NOT_FOR_CHECK, *FOR_REPORTS_AND_SERVICES, *FOR_EDITORS_ALONE, "click", "clingo"} & set(loaded) == set()


@pytest.mark.parametrize("module", ["openpyxl", "duckdb", "sqlite3", "tomllib", *FOR_REPORTS_AND_SERVICES])
def test_tables_and_json_load_nothing_of_workbooks_and_databases(module: str) -> None:
    facts = POLICY.parent / "facts" / "dashboard.json"
    asked = ["assess", str(POLICY), str(facts)]
    script = f"import sys, attain_engine.cli as c; c.main({asked!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert module not in done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize(("package", "name"), OFFERED, ids=[f"{package}.{name}" for package, name in OFFERED])
def test_a_package_has_what_it_offers(package: str, name: str) -> None:
    assert hasattr(importlib.import_module(package), name)


@pytest.mark.parametrize("package", ["attain_engine.facts", "attain_engine.optimise"])
def test_a_package_has_nothing_that_it_does_not_offer(package: str) -> None:
    module = importlib.import_module(package)
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        module.nothing  # noqa: B018 - it is the asking that fails
