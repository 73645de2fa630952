"""A program as text that a person can read: each fact beside the place in the policy that it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attain_compiler.asp.program import Fact, Origin, Program
from attain_compiler.source import SourceFile


def render(program: Program, sources: Mapping[str, SourceFile], rules: Mapping[str, str]) -> str:
    """The text of the program: its facts, then the text of each encoding as `rules` has it.

    `sources` are the policy files by path; a place in a file that is not among them is given by its path alone.
    """
    lines = [*_facts(program.facts, sources)]
    for name in program.encodings:
        lines += ["", f"% ---- {name}.lp", rules[name].rstrip("\n")]
    return "\n".join(lines) + "\n"


def _facts(facts: tuple[Fact, ...], sources: Mapping[str, SourceFile]) -> Iterator[str]:
    origin: Origin | None = None
    for fact in facts:
        if fact.origin is not None and fact.origin != origin:
            yield ""
            yield from (f"% {line}" for line in _comment(fact.origin, sources))
        origin = fact.origin
        yield text(fact)


def text(fact: Fact) -> str:
    """A fact as it is written in a program."""
    if not fact.arguments:
        return f"{fact.predicate}."
    return f"{fact.predicate}({','.join(str(argument) for argument in fact.arguments)})."


def _comment(origin: Origin, sources: Mapping[str, SourceFile]) -> Iterator[str]:
    # A comment ends with its line: what a stranger wrote must not begin a new one.
    words = " ".join(origin.text.split())
    span = origin.span
    if span is None:
        yield words
    elif span.path in sources:
        line, column = sources[span.path].line_and_column(span.start)
        yield f"{words} ({span.path}:{line}:{column})"
    else:
        yield f"{words} ({span.path})"
