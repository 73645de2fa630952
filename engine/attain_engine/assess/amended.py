"""What a rule rests on that a policy has otherwise than the one that it amends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.walk import nodes

_NAMING = ("define", "measure", "table", "score", "designation", "reading")


def amended_in(program: model.Program, declared: Any) -> tuple[str, ...]:
    """The declarations of the policy that is amended which others stand for, of all that a declaration, requirement or
    part rests on, itself included."""
    found = {each for each, _ in program.amended if _is_of(program, each, declared)}
    kinds: tuple[Mapping[str, Any], ...] = (
        program.tables, program.readings, program.defines, program.measures, program.scores, program.designations,
    )  # fmt: skip
    waiting: list[Any] = [declared]
    seen: set[str] = set()
    while waiting:
        for identifier in _named(waiting.pop()) - seen:
            seen.add(identifier)
            waiting += [kind[identifier] for kind in kinds if identifier in kind]
    found |= {_plain(each) for each in seen}
    return tuple(text for each, text in program.amended if each in found)


def _plain(identifier: str) -> str:
    """The id of the declaration that an award, or what a report shows, is made of."""
    return identifier.partition("(")[0].removesuffix(model.SHOWN)


def _named(node: model.Node) -> set[str]:
    """The ids that a node, and all in it, names."""
    found = {getattr(each, name, None) for each in nodes(node) for name in _NAMING}
    return {each for each in found if isinstance(each, str)}


def _is_of(program: model.Program, identifier: str, declared: Any) -> bool:
    """Whether something is the declaration with this id, or a requirement or part of it."""
    if _plain(getattr(declared, "id", "")) == identifier:
        return True
    wholes = (each for kind in (program.designations, program.scores) for each in kind.values())
    return any(each is declared for whole in wholes if _plain(whole.id) == identifier for each in nodes(whole))
