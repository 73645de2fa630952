"""What facts must be like to bring something about at a place, as conditions over what is open.

A program is evaluated with facts that are open, by closures that note at each place the condition on which an outcome
comes about there: that the evaluation gets to the place, that the rows it is about count, and what is asked of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any, Final, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import NEVER, NEVER_MONTH, Quantity, Simple, Type
from attain_engine.check.coverage import Key, Outcome, Recorder, without_index
from attain_engine.evaluate.calls import in_force, matches_key
from attain_engine.evaluate.expressions import closure_with
from attain_engine.evaluate.problems import NoAnswer, NotGiven
from attain_engine.evaluate.state import Bodies, Closure, Compile, Context, Frame
from attain_engine.evaluate.values import OPEN, compare, merged
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Condition, conjunction, disjunction, negation
from attain_engine.open.quantities import add

Goal: TypeAlias = tuple[Key, Outcome]

MOST = 6
"""So many conditions are kept for a goal."""

_ANY: Final = 9
"""How much a condition is preferred that says nothing of how near to its bound a value is; less is better."""


class Goals(Recorder):
    """Collects in `found`, for what is `wanted`, the conditions on which it comes about, the better ones first."""

    def __init__(self, program: model.Program) -> None:
        self.found: dict[Goal, list[tuple[int, Condition]]] = {}
        self.wanted: Set[Goal] = frozenset()
        self._path: Condition = True
        self._excluding = False
        self._exclusions = {id(each.condition): number for number, each in enumerate(program.exclusions.values())}
        self._leaves_out: dict[Row, dict[int, Condition]] = {}
        super().__init__(program)

    def begin(self, wanted: Set[Goal]) -> None:
        """Forget what was found, for another evaluation."""
        self.found, self.wanted, self._path, self._excluding = {}, wanted, True, False
        self._leaves_out = {}

    def _note(self, goal: Goal, condition: Condition, frame: Frame, context: Context, rank: int = _ANY) -> None:
        if goal not in self.wanted or condition is False:
            return
        known = self.found.setdefault(goal, [])
        if len(known) >= MOST and rank >= max(each for each, _ in known):
            return
        whole = conjunction((self._path, *self._present(frame, context), condition))
        if whole is not False and all(each is not whole for _, each in known):
            known.append((rank, whole))
            known.sort(key=lambda each: each[0])
            del known[MOST:]

    def _present(self, frame: Frame, context: Context) -> Iterator[Condition]:
        """That the rows count which the variables stand for; in an exclusion, that they are there."""
        for each in frame:
            if isinstance(each, Row):
                try:
                    unfiltered = self._excluding or context.unfiltered
                    given = context.state.world.tables.get(each.record, ())
                    items = given if unfiltered else context.state.rows(each.record, context).items
                except (NotGiven, NoAnswer):
                    continue
                yield next((present for row, present in items if row is each), False)

    @contextmanager
    def _given(self, condition: Condition) -> Iterator[None]:
        """What is noted meanwhile needs this condition as well."""
        before = self._path
        self._path = conjunction((before, condition))
        try:
            yield
        finally:
            self._path = before

    # ------------------------------------------------------------ closures

    def closure(self, bodies: Bodies, expression: model.Expression) -> Closure:
        """The closure of an expression that notes what it would bring about."""
        closure_of = partial(self.closure, bodies)
        match expression:
            case model.And() | model.Or():
                plain = self._junction(closure_of, expression)
            case model.Case():
                plain = self._case(closure_of, expression)
            case _:
                plain = closure_with(bodies.program, closure_of, without_index(expression))
        truths = tuple(self.truths.get(id(expression), ()))
        match expression:
            case model.Lookup(keys=keys, table=table):
                plain = self._entries(plain, self.program.tables[table], tuple(closure_of(each) for each in keys))
            case model.Compare(operator=operator) if truths and operator not in ("==", "!="):
                plain = self._bound(plain, expression, truths, closure_of)
                truths = ()
        if truths:
            plain = self._either(plain, truths)
        taken = self.taken.get(id(expression))
        if taken is not None:
            plain = self._noting(plain, taken)
        number = self._exclusions.get(id(expression))
        return plain if number is None else self._apart(plain, number)

    def _apart(self, plain: Closure, number: int) -> Closure:
        """An exclusion: which rows count is only decided by it, and what led there does not matter, but that no
        exclusion before it leaves the row out."""

        def apart(frame: Frame, context: Context) -> Any:
            before, self._excluding = (self._excluding, self._path), True
            row = next(each for each in frame if isinstance(each, Row))
            known = self._leaves_out.setdefault(row, {})
            self._path = conjunction(negation(truth) for each, truth in known.items() if each < number)
            try:
                known[number] = plain(frame, context)
                return known[number]
            finally:
                self._excluding, self._path = before

        return apart

    def _noting(self, plain: Closure, key: Key) -> Closure:
        def noting(frame: Frame, context: Context) -> Any:
            self._note((key, "taken"), True, frame, context)
            return plain(frame, context)

        return noting

    def _either(self, plain: Closure, keys: tuple[Key, ...]) -> Closure:
        def either(frame: Frame, context: Context) -> Any:
            truth = plain(frame, context)
            for key in keys:
                self._note((key, "true"), truth, frame, context)
                self._note((key, "false"), negation(truth), frame, context)
            return truth

        return either

    def _bound(self, plain: Closure, compared: model.Compare, keys: tuple[Key, ...], closure_of: Compile) -> Closure:
        left, right = closure_of(compared.left), closure_of(compared.right)
        comparator: Key = ("comparator", compared.span)
        both: tuple[Outcome, Outcome] = ("true", "false")

        def bound(frame: Frame, context: Context) -> Any:
            truth = plain(frame, context)
            a, b = left(frame, context), right(frame, context)
            self._note((comparator, "at"), compare("==", a, b), frame, context, 0)
            for goal in product(keys, both):
                if goal in self.wanted:
                    condition = truth if goal[1] == "true" else negation(truth)
                    for rank, beside in enumerate(_beside(a, b, compared.left.type)):
                        self._note(goal, conjunction((condition, beside)), frame, context, rank)
                    self._note(goal, condition, frame, context)
            return truth

        return bound

    def _junction(self, closure_of: Compile, expression: model.And | model.Or) -> Closure:
        inners = tuple(closure_of(each) for each in expression.items)
        absorbing = isinstance(expression, model.Or)
        join = disjunction if absorbing else conjunction

        def junction(frame: Frame, context: Context) -> Condition:
            found: list[Condition] = []
            before: Condition = True
            for each in inners:
                with self._given(before):
                    value: Condition = each(frame, context)
                if value is absorbing:
                    return absorbing
                found.append(value)
                before = conjunction((before, negation(value) if absorbing else value))
            return join(found)

        return junction

    def _case(self, closure_of: Compile, expression: model.Case) -> Closure:
        branches = [(closure_of(each.condition), closure_of(each.value)) for each in expression.branches]
        otherwise = closure_of(expression.otherwise)

        def case(frame: Frame, context: Context) -> Any:
            rest: Condition = True
            found: list[tuple[Condition, Any]] = []
            for condition, value in branches:
                with self._given(rest):
                    this = condition(frame, context)
                here = conjunction((rest, this))
                if here is not False:
                    with self._given(here):
                        found.append((here, value(frame, context)))
                rest = conjunction((rest, negation(this)))
                if rest is False:
                    break
            if rest is not False:
                with self._given(rest):
                    found.append((rest, otherwise(frame, context)))
            return found[0][1] if len(found) == 1 else merged(found)

        return case

    def _entries(self, plain: Closure, table: model.Table, keys: tuple[Closure, ...]) -> Closure:
        def entries(frame: Frame, context: Context) -> Any:
            asked = tuple([each(frame, context) for each in keys])
            rest: Condition = True
            for entry in table.entries:
                matches = _matches(entry, asked)
                if entry.force_from is not None:
                    when: Outcome = "before" if context.date < entry.force_from else "since"
                    self._note((("date", entry.span), when), matches, frame, context)
            for entry in in_force(table, context):
                matches = _matches(entry, asked)
                self._note((("entry", entry.span), "read"), conjunction((rest, matches)), frame, context)
                rest = conjunction((rest, negation(matches)))
                if rest is False:
                    break
            return plain(frame, context)

        return entries


def _matches(entry: model.Entry, keys: Iterable[Any]) -> Condition:
    pairs = zip(entry.keys, keys, strict=True)
    return conjunction(matches_key(wanted, key) for wanted, key in pairs if wanted is not None)


def _beside(left: Any, right: Any, type_: Type) -> Iterator[Condition]:
    """On what conditions one value is just beside another, nearest first."""
    match type_:
        case Quantity(kind=kind):
            for step in _STEPS.get(kind, _STEPS["number"]):
                if not isinstance(left, OPEN) and not isinstance(right, OPEN):
                    yield abs(left - right) == step
                else:
                    ends = (add(right, step), add(right, -step))
                    yield disjunction(compare("==", left, each) for each in ends)
        case Simple(kind="date"):
            for one, other in ((left, right), (right, left)):
                if isinstance(other, datetime.date) and datetime.date.min < other < NEVER:
                    day = datetime.timedelta(1)
                    yield disjunction(compare("==", one, each) for each in (other - day, other + day))
                    return
        case Simple(kind="month"):
            for one, other in ((left, right), (right, left)):
                if isinstance(other, int) and 0 < other < NEVER_MONTH:
                    yield disjunction(compare("==", one, each) for each in (other - 1, other + 1))
                    return
        case _:
            pass


_STEPS: Final[Mapping[str, tuple[Fraction, ...]]] = {
    "count": (Fraction(1),),
    "percent": (Fraction(1, 1000), Fraction(1, 100)),
    "number": (Fraction(1, 100), Fraction(1)),
}
"""How far beside a bound quantities are sought, the nearest first."""
