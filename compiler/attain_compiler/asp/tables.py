"""Parameters, readings and enums: facts of the policy, and how they are read.

A parameter is a fact for each combination of keys, the keys first. A key of ordered values (counts, dates, months) is a
range `(low,high)`, and so are the dates in force, which then come first; a set is a fact for each element; a band is
two columns. Values that were never published are `unknown`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import lcm, prod
from typing import Any

from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import (
    Atom,
    Comparison,
    Function,
    Negation,
    Number,
    Rule,
    Symbol,
    Term,
    Variable,
    variables_in,
)
from attain_compiler.asp.shapes import Scope, Shape, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, at, exact
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, Band, BandType, EnumType, EnumValue, Quantity, SetType, Simple, Type

MOST_CELLS = 5_000
"""A parameter with more combinations of keys is not written out."""

UNKNOWN = Symbol("unknown")
LOWEST, HIGHEST = Symbol("#inf"), Symbol("#sup")


@frozen
class TableFacts:
    """How a parameter stands in its facts: `units` of the keys (0: none) and of the value."""

    predicate: str
    dated: bool
    keys: tuple[int, ...]
    unit: int
    low: int
    high: int
    gaps: bool


@frozen
class Cell:
    """Keys between two neighbouring bounds, both included, in the key's unit."""

    low: int | None
    high: int | None

    def term(self) -> Term:
        low = LOWEST if self.low is None else Number(self.low)
        high = HIGHEST if self.high is None else Number(self.high)
        return Function("", (low, high))


# ---------------------------------------------------------------- enums and readings


def members(c: Compiler, enum: str) -> list[EnumValue]:
    """The values of an enum, or the alternatives of a reading without values."""
    declared = c.program.enums.get(enum)
    if declared is not None:
        return [each.constant for each in declared.members]
    return [each.value for each in c.program.readings[enum].alternatives if isinstance(each.value, EnumValue)]


def enum(c: Compiler, identifier: str) -> str:
    """The predicate of an enum's values."""
    name = c.names.predicate(identifier, "_value" if identifier in c.program.readings else "")
    if c.known(("enum", identifier)) is None:
        c.remember(("enum", identifier), name)
        declared = c.program.enums.get(identifier) or c.program.readings[identifier]
        c.spans[identifier] = declared.span
        for each in members(c, identifier):
            c.rule(Rule(Atom(name, (Symbol(c.names.constant(each.enum, each.name)),))), identifier)
    return name


def reading(c: Compiler, identifier: str) -> Shape:
    """The predicate of a reading, whose one fact (the chosen alternative) comes with the facts."""
    key = ("reading", identifier)
    known: Shape | None = c.known(key)
    if known is None:
        declared = c.program.readings[identifier]
        name = c.names.predicate(identifier)
        c.spans[identifier] = declared.span
        c.note("its fact, the alternative that is chosen, comes with the facts", identifier)
        c.statements.setdefault(identifier, {})
        if isinstance(declared.type, Quantity):
            unit = reading_unit(declared)
            ends = [int(Fraction(each.value) * unit) for each in declared.alternatives]  # type: ignore[arg-type]
            exact(Number(0), unit, min(ends), max(ends))
            known = Shape(name, "exact", unit, ((min(ends), max(ends)),))
        elif isinstance(declared.type, SetType | BandType):
            raise NoRuleForm("a reading whose alternatives are sets")
        else:
            known = Shape(name, "term")
        c.remember(key, known)
    return known


def reading_unit(declared: model.Reading) -> int:
    """The unit of a reading's alternatives."""
    if not isinstance(declared.type, Quantity):
        return 1
    return lcm(1, *(Fraction(each.value).denominator for each in declared.alternatives))  # type: ignore[arg-type]


# ---------------------------------------------------------------- the facts of a parameter


def facts(c: Compiler, identifier: str) -> TableFacts:
    """Write a parameter's facts, once."""
    key = ("table", identifier)
    known = c.known(key)
    if known is None:
        mark = c.mark()
        try:
            known = _facts(c, c.program.tables[identifier])
        except NoRuleForm as why:
            c.back(mark)
            known = str(why)
        c.remember(key, known)
    if isinstance(known, str):
        raise NoRuleForm(known)
    return known  # type: ignore[no-any-return]


def _facts(c: Compiler, table: model.Table) -> TableFacts:
    dated = c.depends.table_dated(table)
    units = tuple(_key_unit(type_, [each.keys[i] for each in table.entries]) for i, type_ in enumerate(table.keys))
    cells = [_cells(c, table, index, unit) for index, unit in enumerate(units)]
    spans = _spans_in_force(table) if dated else [(None, None)]
    if len(spans) * prod(len(each) for each in cells) > MOST_CELLS:
        raise NoRuleForm(f"`{table.name}` has too many combinations of keys")
    unit, low, high = _values(table)
    name = c.names.predicate(table.id)
    c.spans[table.id] = table.span
    c.statements.setdefault(table.id, {})
    gaps = False
    for start, end in spans:
        entries = _in_force(table, start if start is not None else datetime.date.min, dated)
        for keys in product(*cells):
            entry = next((each for each in entries if _matches(each, keys, units)), None)
            said = [each.term() if isinstance(each, Cell) else c.plain_term(each, type_)
                    for each, type_ in zip(keys, table.keys, strict=True)]  # fmt: skip
            if dated:
                said.insert(0, _range(start, end))
            value = None if entry is None else entry.value
            gaps = gaps or value is None or isinstance(value, model.Unpublished)
            for last in _columns(c, table.type, value, unit):
                c.rule(Rule(Atom(name, (*said, *last))), table.id)
    if unit > 1:
        c.note(f"unit: 1/{unit}", table.id)
    return TableFacts(name, dated, units, unit, low, high, gaps)


def _range(start: datetime.date | None, end: datetime.date | None) -> Term:
    """The days from one date to the day before another."""
    low = LOWEST if start is None else Number(start.toordinal())
    return Function("", (low, HIGHEST if end is None else Number(end.toordinal() - 1)))


def _values(table: model.Table) -> tuple[int, int, int]:
    """The unit of a parameter's values, the least and the greatest of them in it."""
    if isinstance(table.type, BandType):
        ends = [
            end for each in table.entries if isinstance(each.value, Band) for end in (each.value.low, each.value.high)
        ]
        numbers = [Fraction(each) for each in ends if isinstance(each, int | Fraction)]
    elif isinstance(table.type, Quantity):
        numbers = [Fraction(each.value) for each in table.entries if isinstance(each.value, int | Fraction)]
    elif isinstance(table.type, SetType) and isinstance(table.type.element, Quantity):
        sets = [each.value for each in table.entries if isinstance(each.value, frozenset)]
        numbers = [Fraction(number) for values in sets for number in values if isinstance(number, int | Fraction)]
    else:
        return 1, 0, 0
    unit = lcm(1, *(each.denominator for each in numbers))
    scaled = [int(each * unit) for each in numbers]
    low, high = min(scaled, default=0), max(scaled, default=0)
    exact(Number(0), unit, low, high)
    return unit, low, high


def _columns(c: Compiler, type_: Type, value: Any, unit: int) -> Iterator[tuple[Term, ...]]:
    if value is None or isinstance(value, model.Unpublished):
        yield (UNKNOWN, UNKNOWN) if isinstance(type_, BandType) else (UNKNOWN,)
    elif isinstance(value, frozenset):
        element = type_.element if isinstance(type_, SetType) else type_
        for each in sorted(value, key=str):
            yield (c.plain_term(each, element, unit),)
    elif isinstance(value, Band):
        cell = bounds(value, unit)
        yield cell.term().arguments  # type: ignore[union-attr]
    else:
        yield (c.plain_term(value, type_, unit),)


def bounds(band: Band, unit: int) -> Cell:
    """The ends of a band in a unit, both included."""

    def end(value: Any, included: bool, step: int) -> int | None:
        if value is None:
            return None
        number = _whole(value, unit)
        return number if included else number + step

    return Cell(end(band.low, band.low_included, 1), end(band.high, band.high_included, -1))


def _whole(value: Any, unit: int) -> int:
    if isinstance(value, datetime.date):
        return value.toordinal()
    scaled = Fraction(value) * unit
    if scaled.denominator != 1:
        raise NoRuleForm(f"an end of a band is no multiple of 1/{unit}")
    return int(exact(Number(0), unit, int(scaled), int(scaled)).low)


def _key_unit(type_: Type, keys: list[Any]) -> int:
    """The unit of a key that is a range, 0 for others."""
    if isinstance(type_, Quantity):
        ends = [end for key in keys for end in ((key.low, key.high) if isinstance(key, Band) else (key,))]
        return lcm(1, *(Fraction(each).denominator for each in ends if isinstance(each, int | Fraction)))
    return 1 if isinstance(type_, Simple) and type_.kind in ("date", "month") else 0


def _cells(c: Compiler, table: model.Table, index: int, unit: int) -> list[Any]:
    type_ = table.keys[index]
    keys = [each.keys[index] for each in table.entries]
    if unit:
        starts: set[int] = set()
        for key in keys:
            if key is not None:
                cell = bounds(key if isinstance(key, Band) else Band(key, key), unit)
                starts |= {
                    each for each in (cell.low, None if cell.high is None else cell.high + 1) if each is not None
                }
        edges: list[int | None] = [None, *sorted(starts), None]
        return [Cell(low, None if high is None else high - 1) for low, high in pairwise(edges)]
    if isinstance(type_, EnumType):
        return list(members(c, type_.id))
    if type_ == FLAG:
        return [True, False]
    if None in keys:
        raise NoRuleForm(f"`{table.name}` has an `otherwise` for keys that cannot be listed")
    return sorted(set(keys), key=str)


def _matches(entry: model.Entry, keys: tuple[Any, ...], units: tuple[int, ...]) -> bool:
    for wanted, key, unit in zip(entry.keys, keys, units, strict=True):
        if wanted is None:
            continue
        if not isinstance(key, Cell):
            if wanted != key:
                return False
            continue
        cell = bounds(wanted if isinstance(wanted, Band) else Band(wanted, wanted), unit)
        if cell.low is not None and (key.low is None or key.low < cell.low):
            return False
        if cell.high is not None and (key.high is None or key.high > cell.high):
            return False
    return True


def _spans_in_force(table: model.Table) -> list[tuple[datetime.date | None, datetime.date | None]]:
    day = datetime.timedelta(days=1)
    starts = {each.force_from for each in table.entries if each.force_from}
    starts |= {each.force_to + day for each in table.entries if each.force_to}
    return list(pairwise([None, *sorted(starts), None]))


def _in_force(table: model.Table, on: datetime.date, dated: bool) -> list[model.Entry]:
    """The entries in force on a date, the one that counts first among those that match."""
    found = [
        each
        for each in table.entries
        if not dated
        or ((each.force_from is None or each.force_from <= on) and (each.force_to is None or on <= each.force_to))
    ]
    first = datetime.date.min
    return sorted(
        found, key=lambda each: (-(each.force_from or first).toordinal(), sum(key is None for key in each.keys))
    )


# ---------------------------------------------------------------- reading a parameter


def is_simple(c: Compiler, lookup: model.Lookup) -> bool:
    """Whether one atom says all: no date in force, no key that is a range."""
    table = facts(c, lookup.table)
    return not table.dated and not any(table.keys)


def _arguments(
    c: Compiler, lookup: model.Lookup, table: TableFacts, body: Body, scope: Scope
) -> tuple[list[Term], list[Comparison]]:
    args: list[Term] = []
    tests: list[Comparison] = []

    def between(value: Term, hints: tuple[str, str]) -> None:
        low, high = body.fresh(hints[0]), body.fresh(hints[1])
        args.append(Function("", (low, high)))
        tests.extend((Comparison(low, "<=", value), Comparison(value, "<=", high)))

    if table.dated:
        between(c.now(body, scope), ("Since", "Until"))
    for key, unit in zip(lookup.keys, table.keys, strict=True):
        value = c.value(key, body, scope)
        if isinstance(value, Ratio | Mixed):
            raise NoRuleForm("a fraction is a key")
        said = at(value, unit or 1).term if isinstance(value, Exact) else value
        if unit:
            between(said, ("From", "To"))
        else:
            args.append(said)
    return args, tests


def lookup(c: Compiler, expression: model.Lookup, body: Body, scope: Scope) -> Value:
    """The value of a parameter."""
    if isinstance(expression.type, SetType):
        return set_term(c, expression, body, scope)
    if isinstance(expression.type, BandType):
        raise NoRuleForm("a band stands where one value is needed")
    table = facts(c, expression.table)
    args, tests = _arguments(c, expression, table, body, scope)
    value = body.fresh(table.predicate[:1])
    _write(c, expression.table, args, tests, [value], body)
    if isinstance(expression.type, Quantity):
        return exact(value, table.unit, table.low, table.high)
    return value


def _write(
    c: Compiler,
    identifier: str,
    args: list[Term],
    tests: list[Comparison],
    values: list[Variable],
    body: Body,
) -> None:
    """Write the atom of a parameter. Where a figure is not published, the rows with one have a predicate of their own,
    so that nothing calculates with `unknown`."""
    table = facts(c, identifier)
    pairs = {
        each.name for arg in args if isinstance(arg, Function) for each in arg.arguments if isinstance(each, Variable)
    }
    predicate = table.predicate
    _lacks(c, identifier, args, tests, len(values), body)
    if table.gaps:
        predicate = c.names.predicate(identifier, "_published")
        every = tuple(Variable(f"K{index}") for index in range(len(args))) + tuple(
            Variable(f"V{index}") for index in range(len(values))
        )
        known = Comparison(every[-1], "!=", UNKNOWN)
        c.rule(Rule(Atom(predicate, every), (Atom(table.predicate, every), known)), identifier)
    body.add(
        Atom(predicate, (*args, *values)),
        cheap=True,
        binds=frozenset({each.name for each in values} | pairs),
        unsure=table.gaps,
    )
    for test in tests:
        body.test(test)


def _lacks(
    c: Compiler, identifier: str, args: Sequence[Term], tests: Sequence[Comparison], columns: int, body: Body
) -> None:
    """Report that a parameter says nothing here: its figure is not published, or it has no entry."""
    table, declared = facts(c, identifier), c.program.tables[identifier]
    if table.gaps:
        ends = frozenset(each for arg in args if isinstance(arg, Function) for each in variables_in(arg))
        body.lacking(Atom(table.predicate, (*args, *(UNKNOWN for _ in range(columns)))), tests, ends)
    for index, type_ in enumerate(declared.keys):
        if table.keys[index] or isinstance(type_, EnumType) or type_ == FLAG:
            continue
        # The keys of which there are any number: those that no entry names have none.
        predicate = c.names.predicate(identifier, f"_key_{index + 1}")
        for key in sorted({each.keys[index] for each in declared.entries}, key=str):
            c.rule(Rule(Atom(predicate, (c.plain_term(key, type_),))), identifier)
        body.unknown(Negation(Atom(predicate, (args[index + table.dated],))), last=False)


def elements(c: Compiler, expression: model.Lookup, variable: Variable, body: Body, scope: Scope) -> Value:
    """Let a variable run over the elements of a set that is a parameter."""
    table = facts(c, expression.table)
    args, tests = _arguments(c, expression, table, body, scope)
    _write(c, expression.table, args, tests, [variable], body)
    element = expression.type.element if isinstance(expression.type, SetType) else expression.type
    if isinstance(element, Quantity):
        return exact(variable, table.unit, table.low, table.high)
    return variable


def member(
    c: Compiler, expression: model.Lookup, element: model.Expression, body: Body, scope: Scope, sign: bool
) -> None:
    """Whether a value is in the set, or within the band, that a parameter holds."""
    table = facts(c, expression.table)
    value = c.value(element, body, scope)
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm("a fraction is looked for")
    said = at(value, table.unit).term if isinstance(value, Exact) else value
    args, tests = _arguments(c, expression, table, body, scope)
    if isinstance(expression.type, BandType):
        low, high = body.fresh("From"), body.fresh("To")
        _write(c, expression.table, args, tests, [low, high], body)
        body.test(Comparison(low, "<=", said))
        body.test(Comparison(said, "<=", high))
        return
    atom = Atom(table.predicate, (*args, said))
    _lacks(c, expression.table, args, tests, 1, body)
    if not sign:
        body.add(Negation(atom), cheap=True, unsure=table.gaps)
        return
    ends = frozenset(each.name for arg in args if isinstance(arg, Function) for each in arg.arguments)  # type: ignore[union-attr]
    body.add(atom, cheap=True, binds=ends, unsure=table.gaps)
    for test in tests:
        body.test(test)


def set_term(c: Compiler, expression: model.Lookup, body: Body, scope: Scope) -> Term:
    """A set that is a parameter, as a term: `eligible(gold)`; X is in it where `member(eligible(gold),X)` holds."""
    table = facts(c, expression.table)
    if table.dated or any(table.keys) or table.gaps:
        raise NoRuleForm("a set that changes with the date is given")
    args, _ = _arguments(c, expression, table, body, scope)
    keys = tuple(Variable(f"K{index}") for index in range(len(args)))
    element = Variable("X")
    name: Term = Function(table.predicate, keys) if keys else Symbol(table.predicate)
    c.rule(Rule(Atom("member", (name, element)), (Atom(table.predicate, (*keys, element)),)), expression.table)
    return Function(table.predicate, tuple(args)) if args else Symbol(table.predicate)


def within(value: Value, band: Band, body: Body) -> None:
    """That a value lies within a band of the policy."""
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm("a fraction is held against a band")
    unit = value.unit if isinstance(value, Exact) else 1
    ends = [Fraction(each).denominator for each in (band.low, band.high) if isinstance(each, int | Fraction)]
    unit = lcm(unit, *ends) if isinstance(value, Exact) else unit
    said = at(value, unit).term if isinstance(value, Exact) else value
    cell = bounds(band, unit)
    if cell.low is not None:
        body.test(Comparison(Number(cell.low), "<=", said))
    if cell.high is not None:
        body.test(Comparison(said, "<=", Number(cell.high)))
