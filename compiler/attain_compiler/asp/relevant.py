"""The part of a program that the facts at hand and the conditions asked for can need: what is left out derives nothing.

Most of the time of grounding a small organisation goes into rules that cannot hold for it. A rule is left out if
something that its body needs is derived by no rule and given by no fact (bottom-up), or if nothing that is asked for
rests on it (top-down): the examples of a policy share one program, and each asks little of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from attain_compiler.asp.render import statement
from attain_compiler.asp.rules import (
    Atom,
    Literal_,
    Number,
    Rule,
    RuleProgram,
    Statement,
    Term,
    Variable,
    head_atom,
    predicates_of,
)
from attain_compiler.latest import Latest

ASKED = "asked"

Predicate = tuple[str, int]

_ROOTS: tuple[Predicate, ...] = (("holds", 1), ("open_asked", 1))
"""What says of a condition that it holds, and that it rests on something unknown."""

MOST_KEPT = 64
"""So many sets of given predicates are remembered, the latest used."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A statement as text and what it derives. It `needs` predicates to hold at all (its positive literals outside
    aggregates); it `reads` these and others, and the demand it stands for; `number` where it is about one condition."""

    text: str
    head: Predicate | None
    needs: frozenset[Predicate]
    reads: frozenset[Predicate]
    demands: frozenset[Predicate]
    number: int | None


_ByHead = dict[Predicate | None, list[_Line]]
"""Lines by what they derive."""


class Relevant:
    """Takes a program apart once, and gives what is relevant for facts and conditions."""

    def __init__(self, program: RuleProgram) -> None:
        statements = [each for block in program.blocks for each in block.statements]
        read = [frozenset(_read(each)) for each in statements]
        names = {name for every in read for (name, _), _ in every}
        # A definition may be called `in_force`; then `in_in_force` is its demand, and a demand has none of its own.
        self._demands = frozenset(name for name in names if name.startswith("in_") and f"in_{name}" not in names)
        self._lines = [self._line(each, found) for each, found in zip(statements, read, strict=True)]
        self._shown = program.shown
        self._waiting: dict[Predicate, list[int]] = {}
        for place, line in enumerate(self._lines):
            for each in line.needs:
                self._waiting.setdefault(each, []).append(place)
        self._kept: Latest[_ByHead] = Latest(MOST_KEPT)

    def _line(self, each: Statement, read: frozenset[tuple[Predicate, bool]]) -> _Line:
        found = frozenset(predicate for predicate, _ in read)
        numbers = [
            literal.arguments[0].value
            for literal in _body(each)
            if isinstance(literal, Atom) and literal.predicate == ASKED and isinstance(literal.arguments[0], Number)
        ]
        head = head_atom(each) if isinstance(each, Rule) else None
        return _Line(
            statement(_named(each) if isinstance(each, Rule) else each),
            None if head is None else (head.predicate, len(head.arguments)),
            frozenset(predicate for predicate, positive in read if positive),
            found,
            frozenset(predicate for predicate in found if predicate[0] in self._demands),
            numbers[0] if numbers else None,
        )

    def everything(self, given: Collection[Predicate]) -> str:
        """The rules that facts with the `given` predicates can need, as a program; it shows what the whole one does."""
        possible = self._possible(frozenset(given))
        return _program([line for lines in possible.values() for line in lines], self._shown)

    def text(self, numbers: Iterable[int], given: Collection[Predicate]) -> str:
        """The rules that facts with the `given` predicates can need for the conditions with these numbers, as a
        program.

        A predicate is needed if a rule that is kept reads it. All rules of a needed predicate are kept; of demand
        (`in_x`), those that come from what is needed itself, as nothing else asks on its behalf."""
        possible = self._possible(frozenset(given))
        wanted = frozenset(numbers)
        needed: set[Predicate] = set()
        todo: list[Predicate] = []
        kept: list[_Line] = []
        waiting: dict[Predicate, list[_Line]] = {}

        def need(predicates: Iterable[Predicate]) -> None:
            for each in predicates:
                if each not in needed:
                    needed.add(each)
                    todo.append(each)

        def keep(line: _Line) -> None:
            missing = line.demands - needed if line.head is not None and line.head[0] in self._demands else None
            if missing:
                waiting.setdefault(min(missing), []).append(line)
                return
            kept.append(line)
            need(line.reads)

        for line in possible.get(None, ()):
            keep(line)
        need(_ROOTS)
        while todo:
            predicate = todo.pop()
            for line in possible.get(predicate, ()):
                if line.number is None or line.number in wanted:
                    keep(line)
            for line in waiting.pop(predicate, ()):
                keep(line)
        return _program(kept, _ROOTS)

    def _possible(self, given: frozenset[Predicate]) -> _ByHead:
        return self._kept.get(given, lambda: self._derivable(given))

    def _derivable(self, given: frozenset[Predicate]) -> _ByHead:
        """Unit propagation over the predicates (Dowling and Gallier, 1984): which lines can hold."""
        missing = [len(line.needs) for line in self._lines]
        derived = set(given)
        todo = list(given)

        def holds(line: _Line) -> None:
            if line.head is not None and line.head not in derived:
                derived.add(line.head)
                todo.append(line.head)

        for line in self._lines:
            if not line.needs:
                holds(line)
        while todo:
            for place in self._waiting.get(todo.pop(), ()):
                missing[place] -= 1
                if not missing[place]:
                    holds(self._lines[place])
        by_head: dict[Predicate | None, list[_Line]] = {}
        for line, rest in zip(self._lines, missing, strict=True):
            if not rest:
                by_head.setdefault(line.head, []).append(line)
        return by_head


def _program(lines: Sequence[_Line], shown: Iterable[Predicate]) -> str:
    """The text of a part of a program. clingo remarks on what no rule derives: what may have lost its rules is said to
    be defined; and where nothing is shown it shows everything."""
    headed = {line.head for line in lines}
    read = frozenset().union(*(line.reads for line in lines))
    return "\n".join(
        (
            *(line.text for line in lines),
            *(f"#defined {name}/{arity}." for name, arity in sorted(read)),
            "#show.",
            *(f"#show {name}/{arity}." for name, arity in shown if (name, arity) in headed),
            "",
        )
    )


def _named(rule: Rule) -> Rule:
    """The same rule with variables of their own for `_` in what it needs: for every pattern of `_` gringo makes a copy
    of the predicate and joins with that, and grounding takes three times as long. (A negated atom needs the `_`.)"""
    count = itertools.count(1)

    def term(each: Term) -> Term:
        return Variable(f"_A{next(count)}") if each == Variable("_") else each

    def literal(each: Literal_) -> Literal_:
        return replace(each, arguments=tuple(map(term, each.arguments))) if isinstance(each, Atom) else each

    return replace(rule, body=tuple(map(literal, rule.body)))


def _body(each: Statement) -> tuple[Literal_, ...]:
    return each.body if isinstance(each, Rule) else each.condition


def _read(each: Statement) -> Iterator[tuple[Predicate, bool]]:
    """What a statement reads, and whether it needs it to hold."""
    for literal in _body(each):
        for name, arity, positive in predicates_of(literal):
            yield (name, arity), positive
