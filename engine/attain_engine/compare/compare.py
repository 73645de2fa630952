"""Compare two editions of a policy: everything that is decided, proved the same or shown to differ."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Final

from attain_compiler.model import program as model
from attain_engine.compare.alike import alike
from attain_engine.compare.asking import Asking, Shown
from attain_engine.compare.dates import Interval, intervals
from attain_engine.compare.editions import Edition, Editions
from attain_engine.compare.examples import Known, Organisation
from attain_engine.compare.items import Contrast, Item, items_of, rests_on
from attain_engine.compare.merging import moved_organisation
from attain_engine.compare.models import Comparison, Direction, Finding, Relation
from attain_engine.compare.notes import notes_of
from attain_engine.compare.other_days import other_days
from attain_engine.compare.patience import REFUSED
from attain_engine.compare.renames import shared_names
from attain_engine.compare.search import Sought, seek
from attain_engine.compare.sides import Sides, before
from attain_engine.compare.titles import Titles
from attain_engine.solve.deadline import OutOfTime, ending_by, look

_FIRST: Final = ("part", "score", "report", "requirement", "tier", "designation")
"""What is compared first: a witness for a requirement is most of one for its designation."""


def compare(
    base: model.Program,
    head: model.Program,
    *,
    named: tuple[str, str] = ("", ""),
    until: float | None = None,
    beside: Callable[[], Iterable[model.Program]] = tuple,
) -> Comparison:
    """What `head` decides otherwise than `base`, under the default readings. `named` is what they are called (by
    default by their files). At `until` (as `time.monotonic` tells it) it ends: what is left is `not compared`. `beside`
    gives policies that import HEAD, asked for if they are needed: the organisations of their examples are tried.

    Every relation is that of all facts within the bounds of both editions, on the day that is named; measures are taken
    as they are given straight, and, where what they are worked out from differs, from rows as well.
    """
    names = shared_names(base, head)
    editions = Editions(Edition.by_default(base, {}), Edition.by_default(head, names))
    policy = head.policies[head.main]
    days = _Days(editions, Known(editions, beside))
    items = _items(editions)
    with ending_by(until):
        found = {each: list(_findings(days, each)) for each in sorted(items, key=lambda each: _FIRST.index(each.kind))}
    titles = Titles(editions)
    findings = [titles.put_into(each, item) for item in items for each in found[item]]
    return Comparison(
        policy=policy.id,
        policy_title=policy.title,
        base=named[0] or base.policies[base.main].span.path,
        head=named[1] or policy.span.path,
        findings=(*_force(base, head), *findings),
        notes=notes_of(editions),
    )


def _items(editions: Editions) -> list[Item]:
    """The items of both editions; of those that HEAD has as well, the titles are those of HEAD."""
    new, old = _items_of(editions, editions.head), _items_of(editions, editions.base)
    known = {_key(each) for each in new}
    return [*new, *(each for each in old if _key(each) not in known)]


def _items_of(editions: Editions, edition: Edition) -> list[Item]:
    return list(items_of(edition.program, edition.names, editions.identifiers))


def _key(item: Item) -> tuple[Any, ...]:
    return item.kind, item.owner, item.part, item.arguments


def _force(base: model.Program, head: model.Program) -> Iterator[Finding]:
    """That the editions are in force at different times."""
    old, new = base.policies[base.main], head.policies[head.main]
    if (old.force_from, old.force_to) != (new.force_from, new.force_to):
        yield Finding(
            kind="policy",
            name=f"in force {_time(new)}, was {_time(old)}",
            title=new.title,
            relation="different",
            since=new.force_from,
            until=new.force_to,
        )


def _time(policy: model.Policy) -> str:
    since = f"from {policy.force_from}" if policy.force_from else ""
    until = f"to {policy.force_to}" if policy.force_to else ""
    return " ".join(filter(None, (since, until))) or "always"


@dataclass
class _Days:
    """The two editions, and what has been made ready for each day."""

    editions: Editions
    known: Known
    sought: dict[Any, Sought] = field(default_factory=dict)
    """What was found last, by the item and the direction."""
    shown: list[Shown] = field(default_factory=list)
    _affected: dict[datetime.date, frozenset[str]] = field(default_factory=dict)
    _sides: dict[frozenset[str], Sides] = field(default_factory=dict)
    _asking: dict[datetime.date, Asking] = field(default_factory=dict)

    def one_sided(self, item: Item) -> Relation | None:
        """`new` or `removed` for what only one edition has."""
        if _key(item) not in self._keys[0]:
            return "new"
        return "removed" if _key(item) not in self._keys[1] else None

    @cached_property
    def _keys(self) -> list[set[Any]]:
        """What tells the items of each edition apart."""
        return [{_key(each) for each in _items_of(self.editions, one)} for one in self.editions.both]

    def affected(self, on: datetime.date) -> frozenset[str]:
        """What differs on a day, and all that rests on it, but for what is proved to be the same of every row."""
        if on not in self._affected:
            affected = self.editions.affected(on)
            same = alike(Asking(self.sides(affected), on))
            self._affected[on] = self.editions.affected(on, same) if same else affected
        return self._affected[on]

    def sides(self, affected: frozenset[str]) -> Sides:
        if affected not in self._sides:
            self._sides[affected] = Sides(self.editions, affected)
        return self._sides[affected]

    def reached(self, item: Item) -> set[str]:
        """What an item rests on that may decide otherwise on another day: where values that an example can give are one
        number in all of the question, nothing that these are worked out from."""
        sides = self.sides(self.editions.affected_ever)
        if sides.is_asked_in_several_ways(item):
            roots = {name for each in self.editions.both for name in rests_on(each, item)[1]}
            return {item.owner, *self.editions.reached(roots)}
        return {item.owner, *before(self.editions, item, sides.open_values)}

    def asking(self, on: datetime.date) -> Asking:
        if on not in self._asking:
            self._asking[on] = Asking(self.sides(self.affected(on)), on, self.shown)
        return self._asking[on]

    def examples(
        self, item: Item, interval: Interval, *, always: bool = False
    ) -> Iterator[tuple[Asking, Organisation]]:
        """The organisations of examples that say something that an item rests on, and are judged on a day of an
        interval (`always`: on any day). Where there are none, those of other days, as they would be on the day that is
        asked about."""
        reached = self.editions.reached({item.owner})
        reached |= {each.removesuffix(" rows") for each in reached}
        fitting = [
            each
            for each in self.known.every
            if not reached.isdisjoint({*each.facts.tables, *(name for name, _ in each.facts.values)})
        ]
        inside = [
            each for each in fitting if always or (interval.since or each.on) <= each.on <= (interval.until or each.on)
        ]
        for each in inside:
            yield self.asking(each.on), each
        asking = self.asking(interval.asked)
        for each in () if inside else fitting:
            yield asking, moved_organisation(asking, each)


def _findings(days: _Days, item: Item) -> Iterator[Finding]:
    """How an item stands, in one finding for each time in which it stands alike."""
    editions = days.editions
    one_sided = days.one_sided(item)
    if one_sided is not None:
        yield _finding(item, one_sided)
        return
    since, until = _compared_time(editions)
    if not _is_affected(editions, item, editions.affected_ever):
        yield _finding(item, "equivalent", since=since, until=until)
        return
    times = intervals(editions, days.reached(item), since, until)
    found = [_within(days, item, interval) for interval in times]
    if any(each.witnesses for each in found):  # what shows a difference at one time is tried at the others
        for number, each in enumerate(found):
            if each.relation == "cannot be told":
                found[number] = _within(days, item, times[number])
    yield from _joined(found)


def _within(days: _Days, item: Item, interval: Interval) -> Finding:
    """How an item stands on the day of an interval that is asked about, and if it stands alike there, on other days."""
    finding = _on(days, item, interval)
    if finding.relation != "equivalent" or not _is_affected(days.editions, item, days.affected(interval.asked)):
        return finding
    for day in other_days(days.editions, item, days.editions.reached({item.owner}), interval):
        other = _on(days, item, replace(interval, asked=day))
        if other.relation != "equivalent":
            finding = other
        if other.witnesses:
            break
    return finding


def _compared_time(editions: Editions) -> tuple[datetime.date | None, datetime.date | None]:
    """The time in which both editions are in force; where one takes over from the other, that of HEAD: what BASE would
    have decided then."""
    policies = [each.program.policies[each.program.main] for each in (editions.base, editions.head)]
    since = max((each.force_from for each in policies if each.force_from), default=None)
    until = min((each.force_to for each in policies if each.force_to), default=None)
    if since is not None and until is not None and until < since:
        return policies[1].force_from, policies[1].force_to
    return since, until


def _joined(findings: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each time in which an item stands alike."""
    pending: Finding | None = None
    for found in findings:
        if pending is not None and (pending.relation, pending.bound) == (found.relation, found.bound):
            pending = pending.model_copy(update={"until": found.until})
            continue
        if pending is not None:
            yield pending
        pending = found
    if pending is not None:
        yield pending


def _is_affected(editions: Editions, item: Item, affected: frozenset[str]) -> bool:
    """Whether an item is made otherwise, or rests on something that is."""
    (old, before), (new, after) = (rests_on(each, item) for each in editions.both)
    return old != new or not affected.isdisjoint(before | after)


def _finding(item: Item, relation: Relation, **more: Any) -> Finding:
    return Finding(kind=item.kind, name=item.name, title=item.title, relation=relation, **more)


def _on(days: _Days, item: Item, interval: Interval) -> Finding:
    when = {"since": interval.since, "until": interval.until, "asked": interval.asked}
    try:
        if not _is_affected(days.editions, item, days.affected(interval.asked)):
            return _finding(item, "equivalent", **when)
        look()
        asking = days.asking(interval.asked)
    except OutOfTime:
        return _finding(item, "not compared", **when, proved=False, bound="time")
    directions: tuple[Direction, ...] = ("different",) if item.kind == "report" else ("stricter", "looser")
    sought: dict[Direction, Sought] = {}
    for direction in directions:
        try:
            key = (_key(item), direction)
            before = days.sought.get(key)
            sought[direction] = seek(asking, Contrast(item, direction), partial(days.examples, item, interval), before)
            days.sought[key] = sought[direction]
        except OutOfTime:
            continue
        except REFUSED as problem:
            sought[direction] = Sought(None, False, f"not asked to the end: {str(problem) or 'it has too many cases'}")
    if len(sought) < len(directions):
        if not any(each.witness for each in sought.values()):
            return _finding(item, "not compared", **when, proved=False, bound="time")
        sought |= {each: Sought(None, False, "time") for each in directions if each not in sought}
    witnesses = tuple(each.witness for each in sought.values() if each.witness is not None)
    bound = "; ".join(dict.fromkeys(each.bound for each in sought.values() if each.bound))
    shown = [direction for direction, each in sought.items() if each.witness is not None]
    relation: Relation
    if len(shown) == 2:
        relation = "incomparable"
    elif shown:
        relation = shown[0]
    else:
        relation = "equivalent" if all(each.none for each in sought.values()) else "cannot be told"
    return _finding(item, relation, **when, proved=not bound, bound=bound, witnesses=witnesses)
