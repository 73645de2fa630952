"""Operators: comparisons, and, or, arithmetic, cases. Each looks first whether its values are settled."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, Final

from attain_compiler.model import program as model
from attain_engine.evaluate import numbers
from attain_engine.evaluate.problems import NoAnswer, NotGiven, TooLong, Trouble
from attain_engine.evaluate.state import Closure, Compile, Context, Frame
from attain_engine.evaluate.values import (
    NO_VALUE,
    OPEN,
    SETTLED,
    Cases,
    compare,
    contains,
    merged,
    settled_comparison,
)
from attain_engine.open import quantities
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation

_ARITHMETIC: Final[dict[str, Callable[[Any, Any], Any]]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def comparison(closure_of: Compile, expression: model.Compare) -> Closure:
    """The closure of a comparison."""
    symbol, right = expression.operator, expression.right
    first, settled = closure_of(expression.left), settled_comparison(symbol)
    if isinstance(right, model.Constant) and type(right.value) in SETTLED:
        bound = right.value

        def to_constant(frame: Frame, context: Context) -> Condition:
            a = first(frame, context)
            return settled(a, bound) if type(a) in SETTLED else compare(symbol, a, bound)

        return to_constant

    second = closure_of(right)

    def comparison(frame: Frame, context: Context) -> Condition:
        a = first(frame, context)
        b = second(frame, context)
        if type(a) in SETTLED and type(b) in SETTLED:
            return settled(a, b)
        return compare(symbol, a, b)

    return comparison


def membership(closure_of: Compile, expression: model.Contains) -> Closure:
    """The closure of `element in container`."""
    inner, outer = closure_of(expression.element), closure_of(expression.container)
    # What is written in the policy holds nothing open.
    written = isinstance(expression.container, model.Constant | model.Lookup)

    def membership(frame: Frame, context: Context) -> Condition:
        element, container = inner(frame, context), outer(frame, context)
        if written and type(element) in SETTLED and type(container) is frozenset:
            return element in container
        return contains(element, container)

    return membership


def negated(closure_of: Compile, expression: model.Not) -> Closure:
    """The closure of `not`."""
    inner = closure_of(expression.operand)

    def negated(frame: Frame, context: Context) -> Condition:
        value = inner(frame, context)
        if value is True:
            return False
        return True if value is False else negation(value)

    return negated


def junction(closure_of: Compile, expression: model.And | model.Or) -> Closure:
    """The closure of `and` and `or`: what follows a part that decides is not looked at, and a part without an answer
    matters only where no other decides."""
    inners = tuple(closure_of(each) for each in expression.items)
    absorbing = isinstance(expression, model.Or)
    neutral = not absorbing
    join = disjunction if absorbing else conjunction

    def junction(frame: Frame, context: Context) -> Condition:
        unsettled: list[Condition] = []
        trouble: Trouble | None = None
        for each in inners:
            try:
                value: Condition = each(frame, context)
            except (NoAnswer, NotGiven) as problem:
                trouble = trouble or problem
                continue
            if value is absorbing:
                return absorbing
            if value is not neutral:
                unsettled.append(value)
        if trouble is not None:
            raise trouble
        return join(unsettled) if unsettled else neutral

    return junction


def at_least(closure_of: Compile, least: model.Expression, items: Sequence[model.Expression]) -> Closure:
    """The closure of `at least N of`: parts without an answer matter only where the others do not decide."""
    needed, inners = closure_of(least), tuple(closure_of(each) for each in items)

    def at_least(frame: Frame, context: Context) -> Condition:
        number = needed(frame, context)
        values: list[Condition] = []
        troubles: list[Trouble] = []
        for each in inners:
            try:
                values.append(each(frame, context))
            except (NoAnswer, NotGiven) as problem:
                troubles.append(problem)
        held = quantities.compare(">=", quantities.weighted((each, 1) for each in values), number)
        if not troubles or held is True:
            return held
        if quantities.compare(">=", quantities.weighted((each, 1) for each in values), number - len(troubles)) is False:
            return False
        raise troubles[0]

    return at_least


def arithmetic(closure_of: Compile, expression: model.Arithmetic) -> Closure:
    """The closure of `+`, `-`, `*` and `/`."""
    first, second = closure_of(expression.left), closure_of(expression.right)
    symbol = expression.operator
    if symbol == "/":
        return lambda frame, context: numbers.divided(first(frame, context), second(frame, context))
    settled, product = _ARITHMETIC[symbol], symbol == "*"

    def arithmetic(frame: Frame, context: Context) -> Any:
        a, b = first(frame, context), second(frame, context)
        if isinstance(a, OPEN) or isinstance(b, OPEN):
            return numbers.arithmetic(symbol, a, b)
        result = settled(a, b)
        if product and numbers.is_too_large(result):
            raise TooLong(numbers.MOST_BITS, expression)
        return result

    return arithmetic


def case(closure_of: Compile, expression: model.Case) -> Closure:
    """The closure of `by case` and of gates: the first branch whose condition holds."""
    branches = [(closure_of(each.condition), closure_of(each.value)) for each in expression.branches]
    otherwise = closure_of(expression.otherwise)

    def case(frame: Frame, context: Context) -> Any:
        rest: Condition = True
        found: list[tuple[Condition, Any]] = []
        for condition, value in branches:
            this = condition(frame, context)
            if this is False:
                continue
            if this is True and not found:
                return value(frame, context)
            found.append((conjunction((rest, this)), value(frame, context)))
            rest = conjunction((rest, negation(this)))
            if rest is False:
                break
        if not found:
            return otherwise(frame, context)
        if rest is not False:
            found.append((rest, otherwise(frame, context)))
        return merged(found)

    return case


def fallback(closure_of: Compile, expression: model.Fallback) -> Closure:
    """The closure of `else`: what stands for a value that does not exist."""
    inner, instead = closure_of(expression.value), closure_of(expression.fallback)

    def fallback(frame: Frame, context: Context) -> Any:
        found = inner(frame, context)
        if found is NO_VALUE:
            return instead(frame, context)
        if isinstance(found, Cases) and any(each is NO_VALUE for _, each in found.alternatives):
            return merged(
                [
                    (condition, instead(frame, context) if each is NO_VALUE else each)
                    for condition, each in found.alternatives
                ]
            )
        return found

    return fallback
