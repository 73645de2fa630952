"""What no facts can bring about at a place of a policy, on any day on which it is in force: proved, by what the policy
declares alone. An example is not missing for it.

Three things are looked at: on which days an entry of a parameter is in force and not replaced for all of its keys,
which values the entries that can be read have, and the bounds that are declared of what they are compared with.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, Final

from attain_compiler.model import program as model
from attain_compiler.model.checks.certain import decided, declared_range
from attain_compiler.model.types import COUNT, FLAG, Band, EnumType, Type, Value
from attain_compiler.model.walk import nodes

Outcomes = frozenset[str]

MOST_KEYS: Final = 2_000
"""Of a parameter with more combinations of keys than these, it is not looked at whether one entry replaces another."""

_OTHER: Final = object()
"""A key that no entry names."""


class Proofs:
    """What is proved of one program. Days are those on which the policy is in force; parameters that are asked for `as
    of` another day may be read on any."""

    def __init__(self, program: model.Program, bodies: Iterable[model.Node]) -> None:
        self._program = program
        self._any_day: set[str] = set()
        for each in (node for body in bodies for node in nodes(body) if isinstance(node, model.AsOf)):
            self._any_day |= _tables_asked(program, each.value)
        self._readable: dict[tuple[str, tuple[Any, ...]], frozenset[int]] = {}

    def date(self, table: model.Table, entry: model.Entry) -> Outcomes:
        """Of `before` and `since`, what no day is, for the day from which an entry holds."""
        first, last = self._days(table)
        start = entry.force_from or datetime.date.min
        return frozenset(("before",) if start <= first else ()) | frozenset(("since",) if start > last else ())

    def entry(self, table: model.Table, entry: model.Entry) -> Outcomes:
        """`read` where the entry is never in force, or where for all of its keys another one always counts."""
        read = self._read(table, (_OTHER,) * len(table.keys))
        return frozenset() if table.entries.index(entry) in read else frozenset(("read",))

    def compared(self, node: model.Compare) -> Outcomes:
        """Of `true`, `false` and `at`, what a comparison with what the policy says never comes to."""
        for subject, other, sign in (
            (node.left, node.right, node.operator),
            (node.right, node.left, _TURNED[node.operator]),
        ):
            values = self._values(other)
            if values is not None:
                return self._never(subject, sign, values)
        return frozenset()

    # ------------------------------------------------------------ parameters

    def _days(self, table: model.Table) -> tuple[datetime.date, datetime.date]:
        """The days on which a parameter can be read: where the main policy does not say when it is in force, those of
        the policy that declares it."""
        main, own = (self._program.policies[each] for each in (self._program.main, table.id.partition(".")[0]))
        policy = main if main.force_from or main.force_to else own
        if table.id in self._any_day:
            return datetime.date.min, datetime.date.max
        return policy.force_from or datetime.date.min, policy.force_to or datetime.date.max

    def _read(self, table: model.Table, asked: tuple[Any, ...]) -> frozenset[int]:
        """The numbers of the entries that can be read on some day, for the keys that are asked for: values, or `_OTHER`
        where a key may be any."""
        if (table.id, asked) not in self._readable:
            keys = self._keys(table, asked)
            found: set[int] = set()
            for day in self._turns(table):
                current = sorted(
                    (number for number, each in enumerate(table.entries) if _holds_on(each, day)),
                    key=lambda number: _order(table.entries[number]),
                )
                if keys is None:
                    found.update(current)
                else:
                    found.update(_first(table, current, each) for each in keys)
            self._readable[table.id, asked] = frozenset(found - {-1})
        return self._readable[table.id, asked]

    def _turns(self, table: model.Table) -> list[datetime.date]:
        """The first day, and each on which an entry begins or has ended."""
        first, last = self._days(table)
        day = datetime.timedelta(1)
        ended = (each.force_to for each in table.entries if each.force_to is not None)
        ends = {each + day for each in ended if each < datetime.date.max}
        starts = {each.force_from for each in table.entries if each.force_from is not None}
        return [first, *sorted(each for each in starts | ends if first < each <= last)]

    def _keys(self, table: model.Table, asked: tuple[Any, ...]) -> list[tuple[Any, ...]] | None:
        """Every combination of the keys asked for that may make a difference; None where they are ranges, or too
        many."""
        choices: list[list[Any]] = []
        for place, type_ in enumerate(table.keys):
            named = list(dict.fromkeys(each.keys[place] for each in table.entries if each.keys[place] is not None))
            if any(isinstance(each, Band) for each in named):
                return None
            every = self._all(type_) or [*named, _OTHER]
            choices.append(every if asked[place] is _OTHER else [asked[place]])
        count = 1
        for each in choices:
            count *= len(each)
        return list(product(*choices)) if count <= MOST_KEYS else None

    def _all(self, type_: Type) -> list[Any]:
        """Every value of a type that has few of them."""
        if type_ == FLAG:
            return [True, False]
        if isinstance(type_, EnumType) and type_.id in self._program.enums:
            return [each.constant for each in self._program.enums[type_.id].members]
        return []

    # ------------------------------------------------------------ comparisons

    def _values(self, node: model.Expression) -> frozenset[Value] | None:
        """The values that an expression may have where it rests on no facts; None where it does."""
        match node:
            case model.Constant(value=value) if not isinstance(value, bool | frozenset):
                return frozenset((value,))
            case model.Lookup(table=id_, keys=keys):
                table = self._program.tables[id_]
                asked = tuple(each.value if isinstance(each, model.Constant) else _OTHER for each in keys)
                read = (table.entries[each].value for each in self._read(table, asked))
                return frozenset(each for each in read if not isinstance(each, model.Unpublished))
            case _:
                return None

    def _never(self, subject: model.Expression, sign: str, values: frozenset[Value]) -> Outcomes:
        """What a subject compared with one of these values never comes to."""
        others = self._values(subject)
        low, high = declared_range(self._program, subject)
        reached: set[str] = set()
        for value in values:
            if others is not None:
                verdicts = {_compares(sign, each, value) for each in others}
                meets = value in others
            else:
                verdicts = {decided(sign, low, high, value)}
                inside = (low is None or low <= value) and (high is None or value <= high)  # type: ignore[operator]
                whole = subject.type != COUNT or getattr(value, "denominator", 1) == 1
                meets = inside and whole
            reached |= {"true"} if verdicts - {False} else set()
            reached |= {"false"} if verdicts - {True} else set()
            reached |= {"at"} if meets else set()
        return frozenset(("true", "false", "at")) - reached if values else frozenset()


def _tables_asked(program: model.Program, asked: model.Node) -> set[str]:
    """The parameters that something rests on, itself or by what it calls; which rows count included."""
    todo: list[model.Node] = [asked, *program.exclusions.values()]
    known: set[str] = set()
    tables: set[str] = set()
    while todo:
        for node in nodes(todo.pop()):
            called: tuple[str, Mapping[str, model.Node]] | None = None
            match node:
                case model.Lookup(table=name):
                    tables.add(name)
                case model.DefineCall(define=name) | model.SelfCall(define=name):
                    called = name, program.defines
                case model.MeasureCall(measure=name):
                    called = name, program.measures
                case model.ScoreCall(score=name) | model.MaximumOf(score=name):
                    called = name, program.scores
                case model.StatusIs(designation=name):
                    called = name, program.designations
                case _:
                    pass
            if called is not None and called[0] not in known:
                known.add(called[0])
                todo += (called[1][called[0]],) if called[0] in called[1] else ()
    return tables


_TURNED: Final[Mapping[str, str]] = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _compares(sign: str, value: Value, bound: Value) -> bool | None:
    """Whether a value compares so with another."""
    return (value == bound) is (sign == "==") if sign in ("==", "!=") else decided(sign, value, value, bound)


def _holds_on(entry: model.Entry, day: datetime.date) -> bool:
    return (entry.force_from or day) <= day <= (entry.force_to or day)


def _order(entry: model.Entry) -> tuple[int, int]:
    """Which entry counts before which."""
    return -(entry.force_from or datetime.date.min).toordinal(), sum(key is None for key in entry.keys)


def _first(table: model.Table, current: Iterable[int], keys: tuple[Any, ...]) -> int:
    """The number of the entry that counts for these keys; -1 where there is none."""
    for number in current:
        wanted = table.entries[number].keys
        if all(want is None or want == key for want, key in zip(wanted, keys, strict=True)):
            return number
    return -1
