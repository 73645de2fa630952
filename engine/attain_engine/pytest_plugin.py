"""A plugin of pytest: `pytest policies/` runs the examples of policies as tests, each by its title.

It is loaded wherever Attain is installed with pytest, so it imports nothing of Attain before it meets a policy. `-p
no:attain` leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from attain_compiler.diagnostics.model import Diagnostic
    from attain_compiler.model.program import Example
    from attain_compiler.source import SourceFile
    from attain_engine.policies import ReadPolicy


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A policy is a file of tests."""
    return PolicyFile.from_parent(parent, path=file_path) if file_path.suffix == ".attain" else None


class Failed(Exception):
    """An example or a policy has these failures."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], files: dict[str, SourceFile]) -> None:
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = diagnostics
        self.files = files

    def shown(self) -> str:
        """The failures with the lines that they are about."""
        from attain_compiler.diagnostics.render import Findings, in_order, render

        return render(Findings(in_order(self.diagnostics), self.files), "full").rstrip("\n")


class PolicyFile(pytest.File):
    """A policy: its own examples are its tests."""

    def collect(self) -> Iterator[pytest.Item]:
        from attain_compiler.diagnostics.model import Severity
        from attain_engine.check.tested import own_examples
        from attain_engine.policies import read_policy

        policy = read_policy(str(self.path))
        mistakes = tuple(each for each in policy.diagnostics if each.severity is Severity.ERROR)
        if policy.program is None or mistakes:
            raise Failed(mistakes, dict(policy.files))
        taken: dict[str, int] = {}
        for example in own_examples(policy.program):
            taken[example.title] = taken.get(example.title, 0) + 1
            again = f" ({taken[example.title]})" if taken[example.title] > 1 else ""
            yield ExampleItem.from_parent(self, name=example.title + again, policy=policy, example=example)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """The mistakes that keep the policy from being tested."""
        if isinstance(excinfo.value, Failed):
            return excinfo.value.shown()
        return str(super().repr_failure(excinfo))


class ExampleItem(pytest.Item):
    """One example, as a test."""

    def __init__(self, *, name: str, parent: pytest.Collector, policy: ReadPolicy, example: Example) -> None:
        super().__init__(name, parent)
        self.policy = policy
        self.example = example

    def runtest(self) -> None:
        """Fails where an expectation does not come true."""
        from attain_engine.check.examples import run_example
        from attain_engine.check.tested import failures_of

        assert self.policy.program is not None
        failures = failures_of(run_example(self.policy.program, self.example))
        if failures:
            raise Failed(failures, dict(self.policy.files))

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException], style: None = None
    ) -> str:
        """What came out instead, with the line of the policy."""
        if isinstance(excinfo.value, Failed):
            return excinfo.value.shown()
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the example stands, its line counted from 0."""
        source = self.policy.files[self.example.span.path]
        return self.path, source.line_and_column(self.example.span.start)[0] - 1, self.name
