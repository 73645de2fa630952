"""First-order rules as data: terms, literals, aggregates, rules, and blocks of them with the place they come from.

What a reader of answer set programs knows, and no more. `render` is the only place in which they become text; whatever
a policy or its facts say is a `Text` (escaped) or a `Symbol` and a predicate chosen by `names`, never program text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.source import Span


@frozen
class Number:
    """A whole number."""

    value: int


@frozen
class Symbol:
    """A constant: `enterprise`, `unknown`; also `#inf` and `#sup`."""

    name: str


@frozen
class Text:
    """A quoted string; what it holds is data."""

    value: str


@frozen
class Variable:
    """A variable; `_` is the anonymous one."""

    name: str


@frozen
class Function:
    """`name(arguments)`; a tuple where the name is empty."""

    name: str
    arguments: tuple[Term, ...]


@frozen
class Operation:
    """`left operator right`"""

    operator: Literal["+", "-", "*", "/", "\\", "**", ".."]
    left: Term
    right: Term


@frozen
class Absolute:
    """`|operand|`"""

    operand: Term


@frozen
class Pool:
    """`(a;b;c)`: one of these."""

    items: tuple[Term, ...]


Term: TypeAlias = Number | Symbol | Text | Variable | Function | Operation | Absolute | Pool
Relation: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@frozen
class Atom:
    """`predicate(arguments)`"""

    predicate: str
    arguments: tuple[Term, ...] = ()


@frozen
class Negation:
    """`not atom`"""

    atom: Atom


@frozen
class Comparison:
    """`left relation right`"""

    left: Term
    relation: Relation
    right: Term


@frozen
class Falsity:
    """`#false`"""


@frozen
class Element:
    """`terms : condition` inside an aggregate."""

    terms: tuple[Term, ...]
    condition: tuple[Literal_, ...]


@frozen
class Aggregate:
    """`bound relation #function { elements }`"""

    bound: Term
    relation: Relation
    function: Literal["count", "sum", "min", "max"]
    elements: tuple[Element, ...]


Literal_: TypeAlias = Atom | Negation | Comparison | Falsity | Aggregate


@frozen
class Choice:
    """`{ atom }`"""

    atom: Atom


@frozen
class Rule:
    """`head :- body.`; a fact where the body is empty, a constraint without a head."""

    head: Atom | Choice | None
    body: tuple[Literal_, ...] = ()


@frozen
class Minimize:
    """`#minimize { weight@priority,terms : condition }.`"""

    weight: Term
    priority: int
    terms: tuple[Term, ...]
    condition: tuple[Literal_, ...]


Statement: TypeAlias = Rule | Minimize


@frozen
class Block:
    """What one declaration became. `span` is the declaration in the policy; `notes` are said above the rules."""

    title: str
    span: Span | None
    notes: tuple[str, ...]
    statements: tuple[Statement, ...]


@frozen
class RuleProgram:
    """The blocks, in the order of the policy; the predicates of facts, of which there may be none; those that are
    derived, but not for all that is asked; what is shown."""

    header: tuple[str, ...]
    blocks: tuple[Block, ...]
    open_predicates: tuple[tuple[str, int], ...]
    partly_derived: tuple[tuple[str, int], ...]
    shown: tuple[tuple[str, int], ...]


def terms_in(term: Term) -> Iterator[Term]:
    """The term and those inside it."""
    yield term
    match term:
        case Function(arguments=items) | Pool(items=items):
            for each in items:
                yield from terms_in(each)
        case Operation(left=left, right=right):
            yield from terms_in(left)
            yield from terms_in(right)
        case Absolute(operand=operand):
            yield from terms_in(operand)
        case _:
            pass


def terms_of(literal: Literal_) -> Iterator[Term]:
    """The outermost terms of a literal, those of aggregates' elements and conditions included."""
    match literal:
        case Atom(arguments=arguments) | Negation(atom=Atom(arguments=arguments)):
            yield from arguments
        case Comparison(left=left, right=right):
            yield left
            yield right
        case Aggregate(bound=bound, elements=elements):
            yield bound
            for element in elements:
                yield from element.terms
                for inner in element.condition:
                    yield from terms_of(inner)
        case Falsity():
            pass


def variables_in(term: Term) -> frozenset[str]:
    """The names of the variables of a term."""
    if isinstance(term, Variable):
        return frozenset((term.name,))
    if isinstance(term, Number | Symbol | Text):
        return frozenset()
    return frozenset(each.name for each in terms_in(term) if isinstance(each, Variable))


def variables_of(literal: Literal_) -> frozenset[str]:
    """The names of all variables of a literal."""
    names: set[str] = set()
    for term in terms_of(literal):
        if isinstance(term, Variable):
            names.add(term.name)
        elif not isinstance(term, Number | Symbol | Text):
            names |= variables_in(term)
    return frozenset(names)


def predicates_of(literal: Literal_) -> Iterator[tuple[str, int, bool]]:
    """Each predicate of a literal: name, arity, and whether it stands positively outside aggregates."""
    match literal:
        case Atom(predicate=name, arguments=arguments):
            yield name, len(arguments), True
        case Negation(atom=Atom(predicate=name, arguments=arguments)):
            yield name, len(arguments), False
        case Aggregate(elements=elements):
            for element in elements:
                for inner in element.condition:
                    for name, arity, _ in predicates_of(inner):
                        yield name, arity, False
        case _:
            pass


def head_atom(rule: Rule) -> Atom | None:
    """The atom that a rule derives, if any."""
    return rule.head.atom if isinstance(rule.head, Choice) else rule.head


def undefined(rule: Rule) -> bool:
    """Whether a rule reckons with what is no number, such as `unknown`: then it never holds, and the grounder would say
    so each time. (In an aggregate it would be one element that does not count.)"""
    head = head_atom(rule)
    literals = (*(() if head is None else (head,)), *rule.body)
    found = (term for each in literals if not isinstance(each, Aggregate) for term in terms_of(each))
    return any(
        isinstance(operand, Symbol | Text) for each in found for term in terms_in(each) for operand in _operands(term)
    )


def _operands(term: Term) -> tuple[Term, ...]:
    match term:
        case Operation(left=left, right=right):
            return left, right
        case Absolute(operand=operand):
            return (operand,)
        case _:
            return ()
