"""Numbers in pieces: in proportion up to a full, cut off, the greater or less of several. Each piece is a way."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm

from attain_compiler.asp import numbers
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler, Way
from attain_compiler.asp.rules import Comparison, Number, Operation, Relation
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import (
    Exact,
    Mixed,
    NoRuleForm,
    Numeric,
    Ratio,
    compared,
    constant,
    exact,
    product,
    ratio,
    times_term,
    together,
)
from attain_compiler.model import program as model


def ways(c: Compiler, expression: model.InProportion | model.Clamped | model.Extreme) -> list[Way]:
    """The ways in which a scoring or extreme gets its value: a rule for each."""
    match expression:
        case model.InProportion():
            return _in_proportion(c, expression)
        case model.Clamped():
            return _clamped(c, expression)
        case _:
            return _extreme(c, expression)


def _extreme(c: Compiler, expression: model.Extreme) -> list[Way]:
    """Each item where no other is beyond it."""

    def way(index: int) -> Way:
        def this(body: Body, scope: Scope) -> Value:
            found = [c.value(each, body, scope) for each in expression.items]
            relation: Relation = ">=" if expression.kind == "max" else "<="
            for other, each in enumerate(found):
                if other != index:
                    body.test(_ordered(found[index], relation, each), cheap=False)
            return found[index]

        return this

    return [way(index) for index in range(len(expression.items))]


def _ordered(left: Value, relation: Relation, right: Value) -> Comparison:
    if isinstance(left, Exact | Ratio | Mixed) and isinstance(right, Exact | Ratio | Mixed):
        return compared(left, relation, right)
    if isinstance(left, Exact | Ratio | Mixed) or isinstance(right, Exact | Ratio | Mixed):
        raise NoRuleForm("a number is compared with something else")
    return Comparison(left, relation, right)


def _clamped(c: Compiler, expression: model.Clamped) -> list[Way]:
    """Nothing below 0, the maximum above it."""
    if isinstance(expression.value, model.Constant) and isinstance(expression.maximum, model.Constant):
        value, most = Fraction(expression.value.value), Fraction(expression.maximum.value)  # type: ignore[arg-type]
        least = min(max(value, Fraction(0)), most)
        return [lambda body, scope: constant(least)]

    if isinstance(expression.value, model.Case):
        # The branches first: points for something, none otherwise.
        return [
            inner
            for way in c.ways(expression.value)
            for inner in _cut(lambda body, scope, way=way: _numeric(way(body, scope)), c, expression.maximum)  # type: ignore[misc]
        ]
    return _cut(lambda body, scope: numbers.number(c, expression.value, body, scope), c, expression.maximum)


def _numeric(value: Value | None) -> Numeric:
    if not isinstance(value, Exact | Ratio | Mixed):
        raise NoRuleForm("something else stands where a number is needed")
    return value


def _cut(read: Callable[[Body, Scope], Numeric], c: Compiler, maximum: model.Expression) -> list[Way]:
    def nothing(body: Body, scope: Scope) -> Value:
        value: Numeric = read(body, scope)
        body.test(compared(value, "<=", numbers.ZERO), cheap=False)
        most = numbers.number(c, maximum, body, scope)
        body.test(compared(numbers.ZERO, "<=", most), cheap=False)
        return numbers.ZERO

    def some(body: Body, scope: Scope) -> Value:
        value: Numeric = read(body, scope)
        most = numbers.number(c, maximum, body, scope)
        body.test(compared(numbers.ZERO, "<", value), cheap=False)
        body.test(compared(value, "<", most), cheap=False)
        return limited(value, most)

    def full(body: Body, scope: Scope) -> Value:
        value: Numeric = read(body, scope)
        most = numbers.number(c, maximum, body, scope)
        body.test(compared(value, ">=", most), cheap=False)
        return most

    def below(body: Body, scope: Scope) -> Value:
        """A maximum below 0 is what is left of anything."""
        value: Numeric = read(body, scope)
        most = numbers.number(c, maximum, body, scope)
        body.test(compared(most, "<", numbers.ZERO), cheap=False)
        body.test(compared(value, "<", most), cheap=False)
        return most

    fixed = numbers.possible(c, maximum)
    if fixed is not None and all(each >= 0 for each in fixed):
        return [nothing, some, full]
    return [nothing, some, full, below]


def limited(value: Numeric, most: Numeric) -> Numeric:
    """The value, known to lie above 0 and below `most`."""
    if isinstance(value, Exact) and isinstance(most, Exact):
        unit, (a, b) = together(value, most)
        return Exact(a.term, unit, max(a.low, 0), max(min(a.high, b.high), 0))
    if isinstance(value, Ratio) and isinstance(most, Exact):
        highest = -(-most.high * value.divisor.high // most.unit)
        n = value.numerator
        return Ratio(Exact(n.term, 1, max(n.low, 0), max(min(n.high, highest), 0)), value.divisor)
    return value


def _in_proportion(c: Compiler, expression: model.InProportion) -> list[Way]:
    """Nothing up to 0, the maximum from the full on, a share of it between; no answer where the full is not above 0."""
    fulls, tops = numbers.possible(c, expression.full), numbers.possible(c, expression.maximum)

    def whole(body: Body, scope: Scope) -> Numeric:
        found = numbers.number(c, expression.full, body, scope)
        if fulls is None or any(each <= 0 for each in fulls):
            body.unknown(compared(found, "<=", numbers.ZERO), last=False)
        return found

    def nothing(body: Body, scope: Scope) -> Value:
        value = numbers.number(c, expression.value, body, scope)
        if fulls is None or any(each <= 0 for each in fulls):
            whole(body, scope)
        body.test(compared(value, "<=", numbers.ZERO), cheap=False)
        return numbers.ZERO

    def share(body: Body, scope: Scope) -> Value:
        value = numbers.number(c, expression.value, body, scope)
        full = whole(body, scope)
        most = numbers.number(c, expression.maximum, body, scope)
        body.test(compared(numbers.ZERO, "<", value), cheap=False)
        body.test(compared(value, "<", full), cheap=False)
        if isinstance(value, Exact) and isinstance(full, Exact) and isinstance(most, Exact) and fulls and tops:
            return _share(value, full, most, fulls, tops)
        a, b, m = ratio(limited(value, full)), ratio(full), ratio(most)
        over = product(product(m.numerator, a.numerator), b.divisor)
        under = product(product(m.divisor, a.divisor), _positive(b.numerator))
        return Ratio(over, under)

    def all_of_it(body: Body, scope: Scope) -> Value:
        value = numbers.number(c, expression.value, body, scope)
        full = whole(body, scope)
        body.test(compared(value, ">=", full), cheap=False)
        body.test(compared(value, ">", numbers.ZERO), cheap=False)
        return numbers.number(c, expression.maximum, body, scope)

    if tops is None or any(each < 0 for each in tops):
        raise NoRuleForm("points in proportion to a maximum that is worked out")
    return [nothing, share, all_of_it]


def _positive(number: Exact) -> Exact:
    return Exact(number.term, number.unit, max(number.low, 1), number.high)


def _share(value: Exact, full: Exact, most: Exact, fulls: frozenset[Fraction], tops: frozenset[Fraction]) -> Exact:
    """most * value / full, in a unit in which one step of the value is whole points for every full and maximum."""
    pairs = [(top, each) for top in tops for each in fulls if each > 0]
    unit = lcm(1, *((top / each / value.unit).denominator for top, each in pairs))
    if unit > numbers.LARGEST_UNIT:
        raise NoRuleForm("its points come in too fine steps")
    ends = [int(unit * top / each / value.unit) for top, each in pairs]
    highest = max((int(unit * top) for top in tops), default=0)
    if isinstance(full.term, Number) and isinstance(most.term, Number):
        return exact(times_term(value.term, ends[0]), unit, 0, highest)
    # steps for one step of the value: unit * most / (full * value.unit), without remainder by the choice of the unit
    factor = Fraction(unit * full.unit, most.unit * value.unit)
    top_term = times_term(most.term, factor.numerator)
    exact(top_term, 1, 0, most.high * factor.numerator)
    under = times_term(full.term, factor.denominator)
    exact(under, 1, 0, full.high * factor.denominator)
    each_step = Operation("/", top_term, under)
    return exact(Operation("*", value.term, each_step), unit, 0, highest)
