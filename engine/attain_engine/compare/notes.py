"""What differs and decides nothing by itself: how rules read, what facts may say, what plans may do, and names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import OR_NONE
from attain_compiler.source import Span
from attain_engine.compare.editions import KINDS, Edition, Editions, mentioned
from attain_engine.compare.models import Note
from attain_engine.evaluate.designations import requirements_of
from attain_engine.facts.slot import as_written

_WORDS = {
    "enums": "enum", "entities": "entity", "records": "record", "tables": "parameter", "readings": "reading",
    "defines": "define", "exclusions": "excluded", "measures": "measure", "scores": "score",
    "designations": "designation", "reports": "report", "changes": "change",
}  # fmt: skip


def notes_of(editions: Editions) -> tuple[Note, ...]:
    """Everything that is to be said beside the findings, in order of declaration."""
    return (
        *_renamed(editions),
        *_facts(editions),
        *_plans(editions),
        *_reads(editions),
    )


def _pairs(editions: Editions) -> Iterator[tuple[str, str, Any, Any]]:
    """Each declaration of either edition, by kind and shared name: as it is in BASE and in HEAD (None where absent)."""
    base, head = _declared(editions.base), _declared(editions.head)
    for key in dict.fromkeys((*base, *head)):
        yield (*key, base.get(key), head.get(key))


def _declared(edition: Edition) -> dict[tuple[str, str], Any]:
    return {
        (kind, edition.names.get(each.id, each.id)): each
        for kind in KINDS
        for each in getattr(edition.program, kind).values()
    }


def _name(kind: str, declared: Any) -> str:
    if kind == "exclusions":
        return f'excluded "{declared.title}"'
    return f"{_WORDS[kind]} {declared.name}"


def _renamed(editions: Editions) -> Iterator[Note]:
    for kind, _, old, new in _pairs(editions):
        if old is not None and new is not None and old.name != new.name and kind != "exclusions":
            yield Note(topic="renamed", name=f"{_WORDS[kind]} {new.name}", message=f"was `{old.name}`")


# ---------------------------------------------------------------- facts


def _facts(editions: Editions) -> Iterator[Note]:
    for kind, _, old, new in _pairs(editions):
        if kind not in ("records", "enums", "measures", "readings") or (new or old).id.endswith(OR_NONE):
            continue
        if old is None or new is None:
            message = "is new" if old is None else "is no longer there"
            yield Note(topic="facts", name=_name(kind, new or old), message=message)
            continue
        name = _name(kind, new)
        match old, new:
            case model.Record(), model.Record():
                yield from _fields(name, old, new)
            case model.Enum(), model.Enum():
                yield from _members(name, old, new)
            case model.Measure(), model.Measure():
                yield from _bounds(name, old, new)
            case _:
                pass


def _fields(name: str, old: model.Record, new: model.Record) -> Iterator[Note]:
    before, after = ({each.name: each for each in record.fields} for record in (old, new))
    if old.single != new.single:
        yield Note(topic="facts", name=name, message="has one row now" if new.single else "may have several rows now")
    if set(old.unique) != set(new.unique):
        keys = "; ".join(", ".join(each) for each in new.unique) or "nothing"
        yield Note(topic="facts", name=name, message=f"no two rows may be alike in: {keys}")
    for field in dict.fromkeys((*before, *after)):
        one, other = before.get(field), after.get(field)
        of = f"{name}: {field}"
        if one is None or other is None:
            must = other is not None and other.default is None and not other.optional and not other.or_never
            word = "is new, and must be given" if must else "is new, and may be left out"
            yield Note(topic="facts", name=of, message=word if one is None else "is no longer there")
            continue
        if str(one.type) != str(other.type):
            yield Note(topic="facts", name=of, message=f"is {other.type} now, was {one.type}")
            continue
        yield from _bounds(of, one, other)
        if one.default != other.default:
            message = f"{_given(other)} where it is left out, was {_given(one)}"
            yield Note(topic="facts", name=of, message=message)
        elif (one.optional, one.or_never) != (other.optional, other.or_never):
            loose = other.optional or other.or_never
            yield Note(topic="facts", name=of, message="may be left out now" if loose else "must be given now")


def _given(field: model.Field) -> str:
    return "nothing" if field.default is None else as_written(field.default, field.type)


def _members(name: str, old: model.Enum, new: model.Enum) -> Iterator[Note]:
    before, after = ({each.constant.name: each for each in enum.members} for enum in (old, new))
    for member in dict.fromkeys((*before, *after)):
        if member not in before or member not in after:
            word = "is new" if member in after else "is no longer there"
            yield Note(topic="facts", name=f"{name}: {member}", message=word)
        elif before[member].synonyms != after[member].synonyms:
            also = ", ".join(after[member].synonyms) or "nothing"
            yield Note(topic="facts", name=f"{name}: {member}", message=f"is also called: {also}")


def _bounds(name: str, old: Any, new: Any) -> Iterator[Note]:
    if (old.low, old.high) != (new.low, new.high):
        yield Note(topic="facts", name=name, message=f"{_range(new)} now, was {_range(old)}")


def _range(declared: Any) -> str:
    low, high = (None if end is None else as_written(end, declared.type) for end in (declared.low, declared.high))
    match low, high:
        case None, None:
            return "unbounded"
        case None, _:
            return f"at most {high}"
        case _, None:
            return f"at least {low}"
        case _:
            return f"{low} to {high}"


# ---------------------------------------------------------------- plans


def _plans(editions: Editions) -> Iterator[Note]:
    affected = editions.affected(None)
    for kind, shared, old, new in _pairs(editions):
        if kind != "changes":
            continue
        name = _name(kind, new or old)
        if old is None or new is None:
            yield Note(topic="plans", name=name, message="is new" if old is None else "is no longer there")
            continue
        one, other = editions.base.bare[shared], editions.head.bare[shared]
        for part, word in (
            ("costs", "costs"), ("takes", "time it takes"), ("limit", "limit"), ("condition", "condition"),
            ("effects", "effects"), ("parameters", "parameters"), ("low", "least amount"), ("high", "greatest amount"),
        ):  # fmt: skip
            if getattr(one, part) != getattr(other, part):
                message = f"its {word}: {_written(editions.head, new, part)}, was {_written(editions.base, old, part)}"
                yield Note(topic="plans", name=name, message=message)
        if one == other and not affected.isdisjoint(set(mentioned(one))):
            yield Note(topic="plans", name=name, message="rests on what is different")


def _written(edition: Edition, declared: Any, part: str) -> str:
    """A part of a change as it is written."""
    found = getattr(declared, part)
    several = found if isinstance(found, tuple) else () if found is None else (found,)
    texts = []
    for each in several:
        span: Span = each.span
        texts.append(" ".join(edition.program.files[span.path].slice(span).split()))
    return f"`{', '.join(texts)}`" if texts else "none"


# ---------------------------------------------------------------- how it reads


def _reads(editions: Editions) -> Iterator[Note]:
    base, head = editions.base, editions.head
    policies = (base.program.policies[base.program.main], head.program.policies[head.program.main])
    yield from _texts(f"policy {policies[1].name}", *policies)
    for kind, _, old, new in _pairs(editions):
        if old is not None and new is not None and kind != "exclusions":
            yield from _texts(_name(kind, new), old, new)
    for kind in KINDS:
        before = [each.id for each in getattr(base.program, kind).values()]
        after = [head.names.get(each.id, each.id) for each in getattr(head.program, kind).values()]
        shared = set(before) & set(after)
        if [each for each in before if each in shared] != [each for each in after if each in shared]:
            yield Note(topic="reads", name=f"{_WORDS[kind]} declarations", message="stand in another order")


def _texts(name: str, old: Any, new: Any) -> Iterator[Note]:
    if old.title != new.title:
        yield Note(topic="reads", name=name, message=f'is titled "{new.title}" now, was "{old.title}"')
    for part in ("sources", "because", "advice"):
        if getattr(old.notes, part) != getattr(new.notes, part):
            word = {"sources": "sources", "because": "reason", "advice": "advice"}[part]
            yield Note(topic="reads", name=name, message=f"its {word} changed")
    inside = _inner(old), _inner(new)
    for key in inside[0]:
        if key in inside[1]:
            yield from _texts(f"{name}: {key}", inside[0][key], inside[1][key])


def _inner(declared: Any) -> dict[str, Any]:
    """What has a title or notes of its own within a declaration, by name."""
    match declared:
        case model.Enum(members=members):
            return {each.constant.name: each for each in members}
        case model.Reading(alternatives=alternatives):
            return {each.name: each for each in alternatives}
        case model.Score(parts=parts):
            return {each.name: each for each in parts}
        case model.Designation():
            found: dict[str, Any] = {each.path: each for each in requirements_of(declared)}
            holders: tuple[model.Designation | model.Tier, ...] = (declared, *declared.tiers)
            for holder in holders:
                found |= {f"option {each.name}": each for each in holder.options}
            return found | {f"tier {each.name}": each for each in declared.tiers}
        case _:
            return {}
