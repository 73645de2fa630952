"""Numbers of a rule: whole multiples of a unit, or numerator and divisor, each with the interval it lies in.

clingo's whole numbers have 32 bits and wrap without a word, so no term is built whose value could pass them: the
interval of every sum, product and intermediate result is checked as it is made, and `NoRuleForm` says where one is not.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import Final, TypeAlias

from attain_compiler.asp.program import LARGEST
from attain_compiler.asp.rules import Comparison, Function, Number, Operation, Relation, Term
from attain_compiler.frozen import frozen


class NoRuleForm(Exception):
    """Something has no form as a rule that is exact: the message says what, for the comment in the program."""


@frozen
class Exact:
    """`term` / `unit`, where `term` is a whole number from `low` to `high`."""

    term: Term
    unit: int
    low: int
    high: int


@frozen
class Ratio:
    """`numerator` / `divisor`, both whole (their unit is 1); the divisor is 1 or more."""

    numerator: Exact
    divisor: Exact


@frozen
class Mixed:
    """(`steps` + `rest` / `divisor`) / unit, with 0 <= rest < divisor: a number that need not be a whole number of
    steps, cut into the steps below it and what is left. Held against whole steps and against its like it is exact."""

    steps: Exact
    rest: Exact
    divisor: Exact


Numeric: TypeAlias = Exact | Ratio | Mixed


def exact(term: Term, unit: int, low: int, high: int) -> Exact:
    """A number whose interval fits. Raises NoRuleForm."""
    if low < -LARGEST or high > LARGEST:
        raise NoRuleForm(f"its values could pass {LARGEST}, the solver's largest number")
    return Exact(term, unit, low, high)


def constant(value: int | Fraction, unit: int = 1) -> Exact:
    """A number of the policy, in its own unit or a multiple of it."""
    fraction = Fraction(value)
    if unit % fraction.denominator:
        unit = lcm(unit, fraction.denominator)
    whole = int(fraction * unit)
    return exact(Number(whole), unit, whole, whole)


def times_term(term: Term, factor: int) -> Term:
    """A term times a number, folded where it can be."""
    match term:
        case _ if factor == 1:
            return term
        case Number(value=value):
            return Number(value * factor)
        case Operation(operator="*", left=left, right=Number(value=value)):
            return times_term(left, value * factor)
        case _:
            return Operation("*", term, Number(factor))


def scaled(number: Exact, factor: int) -> Exact:
    """The number's term times a whole factor, in the same unit."""
    ends = (number.low * factor, number.high * factor)
    return exact(times_term(number.term, factor), number.unit, min(ends), max(ends))


def at(number: Exact, unit: int) -> Exact:
    """The number in another unit, a multiple of its own."""
    if unit % number.unit:
        raise NoRuleForm(f"it is in steps of 1/{number.unit}, where steps of 1/{unit} are held against it")
    factor = unit // number.unit
    return exact(times_term(number.term, factor), unit, number.low * factor, number.high * factor)


def together(*numbers: Exact) -> tuple[int, tuple[Exact, ...]]:
    """The common unit of several numbers, and each of them in it."""
    unit = lcm(1, *(each.unit for each in numbers))
    return unit, tuple(at(each, unit) for each in numbers)


def sum_of(left: Exact, right: Exact) -> Exact:
    """left + right"""
    unit, (a, b) = together(left, right)
    if isinstance(a.term, Number) and isinstance(b.term, Number):
        return constant(Fraction(a.term.value + b.term.value, unit), unit)
    if b.term == Number(0):
        return a
    term = b.term if a.term == Number(0) else Operation("+", a.term, b.term)
    return exact(term, unit, a.low + b.low, a.high + b.high)


def difference(left: Exact, right: Exact) -> Exact:
    """left - right"""
    unit, (a, b) = together(left, right)
    if b.term == Number(0):
        return a
    return exact(Operation("-", a.term, b.term), unit, a.low - b.high, a.high - b.low)


def product(left: Exact, right: Exact) -> Exact:
    """left * right"""
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    if isinstance(right.term, Number):
        term = times_term(left.term, right.term.value)
    elif isinstance(left.term, Number):
        term = times_term(right.term, left.term.value)
    else:
        term = Operation("*", left.term, right.term)
    return exact(term, left.unit * right.unit, min(ends), max(ends))


def whole(number: Exact) -> Exact:
    """The number's term as a number of its own."""
    return Exact(number.term, 1, number.low, number.high)


def ratio(number: Numeric) -> Ratio:
    """Any number as numerator and divisor."""
    if isinstance(number, Ratio):
        return number
    if isinstance(number, Mixed):
        raise NoRuleForm("it is counted in steps and a rest, and is held against something else than steps")
    return Ratio(whole(number), Exact(Number(number.unit), 1, number.unit, number.unit))


def add(left: Numeric, right: Numeric) -> Numeric:
    """left + right"""
    if isinstance(left, Exact) and isinstance(right, Exact):
        return sum_of(left, right)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Mixed) and isinstance(other, Exact):
            return Mixed(sum_of(one.steps, at(other, one.steps.unit)), one.rest, one.divisor)
    a, b = ratio(left), ratio(right)
    over = sum_of(product(a.numerator, b.divisor), product(b.numerator, a.divisor))
    return Ratio(over, product(a.divisor, b.divisor))


def negative(number: Numeric) -> Numeric:
    """-number"""
    if isinstance(number, Exact):
        return scaled(number, -1)
    number = ratio(number)
    return Ratio(scaled(number.numerator, -1), number.divisor)


def subtract(left: Numeric, right: Numeric) -> Numeric:
    """left - right"""
    if isinstance(left, Exact) and isinstance(right, Exact):
        return difference(left, right)
    return add(left, negative(right))


def multiply(left: Numeric, right: Numeric) -> Numeric:
    """left * right"""
    if isinstance(left, Exact) and isinstance(right, Exact):
        return product(left, right)
    a, b = ratio(left), ratio(right)
    return Ratio(product(a.numerator, b.numerator), product(a.divisor, b.divisor))


TURNED: Final[dict[Relation, Relation]] = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""The relation with its sides changed."""
NEGATED: Final[dict[Relation, Relation]] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""The relation that holds when this one does not."""


def _pair(first: Term, second: Term) -> Term:
    return Function("", (first, second))


def _rests(left: Mixed, right: Mixed) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """Two rests in terms that compare as they do: multiplied out, or else as digits. Fractions that differ do so by at
    least 1 / (product of the divisors), so that with so many digits only equal ones are alike."""
    try:
        one, other = product(left.rest, right.divisor), product(right.rest, left.divisor)
    except NoRuleForm:
        base = LARGEST // max(left.divisor.high, right.divisor.high)
        if base < 2:
            raise
        reach, number = base, 1
        while reach < left.divisor.high * right.divisor.high:
            reach, number = reach * base, number + 1
        return _digits(left, base, number), _digits(right, base, number)
    return (one.term,), (other.term,)


def _digits(mixed: Mixed, base: int, number: int) -> tuple[Term, ...]:
    """The first digits of rest / divisor in a base; what is divided has no remainder."""
    found: list[Term] = []
    rest = mixed.rest.term
    for _ in range(number):
        over = times_term(rest, base)
        rest = Operation("\\", over, mixed.divisor.term)
        found.append(Operation("/", Operation("-", over, rest), mixed.divisor.term))
    return tuple(found)


def _exactly(left: Exact, relation: Relation, right: Exact) -> Comparison:
    """The comparison of two numbers in their common unit; where one does not fit it, the other one is divided into
    whole steps and a rest instead."""
    try:
        _, (a, b) = together(left, right)
    except NoRuleForm:
        if left.unit % right.unit == 0:
            return _exactly(right, TURNED[relation], left)
        if right.unit % left.unit:
            raise
        factor = right.unit // left.unit
        shift = -(min(right.low, 0) // factor)  # so that what is divided is not below 0
        coarse = exact(_plus(left.term, shift), left.unit, left.low + shift, left.high + shift)
        moved = shift * factor
        fine = exact(_plus(right.term, moved), right.unit, right.low + moved, right.high + moved)
        return Comparison(in_steps_of(coarse, left.unit), relation, in_steps_of(fine, left.unit))
    return Comparison(a.term, relation, b.term)


def in_steps_of(number: Exact, unit: int) -> Term:
    """A number as its whole steps of a coarser unit and its rest, in a pair that compares as it does: one that is not
    below 0, since division rounds towards 0, or one that has this unit."""
    factor = number.unit // unit
    if factor == 1:
        return _pair(number.term, Number(0))
    if number.unit % unit or number.low < 0:
        raise NoRuleForm(f"it is in steps of 1/{number.unit}, where steps of 1/{unit} are held against it")
    rest = Operation("\\", number.term, Number(factor))
    return _pair(Operation("/", Operation("-", number.term, rest), Number(factor)), rest)


def _plus(term: Term, number: int) -> Term:
    return Operation("+", term, Number(number)) if number else term


def compared(left: Numeric, relation: Relation, right: Numeric) -> Comparison:
    """The comparison of two numbers, multiplied out where one of them is a quotient."""
    if isinstance(left, Exact) and isinstance(right, Exact):
        return _exactly(left, relation, right)
    if isinstance(left, Mixed) and isinstance(right, Exact):
        steps = at(right, left.steps.unit)
        return Comparison(_pair(left.steps.term, left.rest.term), relation, _pair(steps.term, Number(0)))
    if isinstance(left, Exact) and isinstance(right, Mixed):
        return compared(right, TURNED[relation], left)
    if isinstance(left, Mixed) and isinstance(right, Mixed):
        _, (a, b) = together(left.steps, right.steps)
        if a.unit != left.steps.unit or b.unit != right.steps.unit:
            raise NoRuleForm("two numbers are counted in different steps, with a rest")
        first_rest, second_rest = _rests(left, right)
        return Comparison(Function("", (a.term, *first_rest)), relation, Function("", (b.term, *second_rest)))
    first, second = ratio(left), ratio(right)
    return Comparison(
        product(first.numerator, second.divisor).term, relation, product(second.numerator, first.divisor).term
    )
