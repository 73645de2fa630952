"""What is certain, whatever the unknowns turn out to be: the one place that says so.

A completion settles everything unknown. A condition is certain if it holds in every completion, and open if it holds in
some and fails in others. Conditions become facts for `standing.lp`, whose answer sets are the completions; numbers keep
to what is known of them by `arithmetic`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias
from weakref import WeakKeyDictionary

from attain_compiler.asp import Argument, Fact, Origin, Program
from attain_compiler.frozen import frozen
from attain_engine.open.conditions import (
    Amount,
    AmountAtLeast,
    Atom,
    Condition,
    Conjunction,
    Disjunction,
    Formula,
    Negation,
    Reaches,
    negation,
    subformulas,
)
from attain_engine.open.definitions import definition
from attain_engine.open.derived import Sum
from attain_engine.open.quantities import Quantity
from attain_engine.open.substitution import Substitution
from attain_engine.solve.arithmetic import Arithmetic
from attain_engine.solve.implied import implied
from attain_engine.solve.wide_sums import fits, split_sums

if TYPE_CHECKING:
    from attain_engine.solve.answer_sets import Grounded, Shown

MOST_CONFLICTS = 20_000
"""So long the solver follows what sums say of their terms: to add up the rules of many terms can take it for ever. Then
the arithmetic is asked, which gives up sooner."""

Answer: TypeAlias = Literal["yes", "no", "open"]


class Conditions:
    """Writes conditions as facts: each formula has a number, `yes` and `no` have one as well."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._numbers: dict[Condition, int] = {}
        self._amounts: dict[Amount, dict[tuple[Any, bool], int]] = {}
        self._defined: set[Amount] = set()

    def say(self, predicate: str, *arguments: Argument, origin: Origin | None = None) -> None:
        """Add a fact."""
        self.facts.append(Fact(predicate, arguments, origin))

    def number(self, condition: Condition) -> int:
        """The number of a condition, with everything below it written down."""
        if isinstance(condition, bool):
            if condition not in self._numbers:
                self._numbers[condition] = len(self._numbers)
                if condition:
                    self.say("settled", self._numbers[condition])
            return self._numbers[condition]
        for formula in subformulas((condition,)):
            if formula in self._numbers:
                continue
            if isinstance(formula, Reaches) and not fits(formula):
                self._numbers[formula] = self.number(split_sums(formula))
                continue
            self._numbers[formula] = len(self._numbers)
            self._write(formula, self._numbers[formula])
        return self._numbers[condition]

    def atoms(self) -> Iterator[tuple[Atom, int]]:
        """Each unknown condition that is written down, with its number."""
        for each, number in self._numbers.items():
            if isinstance(each, Atom):
                yield each, number

    def _write(self, formula: Formula, number: int) -> None:
        numbers = self._numbers
        match formula:
            case Atom() | AmountAtLeast():
                if isinstance(formula, AmountAtLeast):
                    self._amounts.setdefault(formula.amount, {})[formula.least, formula.strict] = number
                self.say("unknown", number)
            case Negation():
                self.say("negation", number, numbers[formula.operand])
            case Conjunction() | Disjunction():
                self.say("conjunction" if isinstance(formula, Conjunction) else "disjunction", number)
                for each in formula.operands:
                    self.say("operand", number, numbers[each])
            case Reaches():
                self.say("reaches", number, formula.bound)
                for each, weight in formula.terms:
                    self.say("weight", number, numbers[each], weight)
            case _:
                raise TypeError(formula)

    def finish(self) -> Arithmetic:
        """Say what is known of the numbers that are asked about: to be called once, in the end."""
        done: set[Amount] = set()
        while len(done) < len(self._amounts):
            for amount in [each for each in self._amounts if each not in done]:
                done.add(amount)
                if isinstance(amount.name, Sum):
                    for formula, _ in amount.name.terms:
                        self.number(formula)
                    for part, _ in amount.name.amounts:
                        self._define(part)
        self.facts += self._order()
        return Arithmetic({each: number for each, number in self._numbers.items() if isinstance(each, Formula)})

    def relaxed(self) -> Program:
        """What is written so far as a program, of whose numbers no more is said than that they are in order: where it
        has no answer set, there is no completion."""
        return Program((*self.facts, *self._order()), ("standing", "asked"))

    def implied(self) -> tuple[Fact, ...]:
        """Further facts, after those of `finish`, that rule nothing out and let the solver see more."""
        written = len(self.facts)
        levels = {each: tuple(found) for each, found in self._amounts.items()}
        for condition in list(implied(levels, [each for each in self._numbers if isinstance(each, Formula)])):
            self._require(condition)
        return tuple(self.facts[written:])

    def _order(self) -> Iterator[Fact]:
        """A number that reaches a bound reaches the one below."""
        for bounds in self._amounts.values():
            for lower, higher in pairwise(sorted(bounds)):
                yield Fact("above", (bounds[higher], bounds[lower]))

    def _define(self, amount: Amount) -> None:
        if amount not in self._defined:
            self._defined.add(amount)
            for condition in definition(amount):
                self._require(condition)

    def _require(self, condition: Condition) -> None:
        if condition is not True:
            self.say("required", self.number(condition))


@frozen
class Completion:
    """One way in which everything unknown may turn out: the unknown conditions that hold (others do not), and what the
    unknown amounts are (those that do not matter are not named)."""

    holding: frozenset[Any]
    amounts: Mapping[Amount, Fraction]
    exact: bool = True
    """Whether it is one for certain: of numbers that could not be worked out together it may be none."""

    def settle(self, condition: Condition) -> Condition:
        """A condition in this completion: it is over decisions alone."""
        return self.substitution().condition(condition)

    def number(self, part: Amount, *, is_date: bool) -> int | Fraction | datetime.date:
        """What an amount is: where it does not matter, one of its ends, or 0."""
        value = self.amounts.get(part)
        if value is None:
            value = next((Fraction(end) for end in (part.low, part.high) if end is not None), Fraction(0))
        if is_date:
            return datetime.date.fromordinal(int(value))
        return int(value) if part.whole or value.denominator == 1 else value

    def substitution(self) -> Substitution:
        """Puts the values of this completion in their places."""
        return Substitution(self._atom, self._amount)

    def _atom(self, atom: Atom) -> Condition | None:
        return atom.name in self.holding if atom.kind == "unknown" else None

    def _amount(self, amount: Amount) -> Quantity | None:
        if amount.kind != "unknown":
            return None
        value = self.amounts.get(amount)
        if value is None:
            return next((end for end in (amount.low, amount.high) if end is not None), 0)
        return int(value) if amount.whole else value


def certain(writer: Conditions, encodings: tuple[str, ...], wanted: Iterable[Shown]) -> dict[Shown, Answer]:
    """Of each of the atoms that the encodings show for what is written: yes if every answer set has it, no if none has,
    else open."""
    arithmetic = writer.finish()
    program = Program(tuple(writer.facts), encodings)
    further = writer.implied()
    always = _consequences(program, arithmetic, further, "cautious")
    ever = _consequences(program, arithmetic, further, "brave")
    return {each: "yes" if each in always else "open" if each in ever else "no" for each in wanted}


def _consequences(
    program: Program, arithmetic: Arithmetic, further: tuple[Fact, ...], kind: Literal["brave", "cautious"]
) -> frozenset[Shown]:
    for grounded, conflicts in _attempts(program, arithmetic if arithmetic.has_sums else None, further):
        arithmetic.begin(None)
        found = grounded.consequences(kind, conflicts)
        if found is not None and (conflicts is None or not arithmetic.gave_up):
            return found
    raise AssertionError("a search without a limit ends with an answer")


def _attempts(
    program: Program, theory: Arithmetic | None, further: tuple[Fact, ...]
) -> Iterator[tuple[Grounded, int | None]]:
    """A program beside facts that rule nothing out, to be searched within so many conflicts; then by itself, to its
    end."""
    from attain_engine.solve.answer_sets import Grounded  # loads clingo

    if further:
        yield Grounded(replace(program, facts=(*program.facts, *further)), theory=theory), MOST_CONFLICTS
    yield Grounded(program, theory=theory), None


def statuses(conditions: Mapping[Any, Condition]) -> dict[Any, Answer]:
    """Of each condition by name: whether it holds (yes), fails (no), or depends on what is unknown (open)."""
    writer = Conditions()
    numbers = {name: writer.number(condition) for name, condition in conditions.items()}
    for number in sorted(set(numbers.values())):
        writer.say("asked", number)
    answers = certain(writer, ("standing", "asked"), [("holds", (number,)) for number in numbers.values()])
    return {name: answers["holds", (number,)] for name, number in numbers.items()}


def status(condition: Condition) -> Answer:
    """Whether a condition holds (yes), fails (no), or depends on what is unknown (open)."""
    if isinstance(condition, bool):
        return "yes" if condition else "no"
    least, most = _at_ends(condition)
    if least is not most:
        return "open"
    if least is True:
        return "yes" if completion(negation(condition)) is None else "open"
    return "no" if completion(condition) is None else "open"


def _at_ends(condition: Condition) -> tuple[Condition, Condition]:
    """What a condition comes to in two completions that need no search: nothing that is open holds, and every number is
    as small as it can be; all of it holds, and they are as large."""
    return (
        Substitution(lambda _: False, partial(_end, high=False)).condition(condition),
        Substitution(lambda _: True, partial(_end, high=True)).condition(condition),
    )


def _end(amount: Amount, *, high: bool) -> Quantity:
    """The end of an amount; where it has none, 0, or its other end if that is beyond."""
    first, other = (amount.high, amount.low) if high else (amount.low, amount.high)
    if first is not None:
        return first  # type: ignore[no-any-return]
    return 0 if other is None else max(0, other) if high else min(0, other)


def completion(
    condition: Condition,
    *,
    patience: int | None = None,
    most_conflicts: int | None = None,
    none_expected: bool = False,
) -> Completion | None:
    """A way in which a condition holds, or None if there is none. What is decided is open like what is unknown. With
    `patience` numbers are worked out together so many times at the most: then what is found may not be `exact`. With
    `most_conflicts` the search ends after so many, and None may also mean that none was found. Where there is most
    likely none (`none_expected`), it is asked first without what the numbers are made of. Raises OutOfTime where a
    deadline is set."""
    if condition is False:
        return None
    if condition is True:
        return Completion(frozenset(), {})
    from attain_engine.solve.answer_sets import Grounded  # loads clingo

    writer = Conditions()
    writer.say("required", writer.number(condition))
    if none_expected and Grounded(writer.relaxed()).first_within(MOST_CONFLICTS) == (None, True):
        return None
    arithmetic = writer.finish()
    atoms = {number: each for each, number in writer.atoms()}
    for number in atoms:
        writer.say("asked", number)
    program = Program(tuple(writer.facts), ("standing", "asked"))
    found = None
    for grounded, conflicts in _attempts(program, arithmetic, writer.implied()):
        arithmetic.begin(patience)
        limits = [each for each in (conflicts, most_conflicts) if each is not None]
        found, decided = grounded.first_within(min(limits, default=None))
        if decided and not arithmetic.gave_up:
            break
    if found is None:
        return None
    holding = frozenset(atoms[int(number)].name for _, (number,) in found)
    return Completion(holding, arithmetic.values(), not arithmetic.gave_up)


def is_certain(condition: Condition) -> bool:
    """Whether a condition holds in every completion."""
    return completion(negation(condition)) is None


def is_possible(condition: Condition) -> bool:
    """Whether a condition holds in some completion."""
    if isinstance(condition, bool):
        return condition
    known = _possible.get(condition)
    if known is None:
        known = _possible[condition] = True in _at_ends(condition) or completion(condition) is not None
    return known


_possible: Final[WeakKeyDictionary[Formula, bool]] = WeakKeyDictionary()
"""What was found of conditions that are still in use: whether a table has an entry is asked again and again."""
