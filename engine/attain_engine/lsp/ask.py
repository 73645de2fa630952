"""Answers one question in a process of its own, so that a long plan neither holds up the editor nor outlives it.

`python -m attain_engine.lsp.ask` reads a question as JSON from standard input and writes the answer as JSON.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from collections.abc import Mapping
from typing import Any, assert_never

from attain_compiler.frozen import frozen
from attain_engine.lsp.answers import Answer, Example, assessed, planned, run
from attain_engine.lsp.lenses import Command
from attain_engine.lsp.workspace import Workspace

LONGEST = 180
"""How many seconds a question may take; a plan ends by itself before that."""


@frozen
class Question:
    """`command` about the policy at `path`, with the documents that are open; `subject` is the title of an example or
    the name of a designation, `facts` the path of facts."""

    command: Command
    path: str
    documents: Mapping[str, str]
    subject: str = ""
    facts: str = ""


def answer(question: Question) -> Answer:
    """Answer a question here and now."""
    workspace = Workspace(documents=dict(question.documents))
    match question.command:
        case "attain.runExample":
            return run(workspace, question.path, question.subject)
        case "attain.runExamples":
            return run(workspace, question.path)
        case "attain.assess":
            return assessed(workspace, question.path, question.facts)
        case "attain.plan":
            return planned(workspace, question.path, question.subject, question.facts)
        case _:
            assert_never(question.command)


async def answer_apart(question: Question) -> Answer:
    """Answer a question in a process of its own. It ends when the task that waits for it is cancelled."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "attain_engine.lsp.ask",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        written = json.dumps(dataclasses.asdict(question)).encode()
        output, errors = await asyncio.wait_for(process.communicate(written), LONGEST)
    except TimeoutError:
        return Answer(f"stopped after {LONGEST} seconds, without an answer", "")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        lines = errors.decode(errors="replace").strip().splitlines()
        return Answer("this is a mistake in Attain, please report it", "\n".join([*lines[-1:], ""]))
    return _read(json.loads(output))


def _read(found: dict[str, Any]) -> Answer:
    examples = tuple(Example(**each) for each in found["examples"])
    points = tuple((score, part, points) for score, part, points in found["points"])
    return Answer(found["headline"], found["text"], examples, found["facts"], found["on"], points)


def main() -> None:
    question = Question(**json.loads(sys.stdin.buffer.read()))
    sys.stdout.write(json.dumps(dataclasses.asdict(answer(question))))


if __name__ == "__main__":
    main()
