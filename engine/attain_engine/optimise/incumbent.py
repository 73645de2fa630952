"""What is known of the best plan while it is searched for: the best one found, and what is proved of each objective."""

from __future__ import annotations

import threading

from attain_engine.optimise.problem import Solution

Totals = tuple[int, ...]
"""What a plan comes to in each objective, most important first, in the solver's units."""


class WrongPlan(Exception):
    """A plan fails the check against the conditions. From clasp that is a bug; HiGHS may be wrong by its rounding."""


class Disagreement(Exception):
    """The provers contradict each other, or a plan that was checked. A bug, never an answer."""


class Known:
    """Shared by the provers, each in its thread. Nothing that contradicts what is known is ever taken in silence."""

    def __init__(self, objectives: int) -> None:
        self._lock = threading.RLock()
        self.best: Solution | None = None
        self.totals: Totals | None = None
        self.bounds = [0] * objectives
        """The least that each objective can be, given that those before it are as small as can be."""
        self.impossible = False
        self.prover = ""
        """What gave the proof, if there is one."""
        self._last = ""
        """What raised a bound last."""

    def offer(self, solution: Solution, totals: Totals) -> None:
        """A plan that was checked and added up exactly."""
        with self._lock:
            if self.totals is None or totals < self.totals:
                self.best, self.totals = solution, totals
                self._check()
                if self.settled():  # a bound was known before a plan that reaches it
                    self.prover = self.prover or self._last

    def raise_bound(self, objective: int, bound: int, prover: str) -> bool:
        """A prover says that an objective cannot be less, all before it being as small as can be. Whether the objective
        is proved by that, with all before it."""
        with self._lock:
            if bound > self.bounds[objective]:
                self.bounds[objective], self._last = bound, prover
            self._check()
            if self.settled():
                self.prover = self.prover or prover
            return self.proved() > objective

    def raise_after(self, before: Totals, bound: int, prover: str) -> None:
        """A bound on the objective after some that come to `before`: it counts if that is what they are proved to
        be."""
        with self._lock:
            if self.proved() >= len(before) and tuple(self.bounds[: len(before)]) == before:
                self.raise_bound(len(before), bound, prover)

    def exhausted(self, totals: Totals | None, prover: str) -> None:
        """A prover has seen everything: these are the totals of its best plan, None if there is no plan at all."""
        with self._lock:
            if totals is None:
                self.impossible = True
            else:
                if totals != self.totals:
                    raise Disagreement(f"{prover} proves {totals}, but there is a plan of {self.totals}")
                for objective, total in enumerate(totals):
                    self.raise_bound(objective, total, prover)
            self._check()
            self.prover = self.prover or prover

    def proved(self) -> int:
        """How many objectives, from the first on, are proved."""
        if self.totals is None:
            return 0
        return next(
            (index for index, bound in enumerate(self.bounds) if bound != self.totals[index]),
            len(self.bounds),
        )

    def settled(self) -> bool:
        """Whether nothing is left to find out."""
        return self.impossible or (self.totals is not None and self.proved() == len(self.bounds))

    def snapshot(self) -> tuple[Solution | None, tuple[int, ...]]:
        """The best plan and the bounds, as of one moment."""
        with self._lock:
            return self.best, tuple(self.bounds)

    def _check(self) -> None:
        if self.totals is None:
            return
        if self.impossible:
            raise Disagreement("one prover finds no plan where there is one")
        first = self.proved()
        if first < len(self.bounds) and self.totals[first] < self.bounds[first]:
            raise Disagreement(f"a plan of {self.totals} is better than the proved bounds {self.bounds}")
