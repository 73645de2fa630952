"""`attain show`: a plan that was saved, if it is still one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from attain_engine.cli.console import color_option
from attain_engine.cli.output import write_output
from attain_engine.cli.planning import answer_text
from attain_engine.cli.question import question
from attain_engine.facts.json_text import loads

LARGEST = 50_000_000
"""A file of more bytes than this is no saved answer."""


@click.command("show")
@click.argument("saved", type=click.Path(exists=True, dir_okay=False))
@click.option("--names", is_flag=True, help="Name every choice that would do as well.")
@click.option(
    "--output-file", "-o", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
)
@color_option
def command(saved: str, names: bool, output_file: str | None) -> int:
    """Show what `plan`, `nearest` or `what-if` saved with `--output-format json -o FILE`, as they show it.

    It is refused where the policy (or what it imports) or the facts are not those that it was made for any more.

    Exit codes: 0 shown; 2 no saved answer, or one that is out of date.
    """
    answer = _read(Path(saved))
    asked = answer.asked
    if asked is None:
        raise click.UsageError(f"`{saved}` does not say what it was asked of: save it with `-o` of the command line")
    now = question(asked.policy, asked.facts, _day(answer), asked.sets, asked.readings, asked.others)
    from attain_engine.questions.fingerprints import facts_fingerprint, policy_fingerprint

    changed = []
    if policy_fingerprint(now.program) != asked.policy_sha256:
        changed.append(f"the policy `{asked.policy}`")
    if facts_fingerprint(now.facts, now.program) != asked.facts_sha256:
        changed.append("the facts" if asked.facts is None else f"the facts `{asked.facts}`")
    if changed:
        these = " and ".join(changed)
        are = "are" if len(changed) > 1 or "facts" in changed[0] else "is"
        raise click.UsageError(f"`{saved}` is out of date: {these} {are} not what it was made for; ask again")
    write_output(answer_text(answer, names), output_file)
    return 0


def _day(answer: Any) -> str:
    """The assessment date of an answer, whichever question it answers."""
    day = getattr(answer, "as_of", None) or answer.plan.as_of
    return str(day)


def _read(path: Path) -> Any:
    from pydantic import BaseModel, ValidationError

    from attain_engine.plan.models import Plan
    from attain_engine.questions.models import Closest, Front, Most, Nearest, Sensitivity, WhatIf

    models: dict[str, type[BaseModel]] = {
        "plan": Plan,
        "closest": Closest,
        "front": Front,
        "most": Most,
        "nearest": Nearest,
        "sensitivity": Sensitivity,
        "what-if": WhatIf,
    }
    if path.stat().st_size > LARGEST:
        raise click.UsageError(f"`{path}` is no saved answer: it is larger than one ever is")
    try:
        text = path.read_text(encoding="utf-8")
        document = loads(text)
        model = models[document["kind"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        kinds = ", ".join(models)
        raise click.UsageError(f"`{path}` is no saved answer: it is no JSON of the kind {kinds}") from None
    try:
        return model.model_validate_json(text)
    except ValidationError as mistake:
        first = mistake.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise click.UsageError(
            f"`{path}` is no saved answer of this edition of Attain: {place}: {first['msg']}"
        ) from None
