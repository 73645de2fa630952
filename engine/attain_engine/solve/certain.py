"""What is certain, whatever the unknowns turn out to be: conditions as facts for `standing.lp`, and what clingo
says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from attain_compiler.asp import Argument, Fact, Origin, Program
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
    subformulas,
)
from attain_engine.solve.answer_sets import Grounded, Shown
from attain_engine.solve.wide_sums import fits, split_sums

Answer: TypeAlias = Literal["yes", "no", "open"]


class Conditions:
    """Writes conditions as facts: each formula has a number, `yes` and `no` have one as well. `describe` says in words
    what is open, for those who read the program."""

    def __init__(self, describe: Callable[[Formula], str] | None = None) -> None:
        self._describe = describe
        self.facts: list[Fact] = []
        self._numbers: dict[Condition, int] = {}
        self._amounts: dict[Amount, dict[Any, int]] = {}

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

    def _write(self, formula: Formula, number: int) -> None:
        numbers = self._numbers
        match formula:
            case Atom() | AmountAtLeast():
                if isinstance(formula, AmountAtLeast):
                    self._amounts.setdefault(formula.amount, {})[formula.least] = number
                origin = None if self._describe is None else Origin(self._describe(formula))
                self.say("unknown", number, origin=origin)
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

    def order_amounts(self) -> None:
        """Say which bounds of one amount lie above which: to be called once, in the end."""
        for bounds in self._amounts.values():
            ordered = sorted(bounds, key=Fraction)
            for lower, higher in pairwise(ordered):
                self.say("above", bounds[higher], bounds[lower])


def certain(program: Program, wanted: Iterable[Shown]) -> dict[Shown, Answer]:
    """Of each of the atoms that a program shows: yes if every answer set has it, no if none has, else open."""
    always = Grounded(program).consequences("cautious")
    ever = Grounded(program).consequences("brave")
    return {each: "yes" if each in always else "open" if each in ever else "no" for each in wanted}


def solve_status(conditions: Mapping[Any, Condition]) -> dict[Any, Answer]:
    """Of each condition by name: whether it holds (yes), fails (no), or depends on what is unknown (open)."""
    writer = Conditions()
    numbers = {name: writer.number(condition) for name, condition in conditions.items()}
    for number in sorted(set(numbers.values())):
        writer.say("asked", number)
    writer.order_amounts()
    answers = certain(
        Program(tuple(writer.facts), ("standing", "asked")), [("holds", (number,)) for number in numbers.values()]
    )
    return {name: answers["holds", (number,)] for name, number in numbers.items()}
