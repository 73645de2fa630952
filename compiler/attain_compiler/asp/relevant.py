"""The part of a program that some of the conditions asked for can need: what is left out derives nothing they rest on.

The examples of a policy share one program, and each asks little of it; most of the time of grounding would go into
rules that say nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attain_compiler.asp.render import statement
from attain_compiler.asp.rules import (
    Atom,
    Literal_,
    Number,
    Rule,
    RuleProgram,
    Statement,
    head_atom,
    predicates_of,
)

ASKED = "asked"

Predicate = tuple[str, int]

_ROOTS: tuple[Predicate, ...] = (("holds", 1), ("open_asked", 1))
"""What says of a condition that it holds, and that it rests on something unknown."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A statement as text, what it reads, and of what demand it is; `number` where it is about one condition alone."""

    text: str
    reads: frozenset[Predicate]
    demands: frozenset[Predicate]
    number: int | None


class Relevant:
    """Takes a program apart once, and gives what is relevant for conditions by their numbers."""

    def __init__(self, program: RuleProgram) -> None:
        self._by_head: dict[Predicate, list[_Line]] = {}
        self._always: list[_Line] = []
        statements = [each for block in program.blocks for each in block.statements]
        read = {statement: frozenset(_read(statement)) for statement in statements}
        names = {name for every in read.values() for name, _ in every}
        # A definition may be called `in_force`; then `in_in_force` is its demand, and a demand has none of its own.
        self._demands = frozenset(name for name in names if name.startswith("in_") and f"in_{name}" not in names)
        for each in statements:
            head = head_atom(each) if isinstance(each, Rule) else None
            line = self._line(each, read[each])
            if head is None:
                self._always.append(line)
            else:
                self._by_head.setdefault((head.predicate, len(head.arguments)), []).append(line)
        self._end = "\n".join(
            (
                *(f"#defined {name}/{arity}." for name, arity in (*program.open_predicates, *program.partly_derived)),
                *(f"#show {name}/{arity}." for name, arity in _ROOTS),
            )
        )

    def _line(self, each: Statement, found: frozenset[Predicate]) -> _Line:
        numbers = [
            literal.arguments[0].value
            for literal in _body(each)
            if isinstance(literal, Atom) and literal.predicate == ASKED and isinstance(literal.arguments[0], Number)
        ]
        demands = frozenset(predicate for predicate in found if predicate[0] in self._demands)
        return _Line(statement(each), found - demands, demands, numbers[0] if numbers else None)

    def text(self, numbers: Iterable[int]) -> str:
        """The rules for the conditions with these numbers, as a program.

        A predicate is needed if a rule that is kept reads it. All rules of a needed predicate are kept; of demand
        (`in_x`), those that come from what is needed itself, as nothing else asks on its behalf."""
        wanted = frozenset(numbers)
        needed: set[Predicate] = set()
        todo: list[Predicate] = []
        kept: list[str] = []
        waiting: dict[Predicate, list[_Line]] = {}
        headed: set[Predicate] = set()

        def need(predicates: Iterable[Predicate]) -> None:
            for each in predicates:
                if each not in needed:
                    needed.add(each)
                    todo.append(each)

        def keep(line: _Line, head: Predicate | None) -> None:
            missing = line.demands - needed if head is not None and head[0] in self._demands else frozenset()
            if missing:
                waiting.setdefault(min(missing), []).append(line)
                heads_of[id(line)] = head
                return
            kept.append(line.text)
            if head is not None:
                headed.add(head)
            need(line.reads | line.demands)

        heads_of: dict[int, Predicate | None] = {}
        for line in self._always:
            keep(line, None)
        need(_ROOTS)
        while todo:
            predicate = todo.pop()
            for line in self._by_head.get(predicate, ()):
                if line.number is None or line.number in wanted:
                    keep(line, predicate)
            for line in waiting.pop(predicate, ()):
                keep(line, heads_of[id(line)])
        bare = sorted(each for each in needed if each not in headed or each[0] in self._demands)
        defined = (f"#defined {name}/{arity}." for name, arity in bare)
        return "\n".join((*kept, *defined, self._end, ""))


def _body(each: Statement) -> tuple[Literal_, ...]:
    return each.body if isinstance(each, Rule) else each.condition


def _read(each: Statement) -> Iterator[Predicate]:
    for literal in _body(each):
        for name, arity, _ in predicates_of(literal):
            yield name, arity
