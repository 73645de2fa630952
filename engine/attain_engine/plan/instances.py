"""Some of the ways to make a change, as they are written: `certify(ana, *)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, RecordType
from attain_engine import show
from attain_engine.evaluate import Evaluator
from attain_engine.facts.model import Row
from attain_engine.plan.problem import PlanProblem

ANY: Final = "*"
"""Written for a change: whichever; for an argument: whatever it is."""

EACH: Final = "each"
"""Written for an argument: a limit is one for each value of it."""

_WRITTEN = re.compile(r"\s*([^\s()]+)\s*(?:\((.*)\))?\s*", re.DOTALL)
_ARGUMENT = re.compile(r'\s*(?:"([^"]*)"|([^,"]*))\s*(?:,|$)')


@frozen
class Instances:
    """The ways to make the change with the id `change` whose arguments are these; a place that is None may hold
    anything, and `arguments` that are None are any. Without a `change`: of every change with `among` (as it is
    shown) among its arguments."""

    change: str | None
    arguments: tuple[Any, ...] | None = None
    among: str = ""

    def has(self, change: model.Change, arguments: Sequence[Any]) -> bool:
        """Whether a change with its arguments is one of them."""
        if self.change is None:
            return not self.among or any(
                self.among in _names(value, formal.type)
                for formal, value in zip(change.parameters, arguments, strict=True)
            )
        if change.id != self.change:
            return False
        return self.arguments is None or all(
            wanted is None or wanted == value for wanted, value in zip(self.arguments, arguments, strict=True)
        )


def instances(text: str, evaluator: Evaluator) -> Iterator[Instances]:
    """What a text names: `certify` and `certify(ana, *)` one set of instances, `certify(each, *)` one for each value of
    that argument, `*(ana)` those of every change that `ana` is an argument of. A row is named by what it is called
    where it is read (`Voice:3`) or by the value of one of its fields (`ana`), and then each such row is meant; each of
    them is one set of instances. Raises PlanProblem."""
    name, written = _parts(text)
    changes: dict[str, list[model.Change]] = {}
    for each in evaluator.program.changes.values():
        changes.setdefault(each.name, []).append(each)
    if name == ANY:
        if written is None or len(written) != 1:
            raise PlanProblem(f"`{text}` names no changes", "write `*(ana)` for every change that `ana` takes part in")
        every = {
            each
            for change in evaluator.program.changes.values()
            for formal in change.parameters
            for each in _all(evaluator, formal)
        }
        if written[0] not in every:
            raise PlanProblem(f"no change has an argument `{written[0]}`", _close(written[0], every))
        yield Instances(None, None, written[0])
        return
    if name not in changes:
        raise PlanProblem(f"there is no change `{name}`", f"the changes are {', '.join(sorted(changes))}")
    for change in changes[name]:
        yield from _of_change(change, written, text, evaluator)


def _of_change(
    change: model.Change, written: Sequence[str] | None, text: str, evaluator: Evaluator
) -> Iterator[Instances]:
    if written is None:
        yield Instances(change.id)
        return
    if len(written) != len(change.parameters):
        formals = ", ".join(each.name for each in change.parameters)
        number = len(change.parameters)
        has = f"it has {number}: {change.name}({formals})" if change.parameters else "it has none"
        raise PlanProblem(f"`{text}` gives `{change.name}` {len(written)} arguments", has)
    filled: list[tuple[Any, ...]] = [()]
    for formal, word in zip(change.parameters, written, strict=True):
        values = _meant(evaluator, formal, word)
        filled = [(*before, each) for before in filled for each in values]
    yield from (Instances(change.id, each) for each in filled)


def an_instance(change: str | None, evaluator: Evaluator) -> str | None:
    """One way to make a change (by its id) on these facts, as it is written; None where there is none."""
    if change is None:
        return None
    found = evaluator.program.changes[change]
    words = [next(_all(evaluator, formal), "") for formal in found.parameters]
    if not all(words):
        return None
    quoted = [f'"{each}"' if "," in each else each for each in words]
    return f"{found.name}({', '.join(quoted)})"


def _parts(text: str) -> tuple[str, list[str] | None]:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise PlanProblem(f"`{text}` names no change", "write it as `certify` or `certify(ana, *)`")
    name, inside = match.groups()
    if inside is None:
        return name, None
    words: list[str] = []
    position = 0
    while position < len(inside):
        found = _ARGUMENT.match(inside, position)
        if found is None or found.end() == position:
            raise PlanProblem(f"`{text}` names no change", 'write it as `certify(ana, *)`, or `certify("ana b.", *)`')
        words.append(found.group(1) if found.group(1) is not None else found.group(2).strip())
        position = found.end()
    return name, words


def _meant(evaluator: Evaluator, formal: model.Formal, word: str) -> Sequence[Any]:
    """The values that a word stands for in one place; `[None]` where any will do."""
    if word == ANY:
        return [None]
    values = _values(evaluator, formal)
    found = values if word == EACH else [each for each in values if word in _names(each, formal.type)]
    if not found:
        every = set(_all(evaluator, formal))
        raise PlanProblem(f"`{formal.name}` is never `{word}` on these facts", _close(word, every))
    return found


def _values(evaluator: Evaluator, formal: model.Formal) -> list[Any]:
    match formal.type:
        case RecordType(id=record):
            return [row for row, _ in evaluator.world.tables.get(record, ())]
        case EntityType(id=entity):
            return [each for each, _ in evaluator.known_identifiers(entity)]
        case EnumType():
            return list(evaluator.members(formal.type))
        case _:
            raise TypeError(formal.type)


def _all(evaluator: Evaluator, formal: model.Formal) -> Iterator[str]:
    for value in _values(evaluator, formal):
        yield from _names(value, formal.type)


def _names(value: Any, type_: Any) -> Iterator[str]:
    """What a value may be called in one place."""
    if isinstance(value, Row):
        if value.origin is not None:
            yield f"{value.origin.table}:{value.origin.row}"
        yield from (each for each in value.values.values() if isinstance(each, str))
    else:
        yield show.value(value, type_)


def _close(word: str, among: set[str]) -> str:
    close = get_close_matches(word, sorted(among), n=1)
    if close:
        return f"did you mean `{close[0]}`?"
    some = sorted(among)[:5]
    return f"there is {', '.join(f'`{each}`' for each in some)}{', …' if len(among) > 5 else ''}" if some else ""
