"""Parameters: keys, dates and values of each entry."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import band_of, constant
from attain_compiler.model.declarations.notes import notes, title
from attain_compiler.model.env import Env
from attain_compiler.model.heads import Head
from attain_compiler.model.types import BandType, SetType, Type, Value
from attain_compiler.model.units import described, is_broken, ordered
from attain_compiler.syntax import ast


def table(env: Env, head: Head, node: ast.Table) -> model.Table:
    keys = tuple(each.type for each in head.formals)
    entries: list[model.Entry] = []
    for row in node.rows:
        _dates_in_order(env, row)
        for written in row.entries:
            entry = _entry(env, head, node, keys, row, written, entries)
            if entry is not None:
                entries.append(entry)
    if not node.rows:
        env.findings.error(
            "missing-value",
            f"`{node.name.text}` has no value",
            node.name.span,
            help="write its value, or a line for each key, indented below",
        )
    env.heads.constants[head.id] = tuple(
        each.value for each in entries if not isinstance(each.value, model.Unpublished)
    )
    return model.Table(
        head.id, title(node.title, node.name), notes(node.notes), keys, head.type, tuple(entries), span=node.span
    )


_SAID = {
    "is": "leave `is` out: an entry is its keys and its value, side by side",
    "since": "a date from which an entry counts stands first: `from 2024-01-01 5`",
    "until": "a date until which an entry counts stands first: `from 2024-01-01 to 2024-12-31 5`",
    "starting": "a date from which an entry counts stands first: `from 2024-01-01 5`",
    "to": "a band is written `from 0 to 5`",
    **dict.fromkeys(("up", "under", "below"), "a band is written `at most 5`, or `less than 5` without 5 itself"),
    **dict.fromkeys(("over", "above"), "a band is written `more than 5`, or `at least 5` with 5 itself"),
    **dict.fromkeys(
        ("plus", "minus", "add", "also", "including", "except", "before"),
        "the former set but for these is written `without { a } with { b }`; either part may be left out",
    ),
    **dict.fromkeys(("else", "default", "other"), "what holds for every other key is written `otherwise`"),
}
"""Words in an entry that mean something elsewhere, and what to write."""


def _said_otherwise(written: ast.TableEntry) -> str:
    names = [each.name.text for each in written.items if isinstance(each, ast.Reference)]
    return next((_SAID[each] for each in names if each in _SAID), "")


def _dates_in_order(env: Env, row: ast.TableRow) -> None:
    if row.force_from and row.force_to and row.force_to.value < row.force_from.value:
        env.findings.error(
            "dates-reversed",
            "these values would end before they begin",
            row.force_to.span,
            secondary=(Label(row.force_from.span, "they begin here"),),
            help="write `from` the earlier date `to` the later one",
        )


def _entry(
    env: Env,
    head: Head,
    node: ast.Table,
    keys: tuple[Type, ...],
    row: ast.TableRow,
    written: ast.TableEntry,
    above: Sequence[model.Entry],
) -> model.Entry | None:
    *given, last = written.items
    if len(given) != len(keys):
        wanted = f"{len(keys)} key{'' if len(keys) == 1 else 's'} and a value" if keys else "a value and no key"
        env.findings.error(
            "wrong-keys",
            f"an entry of `{node.name.text}` has {wanted}, and this one has {len(written.items)} items",
            written.span,
            secondary=(Label(head.span, "declared here"),),
            help=_said_otherwise(written) or "separate entries with commas; " + _shape(node),
        )
        return None
    found: list[Value | None] = []
    wrong = False
    for key, type_, formal in zip(given, keys, head.formals, strict=True):
        if isinstance(key, ast.Unpublished | ast.AsBefore):
            what = "unknown" if isinstance(key, ast.Unpublished) else "without"
            env.findings.error("wrong-keys", f"`{what}` begins a value, not a key", key.span)
            return None
        otherwise = isinstance(key, ast.Word) and key.word == "otherwise"
        found.append(None if otherwise else _key(env, key, type_, Label(formal.span, "the key is declared here")))
        wrong = wrong or (found[-1] is None and not otherwise)
    value: Value | model.Unpublished | None
    if isinstance(last, ast.AsBefore):
        former = None if wrong else _former(above, tuple(found), row)
        value = _as_before(env, last, head, former)
    else:
        value = model.Unpublished(last.reason.value) if isinstance(last, ast.Unpublished) else _value(env, last, head)
    if wrong:
        return None
    return model.Entry(
        row.force_from.value if row.force_from else None,
        row.force_to.value if row.force_to else None,
        tuple(found),
        value if value is not None else model.Unpublished(""),
        notes(row.notes),
        span=written.span,
    )


def _former(above: Sequence[model.Entry], keys: tuple[Value | None, ...], row: ast.TableRow) -> model.Entry | None:
    """The entry for the same keys whose dates began last before those of a row."""
    if row.force_from is None:
        return None
    earlier = [
        each for each in above if each.keys == keys and (each.force_from or datetime.date.min) < row.force_from.value
    ]
    return max(earlier, key=lambda each: each.force_from or datetime.date.min, default=None)


def _as_before(env: Env, node: ast.AsBefore, head: Head, former: model.Entry | None) -> Value | None:
    """The former set, without these and with those; None where that has no meaning, which is reported."""
    if not isinstance(head.type, SetType):
        if not is_broken(head.type):
            what = f"`{head.name}` holds {described(head.type)}, not sets"
            env.findings.error("as-before", what, node.span, help="write the whole value")
        return None
    if former is None or not isinstance(former.value, frozenset):
        env.findings.error(
            "as-before",
            "there is no set before this one that it could be like",
            node.span,
            secondary=(Label(former.span, "what was before is not known"),) if former is not None else (),
            help="write the whole set, or an entry for the same keys with an earlier date above this one",
        )
        return None
    values = former.value
    less, more = (_members(env, each, head) for each in (node.without, node.more))
    for written, wrong, said in (
        (node.without, less - values, "was not in it before"),
        (node.more, more & values, "was in it before"),
    ):
        if written is not None and wrong:
            names = ", ".join(f"`{each}`" for each in sorted(map(str, wrong)))
            label = Label(former.span, "the former set")
            env.findings.error("as-before", f"{names} {said}", written.span, secondary=(label,), help="leave it out")
    return values - less | more


def _members(env: Env, node: ast.SetLiteral | None, head: Head) -> frozenset[Any]:
    found = constant(env, node, head.type) if node is not None else None
    return found if isinstance(found, frozenset) else frozenset()


def _shape(node: ast.Table) -> str:
    names = " ".join(each.name.text.upper() for each in node.keys)
    return f"each is written `{names} VALUE`" if names else "it is written `VALUE`"


def _key(env: Env, node: ast.Expression, type_: Type, because: Label) -> Value | None:
    """A key: a value or a band of values; None where it was wrong."""
    if not isinstance(node, ast.Band):
        return constant(env, node, type_, because)
    if ordered(type_):
        band, found = band_of(env, node, type_)
        return None if is_broken(found) else band
    env.mismatch(node, BandType(type_), type_, because)
    return None


def _value(env: Env, node: ast.Expression, head: Head) -> Value | None:
    label = Label(head.span, "its type is declared here")
    if is_broken(head.type):
        return None
    if isinstance(head.type, BandType):
        if isinstance(node, ast.Band):
            return band_of(env, node, head.type.element)[0]
        found = env.typed(node, head.type.element)
        if not is_broken(found.type):
            env.mismatch(node, found.type, head.type, label)
        return None
    return constant(env, node, head.type, label)
