"""Rules made easy to read: equal variables become one, and a variable that stands once becomes `_`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from attain_compiler.asp.rules import (
    Absolute,
    Aggregate,
    Atom,
    Comparison,
    Element,
    Falsity,
    Function,
    Literal_,
    Negation,
    Number,
    Operation,
    Pool,
    Rule,
    Symbol,
    Term,
    Text,
    Variable,
    head_atom,
    terms_in,
    terms_of,
    variables_in,
    variables_of,
)

Replace = Callable[[Variable], Term]


def tidy(rule: Rule) -> Rule:
    """The same rule, shorter."""
    head = head_atom(rule)
    if rule.head is not head:
        return rule
    body, head = _without_equalities(list(rule.body), head)
    body = list(dict.fromkeys(body))
    return _anonymous(Rule(head, tuple(body)))


def _without_equalities(body: list[Literal_], head: Atom | None) -> tuple[list[Literal_], Atom | None]:
    values: dict[str, Term] = {}

    def replace(each: Variable) -> Term:
        return values.get(each.name, each)

    kept: list[Literal_] = []
    for literal in body:
        pair = _equal(in_literal(literal, replace)) if isinstance(literal, Comparison) else None
        if pair is None:
            kept.append(literal)
            continue
        variable, term = pair
        if variable != term:
            values = {name: term if value == variable else value for name, value in values.items()}
            values[variable.name] = term
    if values:
        kept = [in_literal(each, replace) for each in kept]
        head = None if head is None else in_atom(head, replace)
    if not any(isinstance(each, Aggregate) for each in kept):
        return kept, head
    outer = {
        name
        for literal in kept
        for name in ((variables_in(literal.bound)) if isinstance(literal, Aggregate) else variables_of(literal))
    } | {name for term in (head.arguments if head else ()) for name in variables_in(term)}
    return [_inner(each, outer) if isinstance(each, Aggregate) else each for each in kept], head


def _equal(literal: Literal_) -> tuple[Variable, Term] | None:
    if isinstance(literal, Comparison) and literal.relation == "=":
        for one, other in ((literal.left, literal.right), (literal.right, literal.left)):
            if isinstance(one, Variable) and isinstance(other, Variable | Number | Symbol | Text):
                return one, other
    return None


def _inner(aggregate: Aggregate, outer: set[str]) -> Aggregate:
    """Equalities inside an element, where they define a variable of the element alone."""
    elements = []
    for element in aggregate.elements:
        terms, condition = element.terms, list(element.condition)
        index = 0
        while index < len(condition):
            pair = _local(condition[index], outer)
            counted = {name for each in terms for name in variables_in(each)}
            if pair is None or (pair[0].name in counted and variables_in(pair[1]) & outer):
                index += 1
                continue
            variable, term = pair
            del condition[index]

            def replace(each: Variable, variable: Variable = variable, term: Term = term) -> Term:
                return term if each == variable else each

            condition = [in_literal(each, replace) for each in condition]
            terms = tuple(in_term(each, replace) for each in terms)
            index = 0
        elements.append(Element(terms, tuple(dict.fromkeys(condition))))
    return Aggregate(aggregate.bound, aggregate.relation, aggregate.function, tuple(elements))


def _local(literal: Literal_, outer: set[str]) -> tuple[Variable, Term] | None:
    """A variable of an element alone and what it is equal to."""
    if isinstance(literal, Comparison) and literal.relation == "=":
        for one, other in ((literal.left, literal.right), (literal.right, literal.left)):
            simple = isinstance(other, Variable | Number | Symbol | Text)
            if isinstance(one, Variable) and one.name not in outer and simple:
                return one, other
    return None


def _anonymous(rule: Rule) -> Rule:
    head = head_atom(rule)
    times = Counter(
        each.name
        for term in (*(head.arguments if head else ()), *(term for literal in rule.body for term in terms_of(literal)))
        for each in terms_in(term)
        if isinstance(each, Variable)
    )

    def replace(each: Variable) -> Term:
        return Variable("_") if times[each.name] == 1 else each

    return Rule(rule.head, tuple(_anonymous_literal(each, replace) for each in rule.body))


def _anonymous_literal(literal: Literal_, replace: Replace) -> Literal_:
    match literal:
        case Atom():
            return in_atom(literal, replace)
        case Aggregate():
            return Aggregate(
                literal.bound,
                literal.relation,
                literal.function,
                tuple(
                    Element(each.terms, tuple(_anonymous_literal(inner, replace) for inner in each.condition))
                    for each in literal.elements
                ),
            )
        case _:
            return literal


def in_literal(literal: Literal_, replace: Replace) -> Literal_:
    """The literal with every variable replaced."""
    match literal:
        case Atom():
            return in_atom(literal, replace)
        case Negation(atom=atom):
            return Negation(in_atom(atom, replace))
        case Comparison(left=left, relation=relation, right=right):
            return Comparison(in_term(left, replace), relation, in_term(right, replace))
        case Aggregate():
            return Aggregate(
                in_term(literal.bound, replace),
                literal.relation,
                literal.function,
                tuple(
                    Element(
                        tuple(in_term(term, replace) for term in each.terms),
                        tuple(in_literal(inner, replace) for inner in each.condition),
                    )
                    for each in literal.elements
                ),
            )
        case Falsity():
            return literal


def in_atom(atom: Atom, replace: Replace) -> Atom:
    return Atom(atom.predicate, tuple(in_term(each, replace) for each in atom.arguments))


def in_term(term: Term, replace: Replace) -> Term:
    """The term with every variable replaced."""
    match term:
        case Variable():
            return replace(term)
        case Function(name=name, arguments=arguments):
            return Function(name, tuple(in_term(each, replace) for each in arguments))
        case Operation(operator=operator, left=left, right=right):
            return Operation(operator, in_term(left, replace), in_term(right, replace))
        case Absolute(operand=operand):
            return Absolute(in_term(operand, replace))
        case Pool(items=items):
            return Pool(tuple(in_term(each, replace) for each in items))
        case _:
            return term
