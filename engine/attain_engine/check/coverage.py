"""Which places of a policy its examples decide both ways.

A place is something that could be written wrongly without a mistake: a threshold that some example must meet and some
must not, a comparator that only an example exactly at its bound tells from its neighbour, an entry that some example
must read, a date from which an entry replaces another that examples must lie on both sides of, and so on (`Kind`).
Examples are run with closures that record what is decided; the usual closures know nothing of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Final, Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes
from attain_compiler.source import Span
from attain_engine.check.examples import holds
from attain_engine.check.undecidable import Proofs
from attain_engine.evaluate import EvaluationProblem
from attain_engine.evaluate.calls import in_force, matches_key
from attain_engine.evaluate.designations import requirements_of
from attain_engine.evaluate.expressions import closure_with
from attain_engine.evaluate.state import Bodies, Closure, Context, Frame
from attain_engine.evaluate.values import SETTLED

Kind: TypeAlias = Literal["threshold", "comparator", "condition", "branch", "entry", "date", "exclusion", "requirement"]
Outcome: TypeAlias = Literal["true", "false", "at", "taken", "read", "before", "since"]

OUTCOMES: Final[dict[Kind, tuple[Outcome, ...]]] = {
    "threshold": ("true", "false"),
    "comparator": ("at",),
    "condition": ("true", "false"),
    "branch": ("taken",),
    "entry": ("read",),
    "date": ("before", "since"),
    "exclusion": ("true", "false"),
    "requirement": ("true", "false"),
}
"""What some example must bring about for a place of each kind to be decided."""

Key: TypeAlias = tuple[Kind, Span]


@frozen
class Covered:
    """A place of a policy and what examples brought about there; `impossible` is what no facts can, which is proved
    and not missing. Two places of one text are one."""

    kind: Kind
    span: Span
    seen: frozenset[Outcome]
    impossible: frozenset[str] = frozenset()

    @property
    def wanted(self) -> tuple[Outcome, ...]:
        """What some example should bring about."""
        return tuple(each for each in OUTCOMES[self.kind] if each in self.seen or each not in self.impossible)

    @property
    def missing(self) -> tuple[Outcome, ...]:
        """What no example brought about."""
        return tuple(each for each in self.wanted if each not in self.seen)


def coverage(programs: Iterable[model.Program]) -> tuple[Covered, ...]:
    """The places of all files of these programs, in order, with what the examples of the main policies bring about.

    Shared files are counted once: what the examples of one policy bring about there counts for all.
    """
    found: dict[Key, set[Outcome]] = {}
    never: dict[Key, frozenset[str]] = {}
    for program in programs:
        recorder = Recorder(program)
        for example in program.examples.values():
            if example.id.partition(".")[0] == program.main:
                recorder.run(example)
        for key, seen in recorder.seen.items():
            found.setdefault(key, set()).update(seen)
            here = recorder.impossible.get(key, frozenset())
            never[key] = never.get(key, here) & here
    ordered = sorted(found.items(), key=lambda item: (item[0][1], item[0][0]))
    return tuple(Covered(kind, span, frozenset(seen), never[kind, span]) for (kind, span), seen in ordered)


def per_mille(places: Iterable[Covered]) -> int:
    """How many of a thousand outcomes that there should be were brought about, rounded down; 1,000 of none."""
    listed = tuple(places)
    wanted = sum(len(each.wanted) for each in listed)
    missing = sum(len(each.missing) for each in listed)
    return (wanted - missing) * 1000 // wanted if wanted else 1000


class Recorder:
    """Records what the examples of a program bring about, in `seen`, which has every place from the start. `truths` and
    `taken` are the places of conditions and branches, by the identity of their expressions; `impossible` is what no
    facts can bring about at a place."""

    def __init__(self, program: model.Program) -> None:
        self.program = program
        self.seen: dict[Key, set[Outcome]] = {}
        self.truths: dict[int, list[Key]] = {}
        self.taken: dict[int, Key] = {}
        self.impossible: dict[Key, frozenset[str]] = {}
        self._proofs = Proofs(program, _decided(program))
        read: set[str] = set()
        for each in _decided(program):
            self._places(each)
            read |= {node.table for node in nodes(each) if isinstance(node, model.Lookup)}
        for table in (each for each in program.tables.values() if each.id in read):
            for entry in table.entries:
                self._never(self._place("entry", entry.span), self._proofs.entry(table, entry))
                if any(_replaces(entry, other) for other in table.entries):
                    self._never(self._place("date", entry.span), self._proofs.date(table, entry))
        for exclusion in program.exclusions.values():
            self._truth("exclusion", exclusion.condition, exclusion.condition.span)
        for designation in program.designations.values():
            for requirement in requirements_of(designation):
                if not isinstance(requirement.condition, model.Compare):  # a comparison is a threshold
                    self._truth("requirement", requirement.condition, requirement.span)
        self.bodies = Bodies(program, self.closure)

    def run(self, example: model.Example) -> None:
        """Run one example, whether it passes or not."""
        try:
            holds(self.program, example, self.bodies)
        except EvaluationProblem:
            return  # what it brought about before counts

    # ------------------------------------------------------------ places

    def _place(self, kind: Kind, span: Span) -> Key:
        self.seen.setdefault((kind, span), set())
        return kind, span

    def _never(self, key: Key, outcomes: frozenset[str]) -> None:
        """What is proved of a place: of two of one text, what is proved of both."""
        here = outcomes & set(OUTCOMES[key[0]])
        self.impossible[key] = self.impossible.get(key, here) & here

    def _truth(self, kind: Kind, condition: model.Expression, span: Span) -> None:
        self.truths.setdefault(id(condition), []).append(self._place(kind, span))

    def _places(self, body: model.Expression) -> None:
        for node in nodes(body):
            match node:
                case model.Compare() if self._is_open(node):
                    never = self._proofs.compared(node)
                    self._truth("threshold", node, node.span)
                    self._never(("threshold", node.span), never)
                    if node.operator not in ("==", "!="):
                        self._never(self._place("comparator", node.span), never)
                case model.Contains():
                    self._truth("condition", node, node.span)
                case model.And(items=items) | model.Or(items=items) | model.AtLeast(items=items):
                    for each in items:
                        while isinstance(each, model.Not):
                            each = each.operand
                        if not isinstance(each, model.Compare | model.Contains | model.And | model.Or):
                            self._truth("condition", each, each.span)
                case model.Case(branches=branches, otherwise=otherwise):
                    for value in (*(each.value for each in branches), otherwise):
                        self.taken[id(value)] = self._place("branch", value.span)
                case _:
                    pass

    def _is_open(self, compared: model.Compare) -> bool:
        """Whether facts can decide it: not where both sides are written in the policy, or one is a figure that was not
        published, whatever the facts are."""
        sides = (compared.left, compared.right)
        return not all(isinstance(each, model.Constant) for each in sides) and not any(map(self._is_unknown, sides))

    def _is_unknown(self, value: model.Expression) -> bool:
        if not isinstance(value, model.Lookup):
            return False
        asked = [each.value if isinstance(each, model.Constant) else None for each in value.keys]
        found = [
            entry
            for entry in self.program.tables[value.table].entries
            if all(
                wanted is None or key is None or matches_key(wanted, key) is True
                for wanted, key in zip(entry.keys, asked, strict=True)
            )
        ]
        return bool(found) and all(isinstance(each.value, model.Unpublished) for each in found)

    # ------------------------------------------------------------ closures

    def closure(self, bodies: Bodies, expression: model.Expression) -> Closure:
        closure_of = partial(self.closure, bodies)
        plain = closure_with(bodies.program, closure_of, without_index(expression))
        if isinstance(expression, model.Lookup):
            keys = tuple(closure_of(each) for each in expression.keys)
            plain = self._reading(plain, self.program.tables[expression.table], keys)
        if isinstance(expression, model.Compare) and ("comparator", expression.span) in self.seen:
            sides = (closure_of(expression.left), closure_of(expression.right))
            plain = self._comparing(plain, self.seen["comparator", expression.span], *sides)
        taken = self.taken.get(id(expression))
        if taken is not None:
            plain = _noting(plain, self.seen[taken])
        truths = tuple(self.seen[key] for key in self.truths.get(id(expression), ()))
        return _deciding(plain, truths) if truths else plain

    def _comparing(self, plain: Closure, seen: set[Outcome], left: Closure, right: Closure) -> Closure:
        def comparing(frame: Frame, context: Context) -> Any:
            truth = plain(frame, context)
            if "at" not in seen:
                a, b = left(frame, context), right(frame, context)
                if type(a) in SETTLED and type(b) in SETTLED and a == b:
                    seen.add("at")
            return truth

        return comparing

    def _reading(self, plain: Closure, table: model.Table, keys: tuple[Closure, ...]) -> Closure:
        def reading(frame: Frame, context: Context) -> Any:
            value = plain(frame, context)
            asked = tuple([each(frame, context) for each in keys])
            if SETTLED.issuperset(map(type, asked)):
                matching = [each for each in table.entries if wants(each, asked)]
                read = next((each for each in in_force(table, context) if each in matching), None)
                if read is not None and ("entry", read.span) in self.seen:
                    self.seen["entry", read.span].add("read")
                for each in matching:
                    if each.force_from is not None and ("date", each.span) in self.seen:
                        self.seen["date", each.span].add("before" if context.date < each.force_from else "since")
            return value

        return reading


def _decided(program: model.Program) -> Iterator[model.Expression]:
    """Everything that decides something: not the examples and claims themselves, and nothing that only plans read."""
    yield from (each.body for each in program.defines.values())
    yield from (each.body for each in program.measures.values())
    yield from (each.condition for each in program.exclusions.values())
    for score in program.scores.values():
        yield from (each.points for each in score.parts)
    for designation in program.designations.values():
        yield from (each.condition for each in requirements_of(designation))
        if designation.tracks is not None and designation.tracks.by is not None:
            yield designation.tracks.by


def decides_where(program: model.Program) -> Iterator[model.Declared]:
    """The declarations that have places which examples can decide."""
    yield from program.defines.values()
    yield from program.measures.values()
    yield from program.exclusions.values()
    yield from program.scores.values()
    yield from program.designations.values()
    yield from program.tables.values()


def without_index(expression: model.Expression) -> model.Expression:
    """The same aggregate with its condition as an `or` of one: then it is decided row by row, and nothing about the
    rows is answered from an index that no closure sees."""
    if not isinstance(expression, model.Selecting) or expression.condition is None:
        return expression
    condition = expression.condition
    one = model.Or((condition,), type=condition.type, span=condition.span)
    return dataclasses.replace(expression, condition=one)


def _replaces(entry: model.Entry, other: model.Entry) -> bool:
    """Whether an entry comes into force after another for some of the same keys."""
    if entry.force_from is None or (other.force_from is not None and other.force_from >= entry.force_from):
        return False
    pairs = zip(entry.keys, other.keys, strict=True)
    return all(a is None or b is None or a == b for a, b in pairs)


def wants(entry: model.Entry, keys: tuple[Any, ...]) -> bool:
    return all(wanted is None or matches_key(wanted, key) is True for wanted, key in zip(entry.keys, keys, strict=True))


def _noting(plain: Closure, seen: set[Outcome]) -> Closure:
    def noting(frame: Frame, context: Context) -> Any:
        seen.add("taken")
        return plain(frame, context)

    return noting


def _deciding(plain: Closure, places: tuple[set[Outcome], ...]) -> Closure:
    def deciding(frame: Frame, context: Context) -> Any:
        truth = plain(frame, context)
        if truth is True or truth is False:
            for seen in places:
                seen.add("true" if truth else "false")
        return truth

    return deciding
