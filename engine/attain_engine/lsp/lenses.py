"""Code lenses: what can be asked of an example or a designation, above it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Literal

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_engine.lsp.results import Ran
from attain_engine.lsp.workspace import Analysis, Workspace

Command = Literal["attain.runExample", "attain.runExamples", "attain.assess", "attain.plan"]
COMMANDS: tuple[Command, ...] = ("attain.runExample", "attain.runExamples", "attain.assess", "attain.plan")


@frozen
class Lens:
    """A line above `span` that runs a command with these arguments after the path of the file."""

    span: Span
    title: str
    command: Command
    arguments: tuple[str, ...] = ()


def lenses(
    workspace: Workspace, path: str, ran: Mapping[tuple[str, str], Ran], last_facts: str = ""
) -> tuple[Lens, ...]:
    """The lenses of a file. `ran` has, by path and title, the examples that were run; `last_facts` is the path of the
    facts that this policy was asked about last, if there are any."""
    analysis = workspace.analysis(path)
    return tuple(_lenses(analysis, ran, last_facts)) if analysis is not None else ()


def _lenses(analysis: Analysis, ran: Mapping[tuple[str, str], Ran], last_facts: str) -> Iterator[Lens]:
    declarations = analysis.module.file.declarations
    number = sum(isinstance(each, ast.Example) for each in declarations)
    for node in declarations:
        match node:
            case ast.Policy() if number:
                yield Lens(node.span, f"run {number} example{'s' if number > 1 else ''}", "attain.runExamples")
            case ast.Example(title=title):
                found = ran.get((analysis.path, title.value))
                yield Lens(node.span, "run", "attain.runExample", (title.value,))
                if found is not None and found.is_of(analysis):
                    yield Lens(node.span, shown(found), "attain.runExample", (title.value,))
            case ast.Designation(name=name):
                if last_facts:
                    facts = PurePath(last_facts).stem
                    yield Lens(node.span, f"assess with {facts}", "attain.assess", (name.text, last_facts))
                yield Lens(node.span, "assess with ...", "attain.assess", (name.text,))
                if last_facts:
                    yield Lens(node.span, f"plan with {facts}", "attain.plan", (name.text, last_facts))
                yield Lens(node.span, "plan with ...", "attain.plan", (name.text,))
            case _:
                pass


def shown(ran: Ran) -> str:
    """What an example came to, in a few words."""
    if ran.failed == 0:
        return "✓ passed" if ran.cases == 1 else f"✓ {ran.cases} cases passed"
    what = "failed" if ran.cases == 1 else f"{ran.failed} of {ran.cases} cases failed"
    return f"✗ {what}: {ran.message}"
