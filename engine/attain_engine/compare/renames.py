"""What is the same under another name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from attain_compiler.model import program as model
from attain_engine.compare.editions import declared
from attain_engine.compare.rewriting import Rewriting


def shared_names(base: model.Program, head: model.Program) -> dict[str, str]:
    """For each id of HEAD that is called otherwise in BASE, its id there.

    The main policies are the same whatever their names are. Of the others, a declaration is taken for a renamed one if
    BASE has none of its name, HEAD has none of the other's, and both are the same tree, or have the same title and the
    same parameters.
    """
    names: dict[str, str] = {}
    if base.main != head.main:
        for _, each in declared(head):
            module, _, name = each.id.partition(".")
            if module == head.main:
                names[each.id] = f"{base.main}.{name}"
        names[head.main] = base.main
    while True:
        more = _found(base, head, names)
        if not more:
            return names
        names |= more


def _found(base: model.Program, head: model.Program, names: Mapping[str, str]) -> dict[str, str]:
    old = {each.id: (kind, each) for kind, each in declared(base)}
    new = {names.get(each.id, each.id): (kind, each) for kind, each in declared(head)}
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    if not gone or not come:
        return {}
    plain, renamed = Rewriting({}, bare=True), Rewriting(names, bare=True)
    by_tree: defaultdict[Any, list[str]] = defaultdict(list)
    by_title: defaultdict[Any, list[str]] = defaultdict(list)
    for each in gone:
        kind, declaration = old[each]
        by_tree[_tree(kind, declaration, plain, each)].append(each)
        by_title[_title(kind, declaration, plain)].append(each)
    found: dict[str, str] = {}
    for known, key_of in ((by_tree, _tree), (by_title, lambda kind, each, by, _: _title(kind, each, by))):
        for each in come:
            kind, declaration = new[each]
            candidates = known.get(key_of(kind, declaration, renamed, each), [])
            if len(candidates) == 1 and candidates[0] not in found.values():
                found[declaration.id] = candidates[0]
        if found:
            break
    return found


def _tree(kind: str, declaration: Any, rewrite: Rewriting, own: str) -> Any:
    """The tree of a declaration without its own name, wherever that stands in it."""
    bare = rewrite(declaration)
    return kind, Rewriting({own: "", bare.id: ""})(bare)


def _title(kind: str, declaration: Any, rewrite: Rewriting) -> Any:
    """Its title (none of which two are the same where there is none) with what it is asked for."""
    title = declaration.title if declaration.title != declaration.name else (declaration.id,)
    parameters = rewrite(getattr(declaration, "parameters", getattr(declaration, "keys", ())))
    return kind, title, parameters, rewrite(getattr(declaration, "type", None))
