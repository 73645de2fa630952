"""How often a plan makes a change, as something that it must keep to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attain_compiler.frozen import frozen
from attain_engine.open.comparing import compare
from attain_engine.open.conditions import Condition, conjunction
from attain_engine.open.quantities import Quantity, add
from attain_engine.plan.candidates import Candidate


@frozen
class HowOften:
    """A change (its id) is made for these arguments (None: for any) from `least` to `most` times in all (None: however
    often)."""

    change: str
    arguments: tuple[Any, ...] | None
    least: int
    most: int | None

    def condition(self, options: Iterable[Candidate]) -> Condition:
        """Whether it is made so often."""
        made: Quantity = 0
        for each in options:
            if each.change.id == self.change and self.arguments in (None, tuple(each.arguments)):
                made = add(made, each.quantity())
        enough = compare(">=", made, self.least)
        return enough if self.most is None else conjunction((enough, compare("<=", made, self.most)))
