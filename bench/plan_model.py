"""A plan to be measured: a policy and facts, and the same problem as a model written by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Model:
    """`high` and `cost` of each whole column, from 0 up; `rows` of terms and what they must at least come to."""

    high: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    rows: list[tuple[list[tuple[int, int]], int]] = field(default_factory=list)
    paid: int = 0
    """What a plan costs in any case."""

    def column(self, high: int, cost: int = 0) -> int:
        self.high.append(high)
        self.cost.append(cost)
        return len(self.high) - 1

    def at_least(self, terms: Sequence[tuple[int, int]], least: int) -> None:
        self.rows.append((list(terms), least))


@dataclass
class Case:
    name: str
    policy: str
    facts: Mapping[str, list[dict[str, Any]]]
    model: Model
