"""The ground program as a 0/1 program: its completion, a column for each atom and a few rows for each rule.

The programs of `lower` are tight: no atom depends on itself. So their answer sets are the models of their completion
(Fages 1994), and each model of it is a 0/1 solution: an atom holds if one of its bodies does and, unless they only
allow it, only then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attain_engine.solve.answer_sets import GroundProgram
from attain_engine.solve.rows import Rows

Body = tuple[tuple[tuple[int, int], ...], int]
"""Literals with weights, and what those that hold must weigh at least."""


class _Completion:
    def __init__(self, program: GroundProgram) -> None:
        self.rows = Rows()
        self.columns: dict[int, int] = {}
        self.truth: dict[int, bool] = {}
        self.bodies: dict[Body, int | None] = {}
        self.same: dict[int, int] = {}
        self.supports: dict[int, list[tuple[bool, Body]]] = defaultdict(list)
        self.never: list[Body] = []
        for choice, head, literals in program.rules:
            self._rule(choice, head, _all(literals))
        for choice, head, bound, weighted in program.weight_rules:
            self._rule(choice, head, _merged(weighted, bound))

    def _rule(self, choice: bool, head: tuple[int, ...], body: Body) -> None:
        if not head:
            self.never.append(body)
        elif not choice and len(head) > 1:
            raise ValueError("a rule with a disjunction for its head is not tight")
        for atom in head:
            self.supports[atom].append((choice, body))

    def literal(self, literal: int) -> int:
        """The literal that this one is the same as."""
        sign = 1
        while abs(literal) in self.same:
            if literal < 0:
                sign = -sign
            literal = self.same[abs(literal)]
        return sign * literal

    def column(self, atom: int) -> int:
        if atom not in self.columns:
            self.columns[atom] = self.rows.columns
            self.rows.columns += 1
            if atom in self.truth:
                self.rows.fixed[self.columns[atom]] = int(self.truth[atom])
        return self.columns[atom]

    def sum_of(self, weighted: Iterable[tuple[int, int]]) -> tuple[dict[int, int], int]:
        """The sum of the weights of the literals that hold, as coefficients and a constant."""
        terms: dict[int, int] = defaultdict(int)
        constant = 0
        for literal, weight in weighted:
            literal = self.literal(literal)
            atom = abs(literal)
            if atom in self.truth:
                constant += weight if self.truth[atom] == (literal > 0) else 0
            elif literal > 0:
                terms[self.column(atom)] += weight
            else:
                terms[self.column(atom)] -= weight
                constant += weight
        return {column: weight for column, weight in terms.items() if weight}, constant

    def row(self, terms: Mapping[int, int], low: int | None, high: int | None) -> None:
        self.rows.rows.append((dict(terms), low, high))

    def settle(self, atom: int, truth: bool) -> None:
        """The atom holds, or does not, in every solution."""
        if self.truth.setdefault(atom, truth) != truth:
            self.row({}, 1, None)  # it would have to do both: there is no solution

    def below(self, body: Body) -> None:
        """The body does not hold."""
        terms, constant = self.sum_of(body[0])
        self.row(terms, None, body[1] - 1 - constant)

    def at_least(self, body: Body) -> None:
        """The body holds."""
        terms, constant = self.sum_of(body[0])
        self.row(terms, body[1] - constant, None)

    def body(self, body: Body) -> int:
        """A column that is 1 just if the body holds."""
        column = self.bodies.get(body)
        if column is None:
            (literal, *others) = (self.literal(literal) for literal, _ in body[0])
            if not others and literal > 0 and _unit(body):
                column = self.column(literal)
            else:
                column = self.rows.columns
                self.rows.columns += 1
                self.equal(column, body)
            self.bodies[body] = column
        return column

    def equal(self, column: int, body: Body) -> None:
        """The column is 1 just if the body holds."""
        weighted, bound = body
        most = sum(weight for _, weight in weighted)
        terms, constant = self.sum_of(weighted)
        if most == bound:
            # all of them: a row for each is tighter than one for their sum
            for literal, _ in weighted:
                one, shift = self.sum_of(((literal, 1),))
                self.row(_plus(one, column, -1), -shift, None)
        else:
            self.row(_plus(terms, column, -bound), -constant, None)
        self.row(_plus(terms, column, -(most - bound + 1)), None, bound - 1 - constant)


def completion(program: GroundProgram) -> Rows:
    """The 0/1 program whose solutions are the answer sets. Raises ValueError for rules of another kind."""
    made = _Completion(program)
    atoms = _atoms(program)
    _settle(made, atoms)
    for body in made.never:
        if not _unit(body):
            made.below(body)
    for atom in atoms:
        if atom not in made.same:
            _atom(made, atom)
    made.rows.objectives = tuple(made.sum_of(terms) for _, terms in sorted(program.minimize.items(), reverse=True))
    for atom, shown in program.shown.items():
        literal = made.literal(atom)
        made.rows.shown[shown] = made.column(abs(literal)), literal > 0
    return made.rows


def _settle(made: _Completion, atoms: list[int]) -> None:
    """Atoms that are settled, or the same as a literal, need no column of their own."""
    for body in made.never:
        if _unit(body):
            ((literal, _),) = body[0]
            made.settle(abs(literal), literal < 0)
    for atom in atoms:
        supports = made.supports[atom]
        if not supports:
            made.settle(atom, False)
        elif any(not choice and _empty(body) for choice, body in supports):
            made.settle(atom, True)
        elif len(supports) == 1 and atom not in made.truth:
            choice, (weighted, bound) = supports[0]
            if not choice and len(weighted) == 1 and weighted[0][1] >= bound > 0:
                made.same[atom] = weighted[0][0]


def _atom(made: _Completion, atom: int) -> None:
    """The rows that say when an atom holds."""
    supports = made.supports[atom]
    if not supports or any(not choice and _empty(body) for choice, body in supports):
        return
    if len(supports) == 1 and not supports[0][0]:
        body = supports[0][1]
        if atom not in made.truth:
            made.equal(made.column(atom), body)
        elif made.truth[atom]:
            made.at_least(body)
        else:
            made.below(body)
        return
    column = made.column(atom)
    reasons: dict[int, int] = {column: -1}
    allowed = False
    for choice, body in supports:
        if _empty(body):
            allowed = True
            continue
        cause = made.body(body)
        reasons[cause] = reasons.get(cause, 0) + 1
        if not choice:
            made.row({column: 1, cause: -1}, 0, None)
    if not allowed:
        made.row(reasons, 0, None)


def _atoms(program: GroundProgram) -> list[int]:
    atoms: set[int] = set(program.shown)
    for _, head, literals in program.rules:
        atoms.update(head)
        atoms.update(abs(literal) for literal in literals)
    for _, head, _, weighted in program.weight_rules:
        atoms.update(head)
        atoms.update(abs(literal) for literal, _ in weighted)
    for terms in program.minimize.values():
        atoms.update(abs(literal) for literal, _ in terms)
    return sorted(atoms)


def _all(literals: tuple[int, ...]) -> Body:
    unique = tuple(sorted(set(literals)))
    return tuple((literal, 1) for literal in unique), len(unique)


def _merged(weighted: tuple[tuple[int, int], ...], bound: int) -> Body:
    weights: dict[int, int] = defaultdict(int)
    for literal, weight in weighted:
        weights[literal] += weight
    return tuple(sorted(weights.items())), bound


def _unit(body: Body) -> bool:
    return len(body[0]) == 1 and body[0][0][1] >= body[1] > 0


def _empty(body: Body) -> bool:
    return not body[0] and body[1] <= 0


def _plus(terms: Mapping[int, int], column: int, weight: int) -> dict[int, int]:
    return {**terms, column: terms.get(column, 0) + weight}
