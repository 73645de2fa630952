"""Parameters as rules read them: by keys, by ranges of keys, on the date that is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from attain_compiler.asp import table_facts
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import UNKNOWN, Compiler
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
from attain_compiler.asp.shapes import Scope, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, at, exact, in_steps_of
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, Band, BandType, EnumType, Quantity, SetType


def is_simple(c: Compiler, lookup: model.Lookup) -> bool:
    """Whether one atom says all: no date in force, no key that is a range."""
    table = table_facts.facts(c, lookup.table)
    return not table.dated and not any(table.keys)


def _arguments(
    c: Compiler, lookup: model.Lookup, table: table_facts.TableFacts, body: Body, scope: Scope
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
    table = table_facts.facts(c, expression.table)
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
    table = table_facts.facts(c, identifier)
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
    table, declared = table_facts.facts(c, identifier), c.program.tables[identifier]
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
    table = table_facts.facts(c, expression.table)
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
    table = table_facts.facts(c, expression.table)
    value = c.value(element, body, scope)
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm("a fraction is looked for")
    if isinstance(value, Exact) and value.unit > table.unit and value.unit % table.unit == 0 and sign:
        _finer(c, expression, table, value, body, scope)
        return
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


def _finer(
    c: Compiler, expression: model.Lookup, table: table_facts.TableFacts, value: Exact, body: Body, scope: Scope
) -> None:
    """Whether a number in finer steps than those of a set or band is in it. The ends of a band may be infinite, so that
    nothing calculates with them."""
    args, tests = _arguments(c, expression, table, body, scope)
    said, nothing = in_steps_of(value, table.unit), Number(0)
    if isinstance(expression.type, BandType):
        low, high = body.fresh("From"), body.fresh("To")
        _write(c, expression.table, args, tests, [low, high], body)
        body.test(Comparison(Function("", (low, nothing)), "<=", said))
        body.test(Comparison(said, "<=", Function("", (high, nothing))))
        return
    element = body.fresh(table.predicate[:1])
    _write(c, expression.table, args, tests, [element], body)
    body.test(Comparison(Function("", (element, nothing)), "=", said))


def set_term(c: Compiler, expression: model.Lookup, body: Body, scope: Scope) -> Term:
    """A set that is a parameter, as a term: `eligible(gold)`; X is in it where `member(eligible(gold),X)` holds."""
    table = table_facts.facts(c, expression.table)
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
    cell = table_facts.bounds(band, unit)
    if cell.low is not None:
        body.test(Comparison(Number(cell.low), "<=", said))
    if cell.high is not None:
        body.test(Comparison(said, "<=", Number(cell.high)))
