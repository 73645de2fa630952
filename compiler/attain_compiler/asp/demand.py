"""Demand rules (magic sets): for which arguments something is asked, so that nothing else is grounded.

`in_x(A) :- ...` takes over from the rule that asks for x(A) what is cheap (facts, comparisons of facts) and whatever
binds the arguments; never a condition that is itself worked out. Otherwise demand, exclusions and measures become one
recursive component, aggregates over it are no longer stratified, and gringo enumerates the subsets of a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attain_compiler.asp.body import Entry, Event, RowAtom
from attain_compiler.asp.rules import Aggregate, Atom, Falsity, Literal_, variables_in


def demanded(entries: Sequence[Entry], wanted: Iterable[str]) -> tuple[Entry, ...]:
    """The literals of a demand rule whose head has the variables `wanted`, out of those that stand before the call."""
    chosen: set[int] = set()
    bound: set[str] = set()
    outer = frozenset(name for each in entries for name in _outer(each))

    def needs(entry: Entry) -> frozenset[str]:
        """What must be bound before; the variables of an aggregate's elements are its own."""
        return entry.needs() & outer if isinstance(entry.literal, Aggregate) else entry.needs()

    def take_cheap() -> None:
        changed = True
        while changed:
            changed = False
            for index, entry in enumerate(entries):
                if entry.cheap and index not in chosen and needs(entry) <= bound:
                    chosen.add(index)
                    bound.update(entry.variables())
                    changed = True

    take_cheap()
    missing = set(wanted) - bound
    while missing:
        found = next(
            (
                index
                for index, entry in enumerate(entries)
                if index not in chosen and entry.binds & missing and needs(entry) <= bound
            ),
            None,
        )
        if found is None:
            # What binds a wanted variable needs another one first.
            more = {
                name
                for entry in entries
                if entry.binds & missing
                for name in needs(entry) - bound
                if name not in missing
            }
            if not more:
                break
            missing |= more
            continue
        chosen.add(found)
        bound.update(entries[found].variables())
        take_cheap()
        missing -= bound
    return tuple(entries[index] for index in sorted(chosen))


def asked_for(entries: Sequence[Entry], wanted: Iterable[str]) -> tuple[Entry, ...]:
    """The literals of a demand rule (see `demanded`), without those that something unknown may decide where others bind
    what is wanted: what stands beside the unknown is asked for as well, for it is read where that is what is open."""
    wanted = frozenset(wanted)
    sure = demanded([each for each in entries if not (each.cheap and each.unsure)], wanted)
    bound = {name for each in sure for name in each.variables()}
    return sure if wanted <= bound else demanded(entries, wanted)


def connected(entries: Sequence[Entry], wanted: Iterable[str]) -> tuple[Entry, ...]:
    """Without the literals that share no variable, not even by way of others, with what is wanted or with the demand of
    the rule itself. They would only say that there is some such row, once for each of them."""
    reach = set(wanted)
    for each in entries:
        if _is_demand(each):
            reach |= each.variables()
    linked = {index for index, each in enumerate(entries) if _is_demand(each) or not each.variables()}
    grown = True
    while grown:
        grown = False
        for index, each in enumerate(entries):
            if index not in linked and each.variables() & reach:
                linked.add(index)
                reach |= each.variables()
                grown = True
    return tuple(each for index, each in enumerate(entries) if index in linked)


def _is_demand(entry: Entry) -> bool:
    return isinstance(entry.literal, Atom) and entry.literal.predicate.startswith("in_")


def reached(event: Event, wanted: Iterable[str]) -> tuple[Literal_, ...]:
    """The literals of a rule by which something is open where an event happens: what a demand rule has, and whatever
    else of the body is surely so. Where one of those does not hold, what is unknown decides nothing."""
    chosen = list(demanded(event.before, wanted))
    if event.rows:
        return tuple(each.said() for each in chosen)
    bound = {name for each in chosen for name in each.variables()}
    for entry in event.body.all():
        literal = entry.literal
        if entry in chosen or entry.unsure or isinstance(literal, Aggregate | RowAtom | Falsity):
            continue
        if isinstance(literal, Atom) and entry.cheap:
            continue
        if entry.needs() <= bound:
            chosen.append(entry)
            bound |= entry.variables()
    return tuple(each.said() for each in chosen)


def _outer(entry: Entry) -> frozenset[str]:
    """The variables of a literal, of an aggregate those outside its elements."""
    if isinstance(entry.literal, Aggregate):
        return variables_in(entry.literal.bound)
    return entry.variables()
