"""The body of a rule while it is being written.

A body knows which of its literals are cheap (facts, comparisons of facts) and which variables each of them binds: that
is what demand rules are made of (see `demand`). The atom of a row gets a variable for each field as it is read. An
aggregate's condition is a body inside another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from attain_compiler.asp.rules import Atom, Comparison, Literal_, Term, Variable, variables_in, variables_of


@dataclass(slots=True, eq=False)
class RowAtom:
    """The atom of a row: its number, then the record's fields in order, `_` for those that nothing reads."""

    predicate: str
    row: Term
    order: tuple[str, ...]
    fields: dict[str, Variable] = field(default_factory=dict)

    def atom(self) -> Atom:
        return Atom(self.predicate, (self.row, *(self.fields.get(name, Variable("_")) for name in self.order)))


@dataclass(slots=True, eq=False)
class Entry:
    """A literal, whether it is cheap, the variables that it binds, and whether something unknown may decide it."""

    literal: Literal_ | RowAtom
    cheap: bool
    binds: frozenset[str]
    unsure: bool = False
    _variables: frozenset[str] | None = None
    """Those of the literal, once they were asked for; of a row they change as fields of it are read."""

    def said(self) -> Literal_:
        return self.literal.atom() if isinstance(self.literal, RowAtom) else self.literal

    def needs(self) -> frozenset[str]:
        """The variables that must be bound before."""
        if isinstance(self.literal, RowAtom):
            return frozenset()
        return self._of_literal(self.literal) - self.binds

    def variables(self) -> frozenset[str]:
        if isinstance(self.literal, RowAtom):
            return variables_of(self.literal.atom()) - {"_"}
        return self._of_literal(self.literal) - {"_"}

    def _of_literal(self, literal: Literal_) -> frozenset[str]:
        if self._variables is None:
            self._variables = variables_of(literal)
        return self._variables


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """Something unknown is read here if `condition` holds, beside the literals that stood before it in the body. With
    `rows`, it is that rows or identifiers may be missing."""

    before: tuple[Entry, ...]
    condition: Literal_
    body: Body
    rows: bool


Mark: TypeAlias = "tuple[tuple[Body, tuple[Entry, ...], int, tuple[tuple[RowAtom, dict[str, Variable]], ...]], ...]"


class Body:
    """Literals in the order in which they are found. Names of variables are unique in the whole rule."""

    def __init__(self, parent: Body | None = None) -> None:
        self.parent = parent
        self.entries: list[Entry] = []
        self.events: list[Event] = []
        self.names: dict[str, int] = parent.names if parent else {}

    def fresh(self, hint: str) -> Variable:
        """A variable that the rule does not have yet, named after `hint`."""
        plain = re.sub(r"[^A-Za-z0-9_]", "", hint.replace("-", "_")).strip("_") or "x"
        if not plain[0].isalpha():
            plain = "x" + plain
        name = plain[0].upper() + plain[1:]
        while True:
            self.names[name] = self.names.get(name, 0) + 1
            made = name if self.names[name] == 1 else f"{name}_{self.names[name]}"
            if made == name or made not in self.names:
                return Variable(made)

    def add(
        self, literal: Literal_, *, cheap: bool = False, binds: frozenset[str] = frozenset(), unsure: bool = False
    ) -> None:
        self.entries.append(Entry(literal, cheap, binds, unsure))

    def fact(self, atom: Atom, *, unsure: bool = False) -> None:
        """A cheap atom, which binds whatever variables stand in it by themselves."""
        binds = frozenset(name for each in atom.arguments for name in variables_in(each))
        self.add(atom, cheap=True, binds=binds, unsure=unsure)

    def test(self, comparison: Comparison, *, cheap: bool = True) -> None:
        self.add(comparison, cheap=cheap)

    def all(self) -> list[Entry]:
        """The literals of the rule so far, those of the bodies around this one first."""
        return [*(self.parent.all() if self.parent else ()), *self.entries]

    def root(self) -> Body:
        body = self
        while body.parent is not None:
            body = body.parent
        return body

    def row(self, predicate: str, row: Term, order: tuple[str, ...], *, bind: bool = False) -> RowAtom:
        """The atom of a row: the one that is there, or one in the body that binds the row (this one, with `bind`)."""
        body: Body | None = self
        while body is not None:
            for entry in body.entries:
                found = entry.literal
                if isinstance(found, RowAtom) and found.row == row and found.predicate == predicate:
                    return found
            body = body.parent
        atom = RowAtom(predicate, row, order)
        wanted = variables_in(row)
        owner = self
        # The one row of a record may not be there: it is asked for where it is read, and nowhere around that.
        while wanted and not bind and owner.parent is not None and not _bound(owner, wanted):
            owner = owner.parent
        owner.entries.append(Entry(atom, True, frozenset()))
        return atom

    def unknown(self, condition: Literal_, *, last: bool = True, rows: bool = False) -> None:
        """Something unknown is read where `condition` holds: it may decide the last literal, if `last`, which therefore
        need not hold there."""
        before = self.all()
        if last and self.entries:
            entry = self.entries[-1]
            self.entries[-1] = Entry(entry.literal, entry.cheap, entry.binds, True)
            del before[-1]
        self.root().events.append(Event(tuple(before), condition, self, rows))

    def lacking(self, atom: Atom, tests: Sequence[Comparison], binds: frozenset[str]) -> None:
        """Something unknown is read where the atom, which binds these variables, holds and so do the tests of it."""
        literals: tuple[Atom | Comparison, ...] = (atom, *tests)
        others = [Entry(each, True, binds if each is atom else frozenset()) for each in literals[:-1]]
        self.root().events.append(Event((*self.all(), *others), literals[-1], self, False))

    def literals(self) -> tuple[Literal_, ...]:
        return tuple(entry.said() for entry in self.entries)

    # ------------------------------------------------------------ going back

    def mark(self) -> Mark:
        return tuple(
            (
                body,
                tuple(body.entries),
                len(body.events),
                tuple(
                    (each.literal, dict(each.literal.fields))
                    for each in body.entries
                    if isinstance(each.literal, RowAtom)
                ),
            )
            for body in self._chain()
        )

    @staticmethod
    def back(mark: Mark) -> None:
        """Take away what came after the mark."""
        for body, entries, events, rows in mark:
            body.entries[:] = entries
            del body.events[events:]
            for atom, fields in rows:
                atom.fields.clear()
                atom.fields.update(fields)

    def _chain(self) -> Iterator[Body]:
        body: Body | None = self
        while body is not None:
            yield body
            body = body.parent


def _bound(body: Body, wanted: frozenset[str]) -> bool:
    return any(wanted & entry.variables() for entry in body.entries)
