"""The two editions side by side: which declarations are the same, which differ, and what rests on those."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.named import named_identifiers
from attain_compiler.model.types import EntityType, EnumType, RecordType
from attain_compiler.model.walk import nodes
from attain_engine.compare.default_readings import ByDefault, default_values
from attain_engine.compare.rewriting import Rewriting

DECIDING: Final = ("tables", "readings", "defines", "exclusions", "measures", "scores", "designations", "reports")
"""The kinds of declarations that decide something by themselves."""

KINDS: Final = ("enums", "entities", "records", *DECIDING, "changes")
"""Every kind of declaration that is compared; examples and claims are about these."""


def declared(program: model.Program) -> Iterator[tuple[str, Any]]:
    """Every declaration that is compared, with its kind."""
    for kind in KINDS:
        for each in getattr(program, kind).values():
            yield kind, each


@frozen
class Edition:
    """One edition, its declarations under the names that both share, and bare of what only people read."""

    program: model.Program
    names: Mapping[str, str]
    """What an id of the program is called in both."""
    bare: Mapping[str, Any]
    kinds: Mapping[str, str]
    always: model.Program
    """The program in force at any time: where HEAD takes over, BASE is asked about the time of HEAD."""

    @staticmethod
    def of(program: model.Program, names: Mapping[str, str]) -> Edition:
        rewrite = Rewriting(names, bare=True)
        bare: dict[str, Any] = {}
        kinds: dict[str, str] = {}
        for kind, each in declared(program):
            shared = names.get(each.id, each.id)
            bare[shared] = rewrite(each)
            kinds[shared] = kind
        policy = dataclasses.replace(program.policies[program.main], force_from=None, force_to=None)
        always = dataclasses.replace(program, policies={**program.policies, program.main: policy})
        return Edition(program, names, bare, kinds, always)

    @staticmethod
    def by_default(program: model.Program, names: Mapping[str, str]) -> Edition:
        """An edition under the default readings: what only other readings look at is left out."""
        edition = Edition.of(program, names)
        if not program.readings:
            return edition
        settle = ByDefault(default_values(program, names, Rewriting(names)))
        bare = {
            name: settle(each) if edition.kinds[name] in DECIDING and edition.kinds[name] != "readings" else each
            for name, each in edition.bare.items()
        }
        return dataclasses.replace(edition, bare=bare)


@dataclasses.dataclass(frozen=True)
class Editions:
    """Both editions of a policy."""

    base: Edition
    head: Edition

    @cached_property
    def identifiers(self) -> Mapping[str, tuple[str, ...]]:
        """By the shared name of an entity: the identifiers that either edition names and, as the last, one that neither
        does. That one stands for any other, which is decided alike but for its name."""
        found: dict[str, dict[str, None]] = {}
        for edition in self.both:
            for entity, names in named_identifiers(edition.program).items():
                found.setdefault(edition.names.get(entity, entity), {}).update(dict.fromkeys(names))
        for entity, known in found.items():
            other = f"one {model.name_of(entity).lower()}"
            while other in known:
                other = f"{other} more"
            known[other] = None
        return {entity: tuple(known) for entity, known in found.items()}

    @property
    def both(self) -> tuple[Edition, Edition]:
        return self.base, self.head

    @cached_property
    def looks_at_other_dates(self) -> bool:
        """Whether a parameter may be asked for on another date than that of the assessment."""
        return any(
            isinstance(node, model.AsOf)
            for edition in (self.base, self.head)
            for each in edition.bare.values()
            for node in nodes(each)
        )

    @cached_property
    def affected_ever(self) -> frozenset[str]:
        """What differs on any date, and all that rests on it."""
        return self.affected(None)

    def affected(self, on: datetime.date | None, alike: Collection[str] = ()) -> frozenset[str]:
        """What differs on a date (None: on any), and all that rests on it; but for what is `alike` after all, and what
        rests on nothing else that differs."""
        date = None if self.looks_at_other_dates else on
        one, other = meanings(self.base.bare, date), meanings(self.head.bare, date)
        changed = {each for each in {*one, *other} if one.get(each) != other.get(each)}
        steps = {name: used.difference(alike) for name, used in self._users.items()} if alike else self._users
        return frozenset(_reaching(changed.difference(alike), steps))

    @cached_property
    def _users(self) -> Mapping[str, set[str]]:
        users: dict[str, set[str]] = {}
        for straight in self._straight:
            for identifier, used in straight.items():
                for each in used:
                    users.setdefault(each, set()).add(identifier)
        return users

    @cached_property
    def dependencies(self) -> Mapping[str, set[str]]:
        """What each declaration rests on straight, in either edition."""
        found: dict[str, set[str]] = {}
        for straight in self._straight:
            for identifier, used in straight.items():
                found.setdefault(identifier, set()).update(used)
        return found

    @cached_property
    def _straight(self) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
        """What each declaration rests on straight, in each edition."""
        return dependencies(self.base.bare), dependencies(self.head.bare)

    def reached(self, roots: set[str]) -> set[str]:
        """The roots and all that they rest on."""
        return _reaching(roots, self.dependencies)

    def reached_before(self, roots: set[str], ends: Collection[str]) -> set[str]:
        """The roots and all that they rest on, on the way to these ends, but not through them."""
        ways = {name: used for name, used in self.dependencies.items() if name not in ends}
        return _reaching(roots, ways)


def _reaching(roots: set[str], steps: Mapping[str, set[str]]) -> set[str]:
    found, todo = set(roots), list(roots)
    while todo:
        for each in steps.get(todo.pop(), ()):
            if each not in found:
                found.add(each)
                todo.append(each)
    return found


def rows_of(record: str) -> str:
    """What stands for the rows of a record that are not excluded."""
    return f"{record} rows"


def field_of(record: str, field: str) -> str:
    """What stands for a field of a record."""
    return f"{record} field {field}"


def meanings(bare: Mapping[str, Any], on: datetime.date | None) -> dict[str, Any]:
    """What each declaration means by itself, on a date: two that mean the same are equal. Bounds are no part of it:
    both editions are asked within the narrower ones. Of a record and an enum only what a rule can tell is part."""
    found: dict[str, Any] = {}
    for identifier, each in bare.items():
        match each:
            case model.Record():
                found[identifier] = each.single
                for field in each.fields:
                    kept = (field.type, field.optional, field.or_never, field.default)
                    found[field_of(identifier, field.name)] = kept
            case model.Enum():
                found[identifier] = frozenset(member.constant for member in each.members)
            case model.Entity() | model.Change():
                pass
            case model.Table():
                entries = frozenset(entry for entry in each.entries if on is None or _in_force(entry, on))
                found[identifier] = (each.keys, each.type, entries)
            case model.Measure():
                found[identifier] = (each.parameters, each.type, each.body)
            case _:
                found[identifier] = each
    return found


def _in_force(entry: model.Entry, on: datetime.date) -> bool:
    early = entry.force_from is not None and on < entry.force_from
    return not early and (entry.force_to is None or on <= entry.force_to)


def dependencies(bare: Mapping[str, Any]) -> dict[str, set[str]]:
    """What each declaration rests on straight."""
    found: dict[str, set[str]] = {}
    for identifier, each in bare.items():
        used: set[str] = set()
        match each:
            case model.Record():
                excluding = [one for one in bare.values() if isinstance(one, model.Exclusion)]
                found[rows_of(identifier)] = {
                    one.id for one in excluding if one.record == identifier and not one.measures
                }
                for one in excluding:
                    if one.record == identifier:
                        for measure in one.measures:
                            found.setdefault(measure, set()).add(one.id)
            case model.Entity():
                used = {
                    one.id
                    for one in bare.values()
                    if isinstance(one, model.Record)
                    and any(field.type == EntityType(identifier) for field in one.fields)
                }
            case _:
                used = set(mentioned(each))
        found.setdefault(identifier, set()).update(used)
    return found


def mentioned(root: model.Node) -> Iterator[str]:
    """What a tree rests on straight."""
    for node in nodes(root):
        yield from mentioned_by_itself(node)


def mentioned_by_itself(node: model.Node) -> tuple[str, ...]:
    """What a node rests on straight, without what is below it."""
    match node:
        case model.MeasureCall(measure=name) | model.DefineCall(define=name) | model.Lookup(table=name):
            return (name,)
        case model.ReadingValue(reading=name) | model.StatusIs(designation=name):
            return (name,)
        case model.ScoreCall(score=name) | model.MaximumOf(score=name):
            return (name,)
        case model.FieldOf(row=row, field=field) if isinstance(row.type, RecordType):
            return (field_of(row.type.id, field),)
        case model.SingleRow(type=RecordType(id=record)):
            return record, rows_of(record)
        case model.Binder(type=RecordType(id=record), domain=None):
            return record, rows_of(record)
        case model.Binder(type=EnumType(id=name) | EntityType(id=name), domain=None):
            return (name,)
        case _:
            return ()
