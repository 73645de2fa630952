"""Definitions that ask themselves again, as rules: the predicate stands in the bodies of its own rules.

Along a count each atom rests on earlier ones, so that there is one answer. What only grows is the least model of rules
in which it stands without `not`. Where it stands in an aggregate, what it stands in comes from outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.asp import calls, predicates
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.rules import Comparison, Number, Term
from attain_compiler.asp.shapes import Scope, Shape
from attain_compiler.asp.units import Exact, NoRuleForm, at
from attain_compiler.model import program as model
from attain_compiler.model.walk import children


def again(
    c: Compiler, expression: model.SelfCall, body: Body, scope: Scope, sign: bool
) -> tuple[Shape, tuple[Term, ...]]:
    """Ask for the definition that is being written: its shape and the arguments. Raises NoRuleForm."""
    define = c.program.defines[expression.define]
    back = define.back
    shape: Shape | None = c.known(("again", define.id, c.depends.variant(define, scope.inside, scope.raw)))
    if shape is None or all(each is not expression for each in _as_it_is(define.body, back is not None)):
        raise NoRuleForm("it asks itself within a count, a sum or another date")
    if back is None and not sign:
        raise NoRuleForm("it asks itself where less may hold")
    args: list[Term] = [c.now(body, scope)] if c.depends.takes_date(define) else []
    for formal, argument in zip(define.parameters, expression.arguments, strict=True):
        if formal is not back:
            args.append(calls.passed(c, formal, argument, body, scope))
            continue
        value = c.value(argument, body, scope)
        if not isinstance(value, Exact) or not isinstance(formal.low, int):
            raise NoRuleForm(f"it goes back along `{formal.name}`")
        args.append(at(value, predicates.unit_of_formal(formal)).term)
        body.test(Comparison(args[-1], ">=", Number(formal.low)))
    c.demand(shape.predicate, args, body, define.id)
    return shape, tuple(args)


def _as_it_is(node: model.Node, back: bool) -> Iterator[model.Node]:
    """The nodes below one that stand in no aggregate and are not asked of another date; of what grows, those of which
    the rules are without `not`."""
    yield node
    kept = (model.And, model.Or, model.Exists)
    barred = (model.Binding, model.AtLeast, model.AsOf, model.Extreme)
    if (back and not isinstance(node, barred)) or isinstance(node, kept):
        for each in children(node):
            yield from _as_it_is(each, back)
