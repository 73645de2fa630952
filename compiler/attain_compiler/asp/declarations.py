"""Definitions and measures, each compiled once for each variant that is asked for."""

from __future__ import annotations

from attain_compiler.asp import bounds, predicates, raising
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.depends import Variant
from attain_compiler.asp.names import plain
from attain_compiler.asp.profile import Range
from attain_compiler.asp.rules import Atom, Negation, Rule, Symbol, Term, Variable
from attain_compiler.asp.shapes import Form, Scope, Shape, Value
from attain_compiler.asp.units import Exact, NoRuleForm, at, exact, sum_of, times_term
from attain_compiler.model import program as model
from attain_compiler.model.types import DATE, DURATION, FLAG, MONTH, EntityType, EnumType, Quantity, SetType


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
    several = declared.id in c.profile.several
    unit = predicates.common_unit([before.unit, more.unit])
    scale = unit // more.unit
    opens = c.opened(before.predicate)
    names = Body()
    names.names.update(dict.fromkeys(raising.NAMES, 1))
    on = (names.fresh("On"),) if takes_date else ()
    own = tuple(names.fresh(each.name) for each in declared.parameters)
    args = (*on, *own)
    predicate = raising.raised(c.names, declared.id)
    rules, ways = raising.ways(predicate, own, several=several)
    for each in rules:
        c.rule(each)
    found = []
    for way in ways:
        body = Body()
        body.names.update(names.names)
        body.fact(Atom(f"in_{name}", args))
        value = predicates.read(Shape(before.predicate, "exact", before.unit, before.ends, opens), args, body)
        assert isinstance(value, Exact)
        c.demand(before.predicate, args, body)
        for literal in way.literals:
            body.add(literal)
        value = at(value, unit)
        if way.more is not None:
            added = exact(times_term(way.more, scale), unit, more.total_low * scale, more.total_high * scale)
            value = sum_of(value, added)
        found.append(predicates.Found(args, body, value))
    return predicates.heads(c, name, found, Atom(f"open_{name}", args))


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
        values = {
            each.number: predicates.formal_value(each, arg) for each, arg in zip(declared.parameters, own, strict=True)
        }
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
        found.append(predicates.Found(args, body, value))
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
        found.append(predicates.Found(args, body, given))
        anything = tuple(body.fresh("A") for _ in own)
        c.rule(Rule(Atom(has, anything), (Atom(gave, (*anything, Variable("_"))),)))
    shape = predicates.heads(c, name, found, opens)
    if isinstance(declared, model.Measure) and bounds.may_leave(declared, worked_out):
        body, _, args, own = start()  # what is given keeps to them
        if gives:
            body.add(Negation(Atom(has, own)), cheap=True)
        bounds.keep(
            c, declared, Atom(f"open_{name}", args), predicates.numeric(predicates.read(shape, args, body)), body
        )
    return shape
