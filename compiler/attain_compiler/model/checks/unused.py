"""What is declared and used nowhere: left over, or forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attain_compiler.model.findings import Findings
from attain_compiler.model.heads import Heads
from attain_compiler.model.modules import Module
from attain_compiler.model.scope import Visible
from attain_compiler.syntax import ast

_USABLE = (ast.Enum, ast.Entity, ast.Record, ast.Table, ast.Reading, ast.Define, ast.Measure, ast.Score)
"""What is there for others to name. Whatever else is declared does something by itself."""


def check(
    modules: Sequence[Module],
    visible: Mapping[str, Visible],
    heads: Heads,
    findings: Findings,
    mains: frozenset[str],
) -> None:
    """Warn of declarations and imports of the main policies that nothing uses. Libraries are there for others."""
    called = frozenset(heads.uses.used())
    # A policy that amends another calls what stands there by names of its own.
    used = {each.written.span for one in visible.values() for each in one.all if each.id in called}
    by_path = {each.source.path: each for each in modules}
    for path in mains:
        module = by_path[path]
        if module.header is None or module.header.is_library:
            continue
        for each in visible[path].all:
            own = each.written.span.path == path
            if own and isinstance(each.written, _USABLE) and each.written.span not in used:
                findings.warning(
                    "unused",
                    f"nothing uses the {each.kind} `{each.name}`",
                    each.span,
                    help="remove it, or use it",
                )
        _imports(module, by_path, heads, findings)


def _imports(module: Module, by_path: Mapping[str, Module], heads: Heads, findings: Findings) -> None:
    needed = {
        used.partition(".")[0]
        for user, uses in heads.uses.by_user.items()
        if user.partition(".")[0] == module.name
        for used in uses
    }
    for written, path in module.imports:
        if written.span.path != module.source.path:
            continue  # of a policy that is amended
        reached = _reached(path, by_path)
        acts = any(
            not isinstance(each, (*_USABLE, ast.Policy, ast.Import))
            for one in reached
            for each in one.file.declarations
        )
        if not acts and needed.isdisjoint(one.name for one in reached):
            findings.warning(
                "unused",
                f"nothing of `{written.module.text}` is used",
                written.module.span,
                help="remove the import",
            )


def _reached(path: str, by_path: Mapping[str, Module]) -> list[Module]:
    """A module and all that it imports."""
    found: dict[str, Module] = {}
    todo = [path]
    while todo:
        current = todo.pop()
        if current not in found:
            found[current] = by_path[current]
            todo.extend(each for _, each in by_path[current].imports)
    return list(found.values())
