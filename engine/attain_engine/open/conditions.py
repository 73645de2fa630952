"""Conditions that are not settled: what is left once everything fixed has been worked out.

A condition is `True`, `False` or a `Formula` over what is open: decisions (the changes of a plan) and unknowns.
Formulas are hash-consed: two that are built alike are the same object, so identity is equality and what is shared
stays shared. They are acyclic, and simplified as they are built. `quantities` has the numbers that go with them.

Nothing here knows of policies, clingo or optimisation.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, ClassVar, Literal, TypeAlias

from attain_compiler.frozen import frozen

Condition: TypeAlias = "bool | Formula"

Kind: TypeAlias = Literal["decision", "unknown"]
"""What is open: a change that may be made, or a fact that is not known."""


@frozen
class Amount:
    """A number that is open, from `low` to `high` (None: no known end).

    A `decision` is how many units of a change are made: whole, `low` is 0. `name` identifies it; that of an unknown one
    may be a `Derived` number, which says what it is worked out from.
    """

    kind: Kind
    name: Any
    low: Any
    high: Any
    whole: bool = True


class Formula:
    """A condition that is not settled. Made by the functions below only; `number` orders formulas by their making,
    `below` is what it is directly made of."""

    __slots__ = ("__weakref__", "below", "key", "number")
    _made: ClassVar[dict[tuple[Any, ...], Formula]] = {}

    below: tuple[Formula, ...]
    key: tuple[Any, ...]
    number: int

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.key[1:]!r}"


class Atom(Formula):
    """Something open that holds or not; `kind` is `decision` or `unknown`, `name` identifies it."""

    __slots__ = ()

    @property
    def kind(self) -> Kind:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def name(self) -> Any:
        return self.key[2]


class AmountAtLeast(Formula):
    """`amount >= least`, or `amount > least` where `strict`; not settled by the ends as far as they are known. A whole
    amount is never asked strictly."""

    __slots__ = ()

    @property
    def amount(self) -> Amount:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def least(self) -> Any:
        return self.key[2]

    @property
    def strict(self) -> bool:
        return self.key[3]  # type: ignore[no-any-return]


class Negation(Formula):
    __slots__ = ()

    @property
    def operand(self) -> Formula:
        return self.key[1]  # type: ignore[no-any-return]


class Conjunction(Formula):
    __slots__ = ()

    @property
    def operands(self) -> tuple[Formula, ...]:
        return self.key[1]  # type: ignore[no-any-return]


class Disjunction(Formula):
    __slots__ = ()

    @property
    def operands(self) -> tuple[Formula, ...]:
        return self.key[1]  # type: ignore[no-any-return]


class Reaches(Formula):
    """`sum of weight * operand >= bound`, with whole weights, 0 < weight <= bound, and no common divisor."""

    __slots__ = ()

    @property
    def terms(self) -> tuple[tuple[Formula, int], ...]:
        return self.key[1]  # type: ignore[no-any-return]

    @property
    def bound(self) -> int:
        return self.key[2]  # type: ignore[no-any-return]


class Derived:
    """What an unknown number is worked out from: the kinds are in `open.derived`. Like formulas, two that are made
    alike are the same object."""

    __slots__ = ("__weakref__", "key", "order")
    _made: ClassVar[dict[tuple[Any, ...], Derived]] = {}

    key: tuple[Any, ...]
    order: int

    @classmethod
    def of(cls, *parts: Any) -> Any:
        """The one of this kind that is made of these parts."""
        key = (cls.__name__, *parts)
        known = Derived._made.get(key)
        if known is None:
            known = cls.__new__(cls)
            known.key = key
            known.order = len(Derived._made)
            Derived._made[key] = known
        return known

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self.key[1:]!r}"


def _make(cls: type[Formula], *parts: Any) -> Formula:
    key = (cls.__name__, *parts)
    known = Formula._made.get(key)
    if known is None:
        known = cls.__new__(cls)
        known.key = key
        known.number = len(Formula._made)
        known.below = _below(cls, parts)
        Formula._made[key] = known
    return known


def _below(cls: type[Formula], parts: tuple[Any, ...]) -> tuple[Formula, ...]:
    if cls is Conjunction or cls is Disjunction:
        return parts[0]  # type: ignore[no-any-return]
    if cls is Reaches:
        return tuple([term for term, _ in parts[0]])
    return parts if cls is Negation else ()


def forget() -> None:
    """Let go of every formula made so far (between organisations in a long-running process)."""
    Formula._made.clear()
    _chosen.clear()
    Derived._made.clear()


def decision(name: Any) -> Formula:
    """Whether the change called `name` is made."""
    return _make(Atom, "decision", name)


def unknown(name: Any) -> Formula:
    """Whether the unknown condition called `name` holds."""
    return _make(Atom, "unknown", name)


def amount_at_least(amount: Amount, least: Any, *, strict: bool = False) -> Condition:
    """`amount >= least`, or with `strict` `amount > least`; for a whole amount the next whole number is asked for."""
    if amount.whole:
        least = least.__floor__() + 1 if strict else least.__ceil__()
        strict = False
    if amount.low is not None and (least < amount.low or (least == amount.low and not strict)):
        return True
    if amount.high is not None and (least > amount.high or (least == amount.high and strict)):
        return False
    return _make(AmountAtLeast, amount, least, strict)


def reaches(terms: Iterable[tuple[Formula, int]], bound: int) -> Formula:
    """The formula of a sum that `quantities.at_least` has normalised, its terms in the order of their making."""
    return _make(Reaches, tuple(terms), bound)


def negation(condition: Condition) -> Condition:
    """`not condition`."""
    if isinstance(condition, bool):
        return not condition
    if isinstance(condition, Negation):
        return condition.operand
    return _make(Negation, condition)


def conjunction(conditions: Iterable[Condition]) -> Condition:
    """All of the conditions."""
    return _junction(Conjunction, conditions, absorbing=False)


def disjunction(conditions: Iterable[Condition]) -> Condition:
    """Any of the conditions."""
    return _junction(Disjunction, conditions, absorbing=True)


def _junction(
    cls: type[Conjunction] | type[Disjunction], conditions: Iterable[Condition], absorbing: bool
) -> Condition:
    operands: dict[Formula, None] = {}
    for condition in conditions:
        if condition is absorbing:
            return absorbing
        if isinstance(condition, bool):
            continue
        for each in condition.operands if isinstance(condition, cls) else (condition,):
            operands[each] = None
    opposites: set[Formula] = set()
    for each in operands:
        if isinstance(each, Negation):
            if each.operand in operands:
                return absorbing
            opposites.add(each.operand)
    dual = Disjunction if cls is Conjunction else Conjunction
    shorter = [each for each in operands if isinstance(each, dual) and _needless(each, operands, opposites)]
    if shorter:
        # a or (not a and b) is a or b
        for each in shorter:
            del operands[each]
        more = (
            _junction(dual, (one for one in each.below if not _opposed(one, operands, opposites)), not absorbing)
            for each in shorter
        )
        return _junction(cls, (*operands, *more), absorbing)
    if not operands:
        return not absorbing
    if len(operands) == 1:
        return next(iter(operands))
    return _make(cls, tuple(sorted(operands, key=lambda each: each.number)))


def _needless(formula: Formula, operands: Container[Formula], opposites: Container[Formula]) -> bool:
    """Whether a part of a formula is the opposite of one of some operands that it stands beside."""
    return any(_opposed(each, operands, opposites) for each in formula.below)


def _opposed(part: Formula, operands: Container[Formula], opposites: Container[Formula]) -> bool:
    return part in opposites or (isinstance(part, Negation) and part.operand in operands)


def either(condition: Condition, then: Condition, otherwise: Condition) -> Condition:
    """`then` where the condition holds, else `otherwise`."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    key = condition, then, otherwise
    known = _chosen.get(key)
    if known is None:
        made = disjunction((conjunction((condition, then)), conjunction((negation(condition), otherwise))))
        known = _chosen[key] = made
    return known


_chosen: dict[tuple[Condition, ...], Condition] = {}
"""What `either` has made: the worlds of one day after the other choose the same."""


def operands(formula: Formula) -> tuple[Formula, ...]:
    """What the formula is directly made of."""
    return formula.below


def subformulas(roots: Iterable[Condition]) -> Iterator[Formula]:
    """Every formula below the roots, each once, operands before what they are part of."""
    seen: set[Formula] = set()
    stack: list[Formula | None] = [root for root in roots if isinstance(root, Formula)]
    while stack:
        formula = stack.pop()
        if formula is None:  # all that the next one is made of was given
            above = stack.pop()
            assert above is not None
            yield above
        elif formula not in seen:
            seen.add(formula)
            if formula.below:
                stack += (formula, None)
                stack += [each for each in formula.below if each not in seen]
            else:
                yield formula
