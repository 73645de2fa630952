"""The action, the template and the hooks: what they run, run."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.cli.conftest import SOURCES, Write
from tests.cli.policies import BAD, FUND

ROOT = Path(__file__).parents[2]
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
TEMPLATE: Any
SPEC, TEMPLATE = yaml.safe_load_all((ROOT / "templates" / "attain.yml").read_text(encoding="utf-8"))
HOOKS: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
STEPS = {each["name"]: each for each in ACTION["runs"]["steps"]}


def schema(name: str) -> Any:
    folder = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / name).read_text(encoding="utf-8"))


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A job's machine: `attain` is this one, and `python` only says what it was asked."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, text in (
        ("attain", f'exec {shlex.quote(sys.executable)} -m attain_engine "$@"'),
        ("python", 'echo python "$@"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    return Runner(tmp_path, programs)


class Runner:
    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": SOURCES,
            "PYTHONUTF8": "1",
            "GITHUB_ACTION_PATH": "/the/action",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        }

    def __call__(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the action with these inputs, and the defaults of the others."""
        given = {key: each["default"] for key, each in ACTION["inputs"].items()} | inputs
        step: Mapping[str, Any] = STEPS[name]
        variables = {
            variable: given[text.removeprefix("${{ inputs.").removesuffix(" }}")]
            for variable, text in step.get("env", {}).items()
        }
        return self(step["run"], **variables)


def test_the_action_is_what_github_takes() -> None:
    jsonschema.validate(ACTION, schema("github-actions.json"))


def test_the_template_is_what_gitlab_takes() -> None:
    jsonschema.validate(TEMPLATE, schema("gitlab-ci.json"))


def test_the_action_installs_the_attain_that_it_comes_with(runner: Runner) -> None:
    assert runner.step("Install Attain").stdout.split()[-1] == "/the/action"


def test_the_action_annotates_mistakes_fails_and_sums_up(runner: Runner, write: Write) -> None:
    write("policies/broken.attain", BAD)
    result = runner.step("attain check")
    assert result.returncode == 1
    assert "::error title=attain%3A unknown-name,file=policies/broken.attain,line=8," in result.stdout
    assert "2 errors in 1 policy" in (runner.folder / "summary.md").read_text(encoding="utf-8")


def test_the_action_looks_where_it_is_told(runner: Runner, write: Write) -> None:
    write("policies/broken.attain", BAD)
    write("some where/fund.attain", FUND)
    write("a/fund.attain", FUND)
    assert runner.step("attain check", paths="a\nsome*").returncode == 2  # paths are taken as they are, no patterns
    assert runner.step("attain check", paths="a").returncode == 0


def test_the_action_tests_the_examples(runner: Runner, write: Write) -> None:
    write("policies/fund.attain", FUND.replace("2_000 EUR }\n  expect", "1_999 EUR }\n  expect"))
    result = runner.step("attain test")
    assert result.returncode == 1
    assert "::error title=attain%3A example-failed,file=policies/fund.attain,line=41," in result.stdout


def test_the_action_shows_what_is_not_laid_out(runner: Runner, write: Write) -> None:
    write("policies/fund.attain", FUND.replace("costs      money EUR", "costs money EUR"))
    assert runner.step("attain fmt").returncode == 1


def test_the_jobs_of_the_template_leave_their_reports(runner: Runner, write: Write) -> None:
    write("policies/fund.attain", FUND)
    inputs = SPEC["spec"]["inputs"]
    variables = {
        name: inputs[text[len("$[[ inputs.") : -len(" ]]")]]["default"]
        for name, text in TEMPLATE[".attain"]["variables"].items()
    }
    assert runner("\n".join(TEMPLATE[".attain"]["before_script"]), **variables).stdout.split()[-1] == "attain"
    jobs = {name: job for name, job in TEMPLATE.items() if not name.startswith(".")}
    codes = {name: runner("\n".join(job["script"]), **variables).returncode for name, job in jobs.items()}
    assert codes == {"attain-check": 0, "attain-fmt": 0, "attain-test": 0}
    reports = {each for job in jobs.values() for each in job.get("artifacts", {}).get("reports", {}).values()}
    assert reports == {"attain-code-quality.json", "attain-examples.xml"}
    assert all((runner.folder / each).is_file() for each in reports)


def commit(folder: Path) -> None:
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "-A", "policies"),
        ("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "a"),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


def test_the_action_shows_a_reviewer_what_is_decided_otherwise(runner: Runner, write: Write) -> None:
    write("policies/fund.attain", FUND)
    commit(runner.folder)
    write("policies/fund.attain", FUND.replace("20%", "21%"))
    git = runner("git remote add origin .")
    assert git.returncode == 0
    script = STEPS["attain diff"]["run"]
    result = runner(script, GITHUB_BASE_REF="main", ATTAIN_PATHS="policies")
    assert result.returncode == 0, result.stderr
    assert "stricter" in (runner.folder / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=[each["id"] for each in HOOKS])
def test_a_hook_runs_and_takes_what_it_is_given(runner: Runner, write: Write, hook: Any) -> None:
    write("policies/fund.attain", FUND)
    commit(runner.folder)
    files = " policies/fund.attain" if hook.get("pass_filenames", True) else ""
    result = runner(hook["entry"] + files)
    assert result.returncode == 0, result.stderr
