"""Suggested examples as a policy file, and which of them pass there."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Final

from attain_compiler.asp.facts import DoesNotFit
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.source import SourceFile
from attain_compiler.syntax.format import format_source
from attain_engine.check.coverage import Kind, Outcome
from attain_engine.check.examples import run_example
from attain_engine.check.tested import own_examples
from attain_engine.facts.as_example import example_lines
from attain_engine.policies import ReadPolicy, read_policy
from attain_engine.rules.decide import Disagreement
from attain_engine.suggest.models import Suggestion

_WORDS: Final[Mapping[tuple[Kind, Outcome], str]] = {
    ("exclusion", "true"): "left out",
    ("exclusion", "false"): "counts",
    ("threshold", "true"): "met",
    ("threshold", "false"): "not met",
    ("comparator", "at"): "at the bound",
    ("branch", "taken"): "this case",
    ("entry", "read"): "this entry",
    ("date", "before"): "before this entry",
    ("date", "since"): "since this entry",
    ("requirement", "true"): "met",
    ("requirement", "false"): "not met",
    ("condition", "true"): "holds",
    ("condition", "false"): "does not hold",
}

_LONGEST = 60
"""So many signs of a place are shown in a title."""


@frozen
class Written:
    """A policy with examples, as it is read; not `complete` where the time ended before all of them were tried."""

    read: ReadPolicy
    complete: bool


def title(program: model.Program, suggestion: Suggestion) -> str:
    """What an example is about: the first place that it decides, and how; or the parameter that it reads."""
    if suggestion.place.question.owner in program.tables:
        return f"what {_plain(suggestion.place.question.text)} says"
    (kind, span), outcome = suggestion.brings[0]
    text = _plain(program.files[span.path].slice(span))
    shown = text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " ..."
    return f"{_plain(suggestion.place.question.text)}, {shown}: {_WORDS[kind, outcome]}"


def _plain(text: str) -> str:
    """A text on one line, without the signs that mean something in a title."""
    for sign in ('"', "\\", "{", "}", "#"):
        text = text.replace(sign, "")
    return " ".join(text.split())


def example(program: model.Program, suggestion: Suggestion, title: str) -> str:
    """A suggestion as an example. Raises TypeError for a value that no policy can write."""
    lines = example_lines(program, suggestion.facts)
    return "\n".join(
        (
            f'example "{title}"',
            f"  on {suggestion.place.on.isoformat()}",
            *(
                f"  reading {program.called(program.readings[each])} is {name}"
                for each, name in suggestion.place.readings.items()
            ),
            *(f"  {each}" for each in lines),
            f"  {suggestion.expectation}",
        )
    )


def policy(program: model.Program, suggestions: Iterable[Suggestion], until: float | None = None) -> Written:
    """A policy of its own with those of the suggestions that can be written and pass there, beside the policy that they
    are about, laid out. What cannot be tried in time for it to be ready when the clock (`time.monotonic`) comes to
    `until` is left out."""
    path = program.policies[program.main].span.path
    name = f"{program.main}_suggested_examples"
    beside = path[: -len(path.replace("\\", "/").rpartition("/")[2])] + f"{name}.attain"
    written: dict[str, str] = {}
    for each in suggestions:
        first = title(program, each)
        numbered = first
        while numbered in written:
            numbered = f"{first} ({sum(known.startswith(first) for known in written) + 1})"
        try:
            written[numbered] = example(program, each, numbered)
        except TypeError:
            continue
    began = time.monotonic()
    read = read_policy(beside, _file(program, name, beside, written.values()))
    again = time.monotonic() - began
    while read.program is None:
        text = read.files[beside].text
        wrong = {each.span.start for each in read.diagnostics if each.span.path == beside}
        left = {known: each for known, each in written.items() if not _is_at(text, known, wrong)}
        if len(left) == len(written):
            return Written(read, True)
        written = left
        read = read_policy(beside, _file(program, name, beside, written.values()))
    passing, tried, began = set[str](), 0, time.monotonic()
    for found in own_examples(read.program):
        # What is left is read once more, and then looked at once more: both take as long as they did, or less.
        now = time.monotonic()
        if until is not None and now + 2 * again + (now - began) / 2 >= until:
            break
        tried += 1
        if _passes(read.program, found):
            passing.add(found.title)
    kept = [text for known, text in written.items() if known in passing]
    if len(kept) < len(written):
        read = read_policy(beside, _file(program, name, beside, kept))
    return Written(read, tried == len(written))


def _file(program: model.Program, name: str, path: str, examples: Iterable[str]) -> str:
    header = program.policies[program.main]
    force = ""
    if header.force_from is not None:
        force = f"\n  in force from {header.force_from.isoformat()}"
        force += f" to {header.force_to.isoformat()}" if header.force_to is not None else ""
    text = "\n\n".join(
        (
            f'policy {name} "What {program.main} answers now at its boundaries: to be read, corrected and kept"{force}',
            "\n".join([f"import {program.main}", *(f"import {module} as {name}" for module, name in program.imported)]),
            *examples,
        )
    )
    return format_source(SourceFile(path, text + "\n"))


def _is_at(text: str, title: str, offsets: Iterable[int]) -> bool:
    """Whether one of these offsets is in the example with this title."""
    first = text.index(f'example "{title}"')
    after = text.find('\nexample "', first)
    return any(first <= each < (after if after >= 0 else len(text)) for each in offsets)


def _passes(program: model.Program, example: model.Example) -> bool:
    try:
        return run_example(program, example).passed
    except (Disagreement, DoesNotFit):
        return False
