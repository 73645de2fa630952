"""The state of one compilation: blocks of rules, predicates, and the way back where something has no rule form.

What each kind of declaration and expression becomes is in the modules of its name. They call each other through here,
so that none of them needs to know the others; `expressions` knows them all, and says which of them writes what.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from attain_compiler.asp.body import Body
from attain_compiler.asp.demand import asked_for, connected, reached
from attain_compiler.asp.depends import Depends
from attain_compiler.asp.names import Names
from attain_compiler.asp.outsides import Outside
from attain_compiler.asp.profile import Profile
from attain_compiler.asp.rules import (
    Atom,
    Function,
    Literal_,
    Number,
    Rule,
    Statement,
    Symbol,
    Term,
    Text,
    undefined,
    variables_in,
    variables_of,
)
from attain_compiler.asp.shapes import Scope, Shape, Value
from attain_compiler.asp.tidy import tidy
from attain_compiler.asp.units import Exact, Mixed, NoRuleForm, Ratio, at, constant
from attain_compiler.model import program as model
from attain_compiler.model.types import Duration, EnumValue, Quantity, Simple
from attain_compiler.source import Span

UNKNOWN = Symbol("unknown")
YES, NO = Symbol("yes"), Symbol("no")

Way = Callable[[Body, Scope], Value | None]
"""One way in which something holds or has a value: it writes the conditions into the body and gives the value."""


class Compiler(ABC):
    """Compiles one program for one profile of facts."""

    def __init__(
        self,
        program: model.Program,
        profile: Profile,
        asked: tuple[model.Expression, ...] = (),
        changed: frozenset[str] = frozenset(),
    ) -> None:
        """`changed` are the records and measures, by their ids, that the changes of a plan may alter."""
        self.changed = changed
        self.program = program
        self.profile = profile
        self.depends = Depends(program, asked)
        self.names = Names()
        self.given = frozenset(each.target for example in program.examples.values() for each in example.values)
        self.block: list[str] = []
        self.statements: dict[str, dict[Statement, None]] = {}
        self.opening: dict[Rule, None] = {}
        self.notes: dict[str, dict[str, None]] = {}
        self.spans: dict[str, Span] = {}
        self.outsides: list[Outside] = []
        self._done: dict[Hashable, Any] = {}
        self._altered: dict[int, bool] = {}
        self._journal: list[Callable[[], object]] = []

    # ------------------------------------------------------------ what is written, and taken back

    def mark(self) -> int:
        return len(self._journal)

    def back(self, mark: int) -> None:
        """Take back all that was written since the mark."""
        while len(self._journal) > mark:
            self._journal.pop()()

    def known(self, key: Hashable) -> Any:
        return self._done.get(key)

    def remember(self, key: Hashable, value: Any) -> Any:
        """Keep a value; when it is taken back, what was kept before is there again."""
        if key in self._done:
            before = self._done[key]
            self._journal.append(lambda: self._done.__setitem__(key, before))
        else:
            self._journal.append(lambda: self._done.pop(key, None))
        self._done[key] = value
        return value

    def rule(self, rule: Rule, block: str | None = None) -> None:
        """Write a rule into a block (the one of the declaration that is being compiled, if none is named)."""
        rule = tidy(rule)
        if rule.head in rule.body or undefined(rule):
            return
        written = self.statements.setdefault(block or self.block[-1], {})
        if rule not in written:
            written[rule] = None
            self._journal.append(lambda: written.pop(rule, None))

    def brought(self, outside: Outside) -> None:
        """Add a condition that comes from outside."""
        self.outsides.append(outside)
        self._journal.append(lambda: self.outsides.remove(outside))

    def note(self, text: str, block: str | None = None) -> None:
        written = self.notes.setdefault(block or self.block[-1], {})
        if text not in written:
            written[text] = None
            self._journal.append(lambda: written.pop(text, None))

    def derive(self, head: Atom, body: Body, opens: Atom | None, block: str | None = None) -> None:
        """Write `head :- body.`, and for each unknown that the body reads the rule by which `opens` holds."""
        self.rule(Rule(head, body.literals()), block)
        if opens is not None:
            self.open_rules(body, opens)

    def open_rules(self, body: Body, opens: Atom) -> None:
        for event in body.events:
            wanted = variables_of(event.condition) | variables_of(opens)
            self.open_where(opens, (*reached(event, wanted), event.condition))

    def open_where(self, opens: Atom, literals: tuple[Literal_, ...]) -> None:
        """Write the rule by which `opens` holds where the literals do."""
        rule = tidy(Rule(opens, literals))
        if rule not in self.opening:
            self.opening[rule] = None
            self._journal.append(lambda rule=rule: self.opening.pop(rule, None))  # type: ignore[misc]
        self.remember(("open", opens.predicate), True)

    def opened(self, name: str) -> str | None:
        """The predicate of what is open of `name`, if anything is."""
        predicate = f"open_{name}"
        return predicate if self.known(("open", predicate)) else None

    def altered(self, expression: model.Expression) -> bool:
        """Whether changes may alter the value of an expression, beside the fields of rows that are bound around it."""
        if not self.changed:
            return False
        known: bool | None = self._altered.get(id(expression))
        if known is None:
            called = self.depends.called(expression)
            known = self._altered[id(expression)] = bool(
                self.depends.records(expression) & self.changed or any(each.id in self.changed for each in called)
            )
        return known

    def demand(self, name: str, args: Iterable[Term], body: Body, block: str | None = None) -> None:
        """Write the rule by which `name` is asked for these arguments where the body stands."""
        args = tuple(args)
        wanted = frozenset(each for arg in args for each in variables_in(arg))
        literals = tuple(each.said() for each in connected(asked_for(body.all(), wanted), wanted))
        self.rule(Rule(Atom(f"in_{name}", args), literals), block)

    # ------------------------------------------------------------ expressions

    @abstractmethod
    def holds(self, expression: model.Expression, body: Body, scope: Scope, sign: bool = True) -> None:
        """Write into the body that a condition holds (or, with `sign` false, that it does not)."""

    @abstractmethod
    def from_outside(self, expression: model.Expression, body: Body, scope: Scope, sign: bool, reason: str) -> None:
        """Write into the body that a condition, whose truth comes from outside, holds or does not: see `outside`."""

    def holds_or_outside(
        self, expression: model.Expression, body: Body, scope: Scope, sign: bool, write: Callable[[], None]
    ) -> None:
        """Write a condition by `write`; where it has no rule form, its truth comes from outside."""
        mark, there = self.mark(), body.mark()
        try:
            write()
        except NoRuleForm as why:
            self.back(mark)
            Body.back(there)
            self.from_outside(expression, body, scope, sign, str(why))

    @abstractmethod
    def value(self, expression: model.Expression, body: Body, scope: Scope) -> Value:
        """Write into the body what gives the value of an expression. Raises NoRuleForm."""

    def term(self, expression: model.Expression, body: Body, scope: Scope) -> Term:
        """The value of an expression that is no number, or a whole one. Raises NoRuleForm."""
        value = self.value(expression, body, scope)
        if isinstance(value, Exact):
            return at(value, 1).term
        if isinstance(value, Ratio | Mixed):
            raise NoRuleForm("a fraction stands where a whole number is needed")
        return value

    @abstractmethod
    def auxiliary(
        self, hint: str, expressions: list[model.Expression], written: list[Way], body: Body, scope: Scope
    ) -> tuple[Shape, tuple[Term, ...]]:
        """A predicate of its own for part of an expression: see `calls`."""

    @abstractmethod
    def ways(self, expression: model.Expression) -> list[Way]:
        """The ways in which an expression holds or has its value: a rule for each."""

    def now(self, body: Body, scope: Scope) -> Term:
        """The date that counts: an argument under `as of`, else `today`."""
        if scope.now is not None:
            return scope.now
        root = body.root()
        for entry in root.entries:
            if isinstance(entry.literal, Atom) and entry.literal.predicate == "today":
                return entry.literal.arguments[0]
        variable = body.fresh("Today")
        root.fact(Atom("today", (variable,)))
        # First, so that what already stands can be taken over by demand rules together with it.
        root.entries.insert(0, root.entries.pop())
        return variable

    # ------------------------------------------------------------ constants

    def constant(self, value: object, type_: object = None) -> Value:
        """A constant of the policy."""
        match value:
            case bool():
                return YES if value else NO
            case int() if isinstance(type_, Simple) and type_.kind == "month":
                return Number(value)
            case EnumValue(enum=enum, name=name):
                return Symbol(self.names.constant(enum, name))
            case str():
                return Text(value)
            case Duration(months=months, days=days):
                return duration(months, days)
            case _ if hasattr(value, "toordinal"):
                return Number(value.toordinal())
            case _ if isinstance(type_, Quantity) or hasattr(value, "numerator"):
                return constant(value)  # type: ignore[arg-type]
            case _:
                raise NoRuleForm("a set or band stands where one value is needed")

    def plain_term(self, value: object, type_: object, unit: int = 1) -> Term:
        """A constant as a term, numbers in this unit."""
        found = self.constant(value, type_)
        return found if not hasattr(found, "unit") else constant(value, unit).term  # type: ignore[arg-type, return-value]

    def predicate_of(self, record: str) -> str:
        return self.names.predicate(record)


def duration(months: int, days: int) -> Term:
    """A duration as a term."""
    return Function("duration", (Number(months), Number(days)))
