"""The numbers behind conditions, as a theory beside the rules: which bounds of unknown numbers can hold together.

To clingo `staff + rooms >= 10` and `staff < 10` are two atoms. What they have to do with each other is linear
arithmetic, which is asked about every answer set that the rules allow (answer set programming modulo theories)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attain_engine.open.conditions import Amount, AmountAtLeast, Formula
from attain_engine.open.derived import Sum
from attain_engine.solve.deadline import deadline
from attain_engine.solve.simplex import Bound, Simplex, TooManyBranches

if TYPE_CHECKING:
    from attain_engine.solve.answer_sets import Shown


MOST_CONFLICTS = 1_000
"""So many times it is said, for one question, that some bounds cannot hold together; then it is left open."""


class Arithmetic:
    """The bounds of amounts, and of the sums that they are part of, by the atoms that say them."""

    def __init__(self, numbers: Mapping[Formula, int]) -> None:
        """`numbers` are those of all formulas in the program."""
        self._variables: dict[Amount | Formula, int] = {}
        self._forms: dict[int, dict[int, int]] = {}
        self._whole: list[bool] = []
        self._integral: set[int] = set()
        """What is a whole number: sums of whole numbers too, which are not branched over."""
        self._ends: list[Bound] = []
        self._levels: dict[Shown, tuple[int, Any, bool]] = {}
        self._terms: dict[Shown, int] = {}
        for formula in numbers:
            if isinstance(formula, AmountAtLeast):
                variable = self._variable(formula.amount, numbers)
                self._levels["true", (numbers[formula],)] = (variable, formula.least, formula.strict)
        self._simplex = Simplex(self._whole, self._forms)
        self.begin(None)

    def begin(self, patience: int | None) -> None:
        """Begin a search anew, in which it is asked so many times at the most before it gives up. It keeps to the
        deadline of now, in whatever thread it is asked."""
        self._simplex.until = deadline()
        self.gave_up = False
        """Whether a question was too hard: then an answer set may be no completion after all."""
        self._patience = patience
        self._conflicts = 0

    def _variable(self, of: Amount | Formula, numbers: Mapping[Formula, int]) -> int:
        known = self._variables.get(of)
        if known is not None:
            return known
        form: dict[int, int] | None = None
        if isinstance(of, Amount) and isinstance(of.name, Sum):
            parts: list[tuple[Amount | Formula, int]] = [*of.name.terms, *of.name.amounts]
            form = {self._variable(each, numbers): weight for each, weight in parts}
        variable = self._variables[of] = len(self._whole)
        if isinstance(of, Amount):
            self._whole.append(of.whole and form is None)
            if of.whole:
                self._integral.add(variable)
            if form is not None:
                self._forms[variable] = form
            for end, upper in ((of.low, False), (of.high, True)):
                if end is not None and form is None:
                    self._ends.append(Bound(variable, end, upper, strict=False, reason=None))
        else:
            self._whole.append(False)  # 0 or 1, as the atom has it
            self._terms["true", (numbers[of],)] = variable
        return variable

    @property
    def has_sums(self) -> bool:
        """Whether anything is said of more than one amount at a time."""
        return bool(self._forms)

    @property
    def atoms(self) -> Iterable[Shown]:
        return (*self._levels, *self._terms)

    def conflict(self, holding: Mapping[Shown, bool]) -> Collection[Shown] | None:
        if self._patience is not None:
            self._patience -= 1
            if self._patience < 0:
                self.gave_up = True
                return None
        bounds = list(self._ends)
        for atom, variable in self._terms.items():
            truth = int(holding[atom])
            bounds.append(Bound(variable, truth, upper=True, strict=False, reason=atom))
            bounds.append(Bound(variable, truth, upper=False, strict=False, reason=atom))
        for atom, (variable, least, strict) in self._levels.items():
            reached = holding[atom]
            if variable in self._integral and not reached:  # less than a whole number: at most the one before
                bounds.append(Bound(variable, least - 1, upper=True, strict=False, reason=atom))
            else:
                bounds.append(Bound(variable, least, upper=not reached, strict=strict == reached, reason=atom))
        try:
            core = self._simplex.conflict(bounds)
        except TooManyBranches:
            self.gave_up = True
            return None
        self._conflicts += core is not None
        if self._conflicts > MOST_CONFLICTS:
            self.gave_up = True
            return None
        return None if core is None else [atom for atom in core if atom is not None]  # type: ignore[misc]

    def values(self) -> dict[Amount, Fraction]:
        """What the amounts are in the answer set that was found last."""
        found = self._simplex.solution()
        return {of: found[variable] for of, variable in self._variables.items() if isinstance(of, Amount)}
