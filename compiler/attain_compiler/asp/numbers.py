"""Arithmetic: sums, products, quotients and rounded numbers, and what is fixed of them when a policy is compiled."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from attain_compiler.asp import dates, predicates
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.program import LARGEST
from attain_compiler.asp.rules import Absolute, Comparison, Number, Operation, Term
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import (
    Exact,
    Mixed,
    NoRuleForm,
    Numeric,
    Ratio,
    add,
    at,
    constant,
    exact,
    multiply,
    product,
    ratio,
    scaled,
    subtract,
    times_term,
)
from attain_compiler.model import program as model
from attain_compiler.model.types import Quantity, RecordType

ZERO = Exact(Number(0), 1, 0, 0)
LARGEST_UNIT = 1_000_000
"""Steps finer than this are not counted in."""


def number(c: Compiler, expression: model.Expression, body: Body, scope: Scope) -> Numeric:
    """The value of an expression that is a quantity. Raises NoRuleForm."""
    value = c.value(expression, body, scope)
    if not isinstance(value, Exact | Ratio | Mixed):
        raise NoRuleForm("something else stands where a number is needed")
    return value


def arithmetic(c: Compiler, expression: model.Arithmetic, body: Body, scope: Scope) -> Numeric:
    """left + right, left - right, left * right, left / right"""
    left, right = number(c, expression.left, body, scope), number(c, expression.right, body, scope)
    match expression.operator:
        case "+":
            return add(left, right)
        case "-":
            return subtract(left, right)
        case "*":
            return multiply(left, right)
        case _:
            fixed = possible(c, expression.right)
            if fixed is not None and len(fixed) == 1 and isinstance(left, Exact) and isinstance(right, Exact):
                right = constant(next(iter(fixed)))  # whatever it is read from: then the quotient has a unit
            return quotient(left, right, body)


def quotient(left: Numeric, right: Numeric, body: Body) -> Numeric:
    """left / right; by a number of the policy it is exact, else numerator and divisor."""
    if isinstance(right, Exact) and isinstance(right.term, Number):
        divisor = Fraction(right.term.value, right.unit)
        if divisor == 0:
            raise NoRuleForm("a division by 0")
        if isinstance(left, Exact):
            over = scaled(left, divisor.denominator * (1 if divisor > 0 else -1))
            return exact(over.term, left.unit * abs(divisor.numerator), over.low, over.high)
    a, b = ratio(left), ratio(right)
    over, under = product(a.numerator, b.divisor), product(b.numerator, a.divisor)
    body.test(Comparison(under.term, "!=" if under.low < 0 else ">", Number(0)), cheap=False)
    if under.low >= 0:
        return Ratio(over, Exact(under.term, 1, max(under.low, 1), under.high))
    # The sign goes to the numerator: 0 to the power of |B|-B is 1, and 0 below 0. (B/|B| would be reckoned for 0 too.)
    doubled = exact(Operation("-", Absolute(under.term), under.term), 1, 0, max(-2 * under.low, 0))
    sign = Operation("-", Operation("*", Operation("**", Number(0), doubled.term), Number(2)), Number(1))
    most = max(abs(over.low), abs(over.high))
    turned = exact(Operation("*", over.term, sign), 1, -most, most)
    return Ratio(turned, Exact(Absolute(under.term), 1, 1, max(abs(under.low), abs(under.high))))


def _divides(c: Compiler, expression: model.Expression) -> bool:
    """Whether the body of a rule that has the value has a divisor that may be 0 and the condition that it is not. What
    is called, or has a predicate of its own, is divided elsewhere."""
    match expression:
        case model.Arithmetic(operator="/", left=left, right=right):
            fixed = possible(c, right)
            return fixed is None or 0 in fixed or _divides(c, left)
        case model.Arithmetic(left=left, right=right):
            return _divides(c, left) or _divides(c, right)
        case model.Aggregate(kind="average"):
            return True
        case model.Negative(operand=operand):
            return _divides(c, operand)
        case model.AsOf(value=value):
            return _divides(c, value)
        case _:
            return False


def _quotient_apart(c: Compiler, expression: model.Expression, body: Body, scope: Scope) -> Numeric:
    """The value, to be divided further. clingo may reckon before it looks whether a divisor is 0, and then remarks that
    an operation is undefined: so a quotient is read from a predicate of its own, which has it only where it exists."""
    if not _divides(c, expression):
        return number(c, expression, body, scope)

    def way(inner: Body, there: Scope) -> Value:
        return number(c, expression, inner, there)

    found = predicates.read(*c.auxiliary("quotient", [expression], [way], body, scope), body)
    return predicates.numeric(found)


def rounded(c: Compiler, expression: model.Rounded, body: Body, scope: Scope) -> Exact:
    """A number as a multiple of a fixed step. Every division leaves no remainder: that is taken away before."""
    steps = possible(c, expression.step)
    if steps is None or len(steps) != 1:
        raise NoRuleForm("rounding to steps that are not fixed")
    step = Fraction(next(iter(steps)))
    if step <= 0:
        raise NoRuleForm("rounding to steps of 0 or less")
    value = ratio(_quotient_apart(c, expression.value, body, scope))
    # value / step = over / under
    over = scaled(value.numerator, step.denominator)
    under = scaled(value.divisor, step.numerator)
    if expression.mode in ("half up", "half even"):
        over, under = scaled(over, 2), scaled(under, 2)
    n, d = assigned(over, "N", body), assigned(under, "D", body)
    match expression.mode:
        case "down":
            count = floor(n, d)
        case "up":
            up = floor(scaled(n, -1), d)
            count = scaled(up, -1)
        case _:
            count = _nearest(n, d, expression.mode, body)
    result = assigned(count, "Steps", body)
    numerator, denominator = step.numerator, step.denominator
    term = times_term(result.term, numerator)
    return exact(term, denominator, result.low * numerator, result.high * numerator)


def _nearest(n: Exact, d: Exact, mode: str, body: Body) -> Exact:
    """n / d to the nearest whole number; n and d are even, so that d/2 is whole."""
    half = Operation("/", d.term, Number(2))
    shifted = exact(Operation("+", n.term, half), 1, n.low, n.high + d.high)
    below = assigned(floor(shifted, d), "Near", body)
    # At a tie the rest is 0. `half up` goes away from 0: below 0 one less. `half even` goes to the even neighbour.
    rest = exact(Operation("\\", shifted.term, d.term), 1, -d.high, d.high)
    tie = assigned(Exact(rest.term, 1, rest.low, rest.high), "Rest", body)
    is_tie = Operation("-", Number(1), _one_if_not_zero(tie.term))
    if mode == "half up":
        negative = _one_if_negative(n.term)
        correction: Term = Operation("*", is_tie, negative)
    else:
        correction = Operation("*", is_tie, Absolute(Operation("\\", below.term, Number(2))))
    return exact(Operation("-", below.term, correction), 1, below.low - 1, below.high)


def _one_if_not_zero(term: Term) -> Term:
    """1, or 0 for 0: 0 to the power of nothing else than 0 is 1."""
    return Operation("-", Number(1), Operation("**", Number(0), Absolute(term)))


def _one_if_negative(term: Term) -> Term:
    """1 below 0, else 0: (|t| - t) is 0 or more, and 0 where t is not negative."""
    return _one_if_not_zero(Operation("-", Absolute(term), term))


def floor(n: Exact, d: Exact) -> Exact:
    """The greatest whole number that is not above n / d (d at least 1): what is left over is taken away first."""
    rest = Operation("\\", n.term, d.term)
    if n.low < 0:
        # `\\` takes the sign of n: brought between 0 and d.
        exact(n.term, 1, n.low - d.high, n.high)
        rest = Operation("\\", Operation("+", rest, d.term), d.term)
    low = -(-n.low // 1) if n.low >= 0 else n.low
    return exact(
        Operation("/", Operation("-", n.term, rest), d.term), 1, min(low, 0) if n.low < 0 else 0, max(n.high, 0)
    )


def assigned(number: Exact, hint: str, body: Body) -> Exact:
    """The number in a variable of its own."""
    if not isinstance(number.term, Operation | Absolute):
        return number
    variable = body.fresh(hint)
    body.add(Comparison(variable, "=", number.term), binds=frozenset((variable.name,)))
    return Exact(variable, number.unit, number.low, number.high)


def possible(c: Compiler, expression: model.Expression) -> frozenset[Fraction] | None:
    """The values that an expression can have, where the policy fixes them."""
    match expression:
        case model.Constant(value=int() | Fraction() as value) if not isinstance(value, bool):
            return frozenset((Fraction(value),))
        case model.Lookup(table=table) if isinstance(expression.type, Quantity):
            entries = c.program.tables[table].entries
            return frozenset(Fraction(each.value) for each in entries if isinstance(each.value, int | Fraction))
        case model.ReadingValue(reading=reading) if isinstance(expression.type, Quantity):
            alternatives = c.program.readings[reading].alternatives
            return frozenset(Fraction(each.value) for each in alternatives)  # type: ignore[arg-type]
        case model.DefineCall(define=define) if define not in c.given and define not in c.profile.given:
            return possible(c, c.program.defines[define].body)
        case model.AsOf(value=value):
            return possible(c, value)
        case model.Case(branches=branches, otherwise=otherwise):
            found = [possible(c, each.value) for each in branches] + [possible(c, otherwise)]
            if any(each is None for each in found):
                return None
            return frozenset(value for each in found if each is not None for value in each)
        case _:
            return None


def may_lack(c: Compiler, expression: model.Expression) -> bool:
    """Whether a value may not exist: a division by 0, the least of nothing, without an `else`."""
    match expression:
        case model.Fallback(fallback=fallback):
            return may_lack(c, fallback)
        case model.Arithmetic(operator="/", left=left, right=right):
            fixed = possible(c, right)
            return fixed is None or 0 in fixed or may_lack(c, left)
        case model.Aggregate(kind=kind) if kind not in ("count", "distinct", "sum"):  # of nothing these are 0
            return True
        case model.Aggregate(kind="sum", value=value) if value is not None:
            return may_lack(c, value)
        case model.Aggregate():
            return False
        case model.DefineCall(define=define):
            return may_lack(c, c.program.defines[define].body)
        case model.MeasureCall(measure=measure):
            return may_lack(c, c.program.measures[measure].body)
        case model.Arithmetic(left=left, right=right):
            return may_lack(c, left) or may_lack(c, right)
        case model.Negative(operand=operand):
            return may_lack(c, operand)
        case model.AsOf(value=value) | model.Rounded(value=value) | model.Clamped(value=value):
            return may_lack(c, value)
        case model.InProportion(value=value, full=full):
            return may_lack(c, value) or may_lack(c, full)
        case model.Extreme(items=items):
            return any(may_lack(c, each) for each in items)
        case model.Case(branches=branches, otherwise=otherwise):
            return any(may_lack(c, each.value) for each in branches) or may_lack(c, otherwise)
        case model.Shift(anchor=anchor):
            return may_lack(c, anchor)
        case model.DatePart(subject=subject):
            return may_lack(c, subject)
        case model.Elapsed(first=first, last=last):
            return any(may_lack(c, each) or dates.may_be_never(c.program, each) for each in (first, last))
        case _:
            return False


def in_steps(value: Ratio, most: Exact, unit: int, body: Body) -> Mixed:
    """A fraction from 0 to `most` in steps of 1/`unit` and a rest, by long division: no product passes the largest
    number, and what is divided has no remainder."""
    divisor = assigned(value.divisor, "D", body)
    numerator = assigned(value.numerator, "N", body)
    factors = _factors(unit, LARGEST // max(divisor.high, 1))
    rest = _assign(Operation("\\", numerator.term, divisor.term), "Rest", body)
    steps = _assign(_divided(numerator.term, rest, divisor.term), "S", body)
    for factor in factors:
        over = _assign(times_term(rest, factor), "N", body)
        rest = _assign(Operation("\\", over, divisor.term), "Rest", body)
        steps = _assign(Operation("+", times_term(steps, factor), _divided(over, rest, divisor.term)), "S", body)
    whole = at(most, lcm(most.unit, unit))
    highest = -(-whole.high * unit // whole.unit)
    return Mixed(exact(steps, unit, 0, highest), Exact(rest, 1, 0, max(divisor.high - 1, 0)), divisor)


def _assign(term: Term, hint: str, body: Body) -> Term:
    variable = body.fresh(hint)
    body.add(Comparison(variable, "=", term), binds=frozenset((variable.name,)))
    return variable


def _divided(over: Term, rest: Term, divisor: Term) -> Term:
    return Operation("/", Operation("-", over, rest), divisor)


def _factors(unit: int, largest: int) -> Sequence[int]:
    """Factors of a unit, each at most `largest`."""
    primes: list[int] = []
    left, prime = unit, 2
    while left > 1:
        while left % prime == 0:
            primes.append(prime)
            left //= prime
        prime += 1
        if prime * prime > left > 1:
            primes.append(left)
            break
    found: list[int] = []
    for each in sorted(primes, reverse=True):
        if each > largest:
            raise NoRuleForm("its steps are too fine for its divisor")
        place = next((index for index, have in enumerate(found) if have * each <= largest), None)
        if place is None:
            found.append(each)
        else:
            found[place] *= each
    return found


def row_total(c: Compiler, expression: model.Expression, binder: int, unit: int) -> tuple[int, int] | None:
    """The interval of the sum of an expression over all rows, in a unit: of columns added and taken away."""
    match expression:
        case model.FieldOf(row=model.Variable(number=n, type=RecordType(id=record)), field=field) if n == binder:
            column = c.profile.column(record, field)
            factor = unit // column.unit
            return column.total_low * factor, column.total_high * factor
        case model.Arithmetic(operator="+" | "-" as sign, left=left, right=right):
            first, second = row_total(c, left, binder, unit), row_total(c, right, binder, unit)
            if first is None or second is None:
                return None
            if sign == "+":
                return first[0] + second[0], first[1] + second[1]
            return first[0] - second[1], first[1] - second[0]
        case _:
            return None
