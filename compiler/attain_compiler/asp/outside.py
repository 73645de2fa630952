"""What enters a program from outside: the truth of a condition that has no exact form as a rule.

Where a value could pass the solver's numbers, or is of a kind that rules do not work out, the nearest condition around
it becomes a fact `outside_...(arguments)`, worked out by the evaluator with unbounded numbers. The rules around it stay
as they are, and the program says which it is and why.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from attain_compiler.asp import calls
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.depends import Variant
from attain_compiler.asp.names import plain
from attain_compiler.asp.outsides import Outside, Parameter
from attain_compiler.asp.rules import Atom, Negation, Symbol, Term
from attain_compiler.asp.shapes import Scope
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio
from attain_compiler.model import program as model
from attain_compiler.model.types import BandType, SetType
from attain_compiler.model.walk import with_parts

MODULE = "outside"
"""The ids of the definitions that stand for conditions from outside begin with it: no policy has such a module."""


def condition(c: Compiler, expression: model.Expression, body: Body, scope: Scope, sign: bool, reason: str) -> None:
    """Write that a condition, whose truth comes from outside, holds or does not. Raises NoRuleForm where it speaks of a
    fraction: then a condition around it has to come from outside."""
    takes_date = scope.now is not None and c.depends.dated(expression)
    args: list[Term] = [scope.now] if takes_date and scope.now is not None else []
    parameters = []
    variables = {each.number: each for each in c.depends.nodes(expression) if isinstance(each, model.Variable)}
    for number in calls.free_variables(c, [expression], scope):
        value = scope.values[number]
        variable = variables[number]
        if isinstance(value, Ratio | Mixed) or isinstance(variable.type, SetType | BandType):
            raise NoRuleForm(reason)
        args.append(value.term if isinstance(value, Exact) else value)
        unit = value.unit if isinstance(value, Exact) else 1
        parameters.append(Parameter(number, variable.name, variable.type, unit))
    variant = c.depends.variant(expression, scope.inside, scope.raw)
    key = ("outside", id(expression), tuple(parameters), takes_date, variant)
    known: Outside | None = c.known(key)
    if known is None:
        count = len(c.outsides) + 1
        name = c.names.predicate(f"{MODULE}.outside_{plain_block(c)}_{count}")
        known = Outside(name, expression, tuple(parameters), takes_date, c.depends.dated(expression), variant, reason)
        c.brought(known)
        c.remember(key, known)
        c.note(f"{name}: a fact from outside, exact; {reason}")
    atom = Atom(known.predicate, tuple(args))
    body.add(atom if sign else Negation(atom))
    body.unknown(Atom(f"open_{known.predicate}", tuple(args)))
    for record in sorted(c.depends.records(expression)):
        if c.profile.may_be_absent(record):
            body.unknown(Atom("not_given", (Symbol(c.predicate_of(record)),)), last=False, rows=True)


def of_designation(
    c: Compiler, designation: model.Designation, kind: str, expression: model.Expression, dated: bool, reason: str
) -> str:
    """The predicate of what is worked out outside of a designation's tracks."""
    name = c.names.predicate(f"{MODULE}.outside_{plain_block(c)}_{kind}")
    made = Outside(name, expression, (), dated, dated, Variant(), reason, designation.id, kind)
    c.brought(made)
    c.note(f"{name}: facts from outside, exact; {reason}")
    return name


def plain_block(c: Compiler) -> str:
    """The name of the declaration that is being compiled."""
    return plain(model.name_of(c.block[-1]))


# ---------------------------------------------------------------- for the evaluator


def with_definitions(program: model.Program, outsides: tuple[Outside, ...]) -> model.Program:
    """The same program with a definition for each condition from outside, called where the condition stood: whoever
    evaluates it remembers what each call came to."""
    calls_of = _calls(outsides)
    defines = {id_: _below(declared, calls_of) for id_, declared in program.defines.items()}
    for each in outsides:
        if not each.designation:
            defines[definition_of(each)] = _definition(each, calls_of)
    return replace(
        program,
        defines=defines,
        measures={id_: _below(declared, calls_of) for id_, declared in program.measures.items()},
        scores={id_: _below(declared, calls_of) for id_, declared in program.scores.items()},
        designations={id_: _below(declared, calls_of) for id_, declared in program.designations.items()},
        exclusions={id_: _below(declared, calls_of) for id_, declared in program.exclusions.items()},
    )


def rewritten(expression: model.Expression, outsides: tuple[Outside, ...]) -> model.Expression:
    """An expression with the calls of those definitions in it."""
    found: model.Expression = _with_calls(expression, _calls(outsides))
    return found


def _calls(outsides: tuple[Outside, ...]) -> dict[int, model.Expression]:
    """The call of its definition for each expression (by identity)."""
    found: dict[int, model.Expression] = {}
    for each in outsides:
        if each.designation:
            continue
        span, type_ = each.expression.span, each.expression.type
        by_number = {parameter.number: parameter for parameter in each.parameters}
        arguments = tuple(
            model.Variable(n, by_number[n].name, type=by_number[n].type, span=span)
            if n in by_number
            else model.Constant(False, type=type_, span=span)
            for n in range(max(by_number, default=-1) + 1)
        )
        found[id(each.expression)] = model.DefineCall(definition_of(each), arguments, type=type_, span=span)
    return found


def _definition(outside: Outside, calls_of: dict[int, model.Expression]) -> model.Define:
    span, type_ = outside.expression.span, outside.expression.type
    by_number = {parameter.number: parameter for parameter in outside.parameters}
    formals = tuple(
        model.Formal(n, by_number[n].name, by_number[n].type, span=span)
        if n in by_number
        else model.Formal(n, "_", type_, span=span)
        for n in range(max(by_number, default=-1) + 1)
    )
    body = _below(outside.expression, calls_of)
    return model.Define(definition_of(outside), "", model.Notes(), formals, type_, body, span=span)


def definition_of(outside: Outside) -> str:
    """The id of the definition that stands for a condition from outside."""
    return f"{MODULE}.at_{outside.expression.span.start}_{id(outside.expression)}"


def _with_calls(node: Any, calls_of: dict[int, model.Expression]) -> Any:
    call = calls_of.get(id(node))
    return _below(node, calls_of) if call is None else call


def _below(node: Any, calls_of: dict[int, model.Expression]) -> Any:
    """The node with the calls in what is below it."""
    return with_parts(node, lambda part: _with_calls(part, calls_of))
