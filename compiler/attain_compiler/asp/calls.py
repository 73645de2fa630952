"""Declarations that are called (`define`, `measure`), and parts of expressions that need a predicate of their own."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm

from attain_compiler.asp import bounds, numbers
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler, Way
from attain_compiler.asp.depends import Variant
from attain_compiler.asp.names import plain
from attain_compiler.asp.profile import Range
from attain_compiler.asp.rules import Aggregate, Atom, Element, Negation, Rule, Symbol, Term, Variable
from attain_compiler.asp.shapes import Form, Scope, Shape, Value
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, at, exact, ratio, sum_of, times_term
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import (
    COUNT,
    DATE,
    DURATION,
    FLAG,
    MONTH,
    EntityType,
    EnumType,
    Quantity,
    RecordType,
    SetType,
)

LARGEST_ARGUMENT = 20_000_000
"""A number that is an argument is at most so many units (else what it is an argument of has no rule form there)."""


# ---------------------------------------------------------------- ways


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
            return numbers.ways(c, expression)
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


# ---------------------------------------------------------------- values in predicates


@frozen
class Found:
    """One way, written: the arguments of the head, the body, and the value."""

    args: tuple[Term, ...]
    body: Body
    value: Value | None


def heads(c: Compiler, name: str, found: Sequence[Found], opens: Atom | None, least: int = 1) -> Shape:
    """Write a rule for each way, all values in one form and unit; what the predicate then looks like."""
    numeric = [each.value for each in found if isinstance(each.value, Exact | Ratio | Mixed)]
    form: Form
    unit = 1
    ends: tuple[tuple[int, int], ...] = ()
    columns: list[tuple[Term, ...]] = []
    if not numeric:
        form = "flag" if all(each.value is None for each in found) else "term"
        columns = [() if each.value is None else (_term(each.value),) for each in found]
    elif all(isinstance(each, Exact) for each in numeric):
        form = "exact"
        unit = common_unit([least, *(each.unit for each in numeric if isinstance(each, Exact))])
        values = [at(each, unit) for each in numeric if isinstance(each, Exact)]
        columns = [(each.term,) for each in values]
        ends = ((min(each.low for each in values), max(each.high for each in values)),)
    elif len(numeric) == 1 and isinstance(numeric[0], Mixed):
        form, mixed = "mixed", numeric[0]
        unit = mixed.steps.unit
        three = (mixed.steps, mixed.rest, mixed.divisor)
        columns = [tuple(each.term for each in three)]
        ends = tuple((each.low, each.high) for each in three)
    else:
        form = "ratio"
        pairs = [ratio(each) for each in numeric]
        columns = [(each.numerator.term, each.divisor.term) for each in pairs]
        ends = (
            (min(each.numerator.low for each in pairs), max(each.numerator.high for each in pairs)),
            (1, max(each.divisor.high for each in pairs)),
        )
    for each, last in zip(found, columns, strict=True):
        c.derive(Atom(name, (*each.args, *last)), each.body, opens)
    return Shape(name, form, unit, ends)


def common_unit(units: Sequence[int]) -> int:
    """The least common multiple."""
    return lcm(1, *units)


def _term(value: Value) -> Term:
    if isinstance(value, Exact | Ratio | Mixed):
        raise NoRuleForm("a number stands where something else is needed")
    return value


def read(shape: Shape, args: Sequence[Term], body: Body, *, cheap: bool = False) -> Value:
    """The value of an atom, in variables of its own."""
    names = {"term": ("V",), "exact": ("V",), "ratio": ("N", "D"), "mixed": ("S", "N", "D"), "flag": ()}[shape.form]
    variables = tuple(body.fresh(each) for each in names)
    binds = frozenset(each.name for each in variables)
    body.add(Atom(shape.predicate, (*args, *variables)), cheap=cheap, binds=binds)
    if shape.opens is not None:
        body.unknown(Atom(shape.opens, tuple(args)))
    return seen(shape, variables)


def seen(shape: Shape, variables: Sequence[Term]) -> Value:
    """The value that these terms, the last of a predicate, stand for."""
    match shape.form:
        case "exact":
            return Exact(variables[0], shape.unit, *shape.ends[0])
        case "ratio":
            return Ratio(Exact(variables[0], 1, *shape.ends[0]), Exact(variables[1], 1, *shape.ends[1]))
        case "mixed":
            return Mixed(
                Exact(variables[0], shape.unit, *shape.ends[0]),
                Exact(variables[1], 1, *shape.ends[1]),
                Exact(variables[2], 1, *shape.ends[2]),
            )
        case _:
            return variables[0]


# ---------------------------------------------------------------- parts of expressions


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
            found.append(Found((*params, *last), each, value_))
        made = heads(c, name, found, opens)
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


# ---------------------------------------------------------------- declarations


def call(
    c: Compiler,
    declared: model.Define | model.Measure,
    arguments: Sequence[model.Expression],
    body: Body,
    scope: Scope,
) -> tuple[Shape, tuple[Term, ...]]:
    """Ask for a definition or measure: its shape and the arguments, the date first where it takes one."""
    shape = declare(c, declared, c.depends.variant(declared, scope.inside, scope.raw))
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
        return read(*call(c, define, arguments, body, scope), body)
    # Always asked for: were it asked for by the rules that it narrows, it would be in a circle with their demand.
    shape = declare(c, define, c.depends.variant(define, scope.inside, scope.raw))
    c.demand(shape.predicate, (), Body(), define.id)
    return read(shape, (), body, cheap=True)


def passed(c: Compiler, formal: model.Formal, argument: model.Expression, body: Body, scope: Scope) -> Term:
    value = c.value(argument, body, scope)
    if isinstance(value, Ratio | Mixed):
        raise NoRuleForm(f"a fraction is given for `{formal.name}`")
    if not isinstance(value, Exact):
        return value
    given = at(value, unit_of_formal(formal))
    if given.low < -LARGEST_ARGUMENT or given.high > LARGEST_ARGUMENT:
        raise NoRuleForm(f"what is given for `{formal.name}` may be too large")
    return given.term


def unit_of_formal(formal: model.Formal) -> int:
    """The unit in which a number is an argument."""
    return 1 if isinstance(formal.type, Quantity) and formal.type.kind == "count" else 100


def formal_value(formal: model.Formal, term: Term) -> Value:
    """A parameter as a value."""
    if isinstance(formal.type, Quantity):
        return Exact(term, unit_of_formal(formal), -LARGEST_ARGUMENT, LARGEST_ARGUMENT)
    return term


def as_value(binder: model.Binder, term: Term) -> Value:
    """What a binder's variable is worth, given by a term."""
    if isinstance(binder.type, Quantity):
        unit = 1 if binder.type.kind == "count" else 100
        return Exact(term, unit, -LARGEST_ARGUMENT, LARGEST_ARGUMENT)
    return term


def whole_term(binder: model.Binder, value: Value) -> Term:
    """The term for a binder's value, the other way round."""
    if isinstance(value, Exact):
        return at(value, 1 if binder.type == COUNT else 100).term
    return _term(value)


def numeric(value: Value) -> Exact | Ratio | Mixed:
    """A value that is a number."""
    if not isinstance(value, Exact | Ratio | Mixed):
        raise NoRuleForm("something else stands where a number is needed")
    return value


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
    values = {each.number: formal_value(each, arg) for each, arg in zip(declared.parameters, rest, strict=True)}
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
    if kinds & {model.Aggregate, model.MeasureCall, model.ScoreCall, model.StatusIs, model.Allocation}:
        return 2
    return 1 if kinds & {model.DefineCall, model.Exists, model.Or, model.Case, model.Fallback, model.AtLeast} else 0


def declare(c: Compiler, declared: model.Define | model.Measure, variant: Variant) -> Shape:
    """Compile a definition or measure, once for each variant."""
    key = ("declared", declared.id, variant)
    known = c.known(key)
    if isinstance(known, str):
        raise NoRuleForm(known)
    if known is not None:
        return known  # type: ignore[no-any-return]
    name = c.names.predicate(declared.id, suffix_of(variant), key=variant.inside or None)
    c.block.append(declared.id)
    c.spans[declared.id] = declared.span
    mark = c.mark()
    try:
        shape = _defined_by_itself(c, declared, name, variant)
        if declared.id in c.profile.raised:
            shape = _raised(c, declared, shape, c.profile.raised[declared.id], variant)
    except NoRuleForm as why:
        c.back(mark)
        c.remember(key, f"`{declared.name}`: {why}" if not str(why).startswith("`") else str(why))
        raise NoRuleForm(c.known(key)) from why
    finally:
        c.block.pop()
    shape = Shape(shape.predicate, shape.form, shape.unit, shape.ends, c.opened(shape.predicate))
    return c.remember(key, shape)  # type: ignore[no-any-return]


def _defined_by_itself(c: Compiler, declared: model.Define | model.Measure, name: str, variant: Variant) -> Shape:
    """A definition whose body may ask it again: what it then looks like is said before. Whether something open decides
    it shows when it is written; then it is written again, knowing that."""
    if not isinstance(declared, model.Define) or not declared.recursive:
        return _define(c, declared, name, variant)
    key, form = ("again", declared.id, variant), _form_again(declared)
    mark = c.mark()
    c.remember(key, Shape(name, form, 1, ()))
    shape = _define(c, declared, name, variant)
    opens = c.opened(shape.predicate)
    if opens is not None:
        c.back(mark)
        c.remember(key, Shape(name, form, 1, (), opens))
        shape = _define(c, declared, name, variant)
    if declared.back is None and any(
        isinstance(node, model.SelfCall) and node.define == declared.id
        for each in c.outsides
        for node in c.depends.nodes(each.expression)
    ):
        raise NoRuleForm("it asks itself within a count or a sum")  # what is least is found as a whole or not at all
    return shape


def _form_again(define: model.Define) -> Form:
    """The form of the value of a definition that asks itself. Raises NoRuleForm."""
    dated = [each for each in define.parameters if each.type in (DATE, MONTH, DURATION)]
    if dated:
        raise NoRuleForm(f"it asks itself for another `{dated[0].name}`")
    if isinstance(define.type, EnumType | EntityType):
        return "term"
    if define.type != FLAG:
        raise NoRuleForm("a number rests on itself")
    return "flag"


def _raised(c: Compiler, declared: model.Define | model.Measure, before: Shape, more: Range, variant: Variant) -> Shape:
    """A measure with what a plan adds to it: the measure as it is without comes to stand under a name of its own."""
    if before.form != "exact":
        raise NoRuleForm("a fraction is raised")
    name = c.names.predicate(declared.id, f"{suffix_of(variant)}_planned", key=variant.inside or None)
    takes_date = c.depends.takes_date(declared)
    body = Body()
    on = (body.fresh("On"),) if takes_date else ()
    own = tuple(body.fresh(each.name) for each in declared.parameters)
    args = (*on, *own)
    body.fact(Atom(f"in_{name}", args))
    opens = c.opened(before.predicate)
    value = read(Shape(before.predicate, "exact", before.unit, before.ends, opens), args, body)
    assert isinstance(value, Exact)
    c.demand(before.predicate, args, body)
    unit = common_unit([before.unit, more.unit])
    by, total = body.fresh("By"), body.fresh("More")
    change, index = body.fresh("C"), body.fresh("I")
    predicate = c.names.predicate(declared.id, "_raised")
    elements_ = (Element((by, change, index), (Atom(predicate, (*own, by, change, index)),)),)
    body.add(Aggregate(total, "=", "sum", elements_), binds=frozenset((total.name,)))
    scale = unit // more.unit
    added = exact(times_term(total, scale), unit, more.total_low * scale, more.total_high * scale)
    return heads(c, name, [Found(args, body, sum_of(at(value, unit), added))], Atom(f"open_{name}", args))


def suffix_of(variant: Variant) -> str:
    """What tells the predicate of a variant from the others."""
    if variant.raw:
        return "_among_all"
    return "".join(f"_in_{plain(each.rpartition('.')[2])}" for each in sorted(variant.inside))


def _define(c: Compiler, declared: model.Define | model.Measure, name: str, variant: Variant) -> Shape:
    inside, raw = variant.inside, variant.raw
    if isinstance(declared, model.Measure) and declared.id in c.depends.limited and not raw:
        inside = inside | {declared.id}
    ranges = c.profile.given.get(declared.id)
    gives = ranges is not None or (
        c.profile.anything_missing and (isinstance(declared, model.Measure) or declared.id in c.given)
    )
    if gives and ranges is not None and not ranges.fits:
        raise NoRuleForm("a given value is too large or too fine")
    if ranges is not None and any(isinstance(each.type, SetType) for each in declared.parameters):
        raise NoRuleForm("a value is given for a set")  # the rules know a set by its parameter, not by its elements
    takes_date = c.depends.takes_date(declared)

    def start() -> tuple[Body, Scope, tuple[Variable, ...], tuple[Variable, ...]]:
        body = Body()
        now = body.fresh("On") if takes_date else None
        own = tuple(body.fresh(each.name) for each in declared.parameters)
        args = own if now is None else (now, *own)
        body.fact(Atom(f"in_{name}", args))
        values = {each.number: formal_value(each, arg) for each, arg in zip(declared.parameters, own, strict=True)}
        return body, Scope(values, now, inside, raw), args, own

    has = c.names.predicate(declared.id, "", "has_")
    gave = c.names.predicate(declared.id, "", "given_")
    opens: Atom | None = None
    found = []
    for way in c.ways(declared.body):
        body, scope, args, own = start()
        opens = Atom(f"open_{name}", args)
        if gives:
            body.add(Negation(Atom(has, own)), cheap=True)
        value = way(body, scope)
        found.append(Found(args, body, value))
    worked_out = [each.value for each in found]
    flag = declared.type == FLAG
    if gives:
        body, scope, args, own = start()
        given: Value | None = None
        column: tuple[Term, ...] = (Symbol("yes"),) if flag else (body.fresh("V"),)
        if isinstance(declared.type, Quantity):
            seen_as = ranges or c.profile.otherwise
            given = exact(column[0], seen_as.unit, seen_as.low, seen_as.high)
        elif not flag:
            given = column[0]
        body.fact(Atom(gave, (*own, *column)))
        found.append(Found(args, body, given))
        anything = tuple(body.fresh("A") for _ in own)
        c.rule(Rule(Atom(has, anything), (Atom(gave, (*anything, Variable("_"))),)))
    shape = heads(c, name, found, opens)
    if isinstance(declared, model.Measure) and bounds.may_leave(declared, worked_out):
        body, _, args, own = start()  # what is given keeps to them
        if gives:
            body.add(Negation(Atom(has, own)), cheap=True)
        bounds.keep(c, declared, Atom(f"open_{name}", args), numeric(read(shape, args, body)), body)
    return shape
