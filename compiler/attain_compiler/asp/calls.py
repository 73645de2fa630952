"""Calls of declarations, and parts of expressions that need a predicate of their own."""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.asp import declarations, piecewise, predicates
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler, Way
from attain_compiler.asp.rules import Atom, Term, Variable
from attain_compiler.asp.shapes import Scope, Shape, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, at
from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, RecordType


def ways(c: Compiler, expression: model.Expression) -> list[Way]:
    """The ways in which an expression holds or has a value: the branches of `by case`, the items of `any of`, below and
    above the full of what is `in proportion`; else one."""
    match expression:
        case model.Case(branches=branches, otherwise=otherwise):
            found: list[Way] = []
            for index, branch in enumerate(branches):
                found += [_under(c, branches[:index], branch, way) for way in ways(c, branch.value)]
            return found + [_under(c, branches, None, way) for way in ways(c, otherwise)]
        case model.Or(items=items):
            return [way for item in items for way in ways(c, item)]
        case model.InProportion() | model.Clamped() | model.Extreme():
            return piecewise.ways(c, expression)
        case _:
            return [_plainly(c, expression)]


def _plainly(c: Compiler, expression: model.Expression) -> Way:
    def way(body: Body, scope: Scope) -> Value | None:
        if expression.type == FLAG:
            c.holds(expression, body, scope)
            return None
        return c.value(expression, body, scope)

    return way


def _under(c: Compiler, before: Sequence[model.Branch], taken: model.Branch | None, way: Way) -> Way:
    def under(body: Body, scope: Scope) -> Value | None:
        for each in before:
            c.holds(each.condition, body, scope, False)
        if taken is not None:
            c.holds(taken.condition, body, scope)
        return way(body, scope)

    return under


def auxiliary(
    c: Compiler,
    hint: str,
    expressions: Sequence[model.Expression],
    written: Sequence[Way],
    body: Body,
    scope: Scope,
    elements_found: list[Term] | None = None,
    part: model.Node | None = None,
) -> tuple[Shape, tuple[Term, ...]]:
    """A predicate of its own for part of an expression, asked for where the body stands: its shape and arguments (the
    date where it matters, then the variables of the expressions that are bound outside)."""
    free = free_variables(c, expressions, scope)
    dated = scope.now is not None and any(c.depends.dated(each) for each in expressions)
    inner: dict[int, Value] = {}
    params: list[Variable] = []
    args: list[Term] = []
    new = Body()
    now: Term | None = None
    if dated and scope.now is not None:
        now = new.fresh("On")
        args.append(scope.now)
        params.append(now)
    for number in free:
        value = scope.values[number]
        variable = new.fresh("X")
        if isinstance(value, Exact):
            args.append(value.term)
            inner[number] = Exact(variable, value.unit, value.low, value.high)
        elif isinstance(value, Ratio | Mixed):
            raise NoRuleForm("a fraction is an argument")
        else:
            args.append(value)
            inner[number] = variable
        params.append(variable)
    key = (
        "auxiliary",
        hint,
        tuple(id(each) for each in expressions),
        tuple((n, v.unit, v.low, v.high) if isinstance(v, Exact) else n for n, v in inner.items()),
        scope.inside,
        scope.raw,
        dated,
        id(part),
    )
    shape: Shape | None = c.known(key)
    if shape is None:
        count = c.known(("auxiliaries", c.block[-1])) or 0
        c.remember(("auxiliaries", c.block[-1]), count + 1)
        name = c.names.predicate(c.block[-1], f"_{hint}{count + 1}")
        opens = Atom(f"open_{name}", tuple(params))
        found = []
        for way in written:
            each = Body()
            each.names = dict(new.names)
            each.fact(Atom(f"in_{name}", tuple(params)))
            value_ = way(each, Scope(inner, now, scope.inside, scope.raw))
            last = () if elements_found is None else (elements_found[-1],)
            found.append(predicates.Found((*params, *last), each, value_))
        made = predicates.heads(c, name, found, opens)
        shape = c.remember(key, Shape(made.predicate, made.form, made.unit, made.ends, c.opened(name)))
    c.demand(shape.predicate, args, body)
    return shape, tuple(args)


def elements(
    c: Compiler,
    hint: str,
    expression: model.Expression,
    way: Way,
    found: list[Term],
    body: Body,
    scope: Scope,
    part: model.Node | None = None,
) -> tuple[Shape, tuple[Term, ...]]:
    """A predicate of what an aggregate runs over: after the arguments the element (which `way` puts into `found`), then
    its value. `part` tells several such predicates of one expression apart."""
    shape, args = auxiliary(c, hint, [expression], [way], body, scope, found, part)
    return shape, args


def free_variables(c: Compiler, expressions: Sequence[model.Expression], scope: Scope) -> list[int]:
    """The numbers of the variables that are bound around the expressions."""
    every = [node for each in expressions for node in c.depends.nodes(each)]
    bound = {each.number for each in every if isinstance(each, model.Binder)}
    used = {each.number for each in every if isinstance(each, model.Variable)}
    return [number for number in sorted(used - bound) if number in scope.values]


def call(
    c: Compiler,
    declared: model.Define | model.Measure,
    arguments: Sequence[model.Expression],
    body: Body,
    scope: Scope,
) -> tuple[Shape, tuple[Term, ...]]:
    """Ask for a definition or measure: its shape and the arguments, the date first where it takes one."""
    shape = declarations.declare(c, declared, c.depends.variant(declared, scope.inside, scope.raw))
    args: list[Term] = [c.now(body, scope)] if c.depends.takes_date(declared) else []
    for formal, argument in zip(declared.parameters, arguments, strict=True):
        args.append(passed(c, formal, argument, body, scope))
    c.demand(shape.predicate, args, _narrowed(c, declared, args, body, scope), declared.id)
    return shape, tuple(args)


def defined(
    c: Compiler, define: model.Define, arguments: Sequence[model.Expression], body: Body, scope: Scope
) -> Value:
    """The value of a definition. One that looks at no rows (a month that the policy names, say) is as cheap as a fact:
    what compares with it narrows what is asked for."""
    if define.parameters or c.depends.records(define) or c.depends.takes_date(define):
        return predicates.read(*call(c, define, arguments, body, scope), body)
    # Always asked for: were it asked for by the rules that it narrows, it would be in a circle with their demand.
    shape = declarations.declare(c, define, c.depends.variant(define, scope.inside, scope.raw))
    c.demand(shape.predicate, (), Body(), define.id)
    return predicates.read(shape, (), body, cheap=True)


def passed(c: Compiler, formal: model.Formal, argument: model.Expression, body: Body, scope: Scope) -> Term:
    value = c.value(argument, body, scope)
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm(f"a fraction is given for `{formal.name}`")
    if not isinstance(value, Exact):
        return value
    given = at(value, predicates.unit_of_formal(formal))
    if given.low < -predicates.LARGEST_ARGUMENT or given.high > predicates.LARGEST_ARGUMENT:
        raise NoRuleForm(f"what is given for `{formal.name}` may be too large")
    return given.term


def _narrowed(
    c: Compiler, declared: model.Define | model.Measure, args: Sequence[Term], body: Body, scope: Scope
) -> Body:
    """The body of a call with the cheap conditions of a definition that takes rows: rows are joined before it is asked
    for, else every pair of rows would be asked for."""
    rows = any(isinstance(each.type, RecordType) for each in declared.parameters)
    if not rows or isinstance(declared, model.Measure) or declared.id in c.given:
        return body
    items = declared.body.items if isinstance(declared.body, model.And) else (declared.body,)
    cheap = [each for each in items if isinstance(each, model.Compare | model.Contains) and effort(c, each) == 0]
    if not cheap:
        return body
    narrowed = Body(body)
    rest = list(args)
    now = rest.pop(0) if c.depends.takes_date(declared) else None
    values = {
        each.number: predicates.formal_value(each, arg) for each, arg in zip(declared.parameters, rest, strict=True)
    }
    mark, there = c.mark(), body.mark()
    try:
        for each in cheap:
            c.holds(each, narrowed, Scope(values, now, scope.inside, scope.raw))
    except NoRuleForm:
        c.back(mark)
        Body.back(there)
        return body
    events = there[-1][2]
    del body.root().events[events:]
    return narrowed


def effort(c: Compiler, expression: model.Expression) -> int:
    """How much a condition takes: 0 what is read from rows, 1 what is defined, 2 what is counted."""
    kinds = {type(each) for each in c.depends.nodes(expression)}
    counted = (model.Binding, model.MeasureCall, model.ScoreCall, model.StatusIs)
    if any(issubclass(each, counted) for each in kinds - {model.Exists}):
        return 2
    return 1 if kinds & {model.DefineCall, model.Exists, model.Or, model.Case, model.Fallback, model.AtLeast} else 0
