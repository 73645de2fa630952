"""Names that could not be used as what they are declared as, because a word of the language is meant where they stand.

Nothing lists such words: each use that a kind of name has is read by the grammar, once with the name and once with one
that is no word at all, and must come to the same tree.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.allowed import words_before
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.chunks import split
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import Token, scan
from attain_compiler.syntax.walk import walk

_VALUE = (
    "define q\n  @",
    "define q\n  @ at least 1",
    "define q\n  a at least @",
    "define q\n  a is @",
    "define q\n  b and @",
    "define q\n  1 + @ * 2",
    "define q\n  @ from 1 to 2",
    "define q\n  f(@)",
    "define q\n  all of\n    @\n    b",
)
_CALL = tuple(each.replace("@", "@(x)") for each in _VALUE)
_USES: Mapping[str, tuple[str, ...]] = {
    "value": _VALUE,
    "function": _CALL,
    "variable": (*_VALUE, "define q\n  @.a", "define q\n  some R @ where @.a", "define q\n  best for @ in s: 1"),
    "enum value": (
        "define q\n  a is @",
        "define q\n  a is not @",
        "define q\n  a in { @, b }",
        "define q\n  f(@)",
        "parameter q for K count\n  @ 1",
        'example "q"\n  given R { f: @ }',
    ),
    "record": (
        "define q\n  some @ r where r.a",
        "define q\n  no @ r",
        "define q\n  count of @ r where r.a",
        "define q\n  the @.a",
        "define q(r @)\n  a",
        'example "q"\n  given @ { f: 1 }',
        "change q\n  adds @ { f: 1 }",
    ),
    "type": ("define q(a @)\n  a", "parameter q for @ count\n  a 1", "record R\n  f @", "define q\n  some @ x"),
    "enum": ("define q\n  a is @.x",),
    "entity": ("change q\n  adds R { f: new @ }",),
    "field": ("define q\n  r.@", "define q\n  r.@ is b", 'example "q"\n  given R { @: 1 }', "record R\n  unique @"),
    "part": ("define q\n  s.@ at least 1", "define q\n  s(x).@"),
    "designation": ("define q\n  @ is met", "define q\n  @ at least gold", 'example "q"\n  expect no plan for @'),
    "requirement": ("define q\n  d.@ is met",),
    "option": ("define q\n  d.@.r is met",),
    "tier": ("define q\n  d is @", "define q\n  d at least @", "define q\n  d.@.r is met"),
    "change": ('example "q"\n  expect plan has @', 'example "q"\n  expect plan has @(x) 2 times'),
    "reading": (*_VALUE, 'example "q"\n  reading @ is a'),
    "alternative": ("define q\n  a is @", 'example "q"\n  reading q is @'),
}
"""How a name of each kind is used; it stands for `@`."""


def unusable(node: ast.Declaration, tokens: Iterable[Token]) -> list[Diagnostic]:
    """What is wrong with the names that a declaration declares."""
    words = _words()
    names = [each.text for each in tokens if each.kind == "NAME"]
    dotted = [_of_another(name) for name in _all_declared(node) if "." in name.text] if "." in "".join(names) else []
    if words.isdisjoint(names):
        return dotted
    return dotted + [
        _refused(name, kind) for name, kind in _declared(node) if name.text in words and not usable(name.text, kind)
    ]


def _all_declared(node: ast.Declaration) -> Iterator[ast.Name]:
    """The names that a declaration declares, each once."""
    found = {name.span: name for name, _ in _declared(node)}
    if isinstance(node, ast.Policy | ast.Report):
        found[node.name.span] = node.name
    return iter(found.values())


def _of_another(name: ast.Name) -> Diagnostic:
    owner, _, own = name.text.rpartition(".")
    return Diagnostic(
        "unusable-name",
        f"`{name.text}` is a name of what is imported as `{owner}`, and nothing here can be called so",
        name.span,
        help=f"call it `{own}`, or call the import something else",
    )


def declared_above(source: SourceFile, token: Token, chunk: list[Token]) -> Diagnostic | None:
    """Where a declaration cannot be read at a token: the first of its parameters and bound variables before it, if any,
    whose name is read as a word where it is used."""
    words, binding = _words(), words_before("binder")
    first = Token("", "", 0, 0)
    takes = [each.text for each in chunk[2:3]] == ["("]
    head = next((each.start for each in chunk if each.text == ")"), token.start) if takes else 0
    for earlier, before, place, after in zip([first, *chunk], chunk, chunk[1:], chunk[2:], strict=False):
        if place.start >= token.start:
            return None
        parameter = place.start < head and before.text in ("(", ",") and after.kind == "NAME" and after.indent < 0
        bound = before.kind == "NAME" and earlier.text in binding and after.text in ("where", "has")
        if place.text in words and (parameter or bound) and not usable(place.text, "variable"):
            return _refused(ast.Name(place.text, span=Span(source.path, place.start, place.end)), "variable")
    return None


@cache
def _words() -> frozenset[str]:
    """Every word of the language, also those that only others make one of (`met` of `is met`)."""
    return frozenset(word for phrases in terminals().phrases.values() for phrase, _ in phrases for word in phrase)


@cache
def usable(word: str, kind: str) -> bool:
    """Whether the word is read as a name wherever a name of this kind is used."""
    return all(_read(use, word) == _read(use, _NO_WORD).replace(f"'{_NO_WORD}'", f"'{word}'") for use in _USES[kind])


_NO_WORD = "qqqq"


@cache
def _read(use: str, name: str) -> str:
    """The tree of a use, or nothing where it cannot be read; places are no part of it."""
    (chunk,) = split(scan(use.replace("@", name)).tokens)
    walked = walk(chunk, "", MAKERS, [])
    return "" if walked.troubles else repr(walked.node)


def _declared(node: object) -> Iterator[tuple[ast.Name, str]]:
    """The names that a node declares, each with its kind."""
    match node:
        case tuple():
            for each in node:
                yield from _declared(each)
            return
        case ast.Table(name=name, keys=keys):
            yield name, "function" if keys else "value"
        case ast.Define(name=name, parameters=formal) | ast.Measure(name=name, parameters=formal):
            yield name, "function" if formal else "value"
        case ast.Score(name=name, parameters=formal):
            yield name, "function" if formal else "value"
        case ast.Parameter(name=name):
            yield name, "variable"
        case ast.Binder(variable=name):
            yield name, "variable"
        case ast.Enum(name=name):
            yield from ((name, kind) for kind in ("type", "enum"))
        case ast.Entity(name=name):
            yield from ((name, kind) for kind in ("type", "entity"))
        case ast.Alternative(name=name):
            yield name, "alternative"
        case _ if type(node) in _KINDS:
            yield node.name, _KINDS[type(node)]  # type: ignore[attr-defined]
        case _:
            pass
    if isinstance(node, ast.Node):
        kind: Any = type(node)
        for part in _parts(kind):
            yield from _declared(getattr(node, part))


_KINDS: Mapping[type, str] = {
    ast.EnumValue: "enum value",
    ast.Record: "record",
    ast.Field: "field",
    ast.Reading: "reading",
    ast.Part: "part",
    ast.Designation: "designation",
    ast.Require: "requirement",
    ast.Option: "option",
    ast.Tier: "tier",
    ast.Change: "change",
}


@cache
def _parts(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind) if each.name not in ("span", "notes", "title"))


def _refused(name: ast.Name, kind: str) -> Diagnostic:
    return Diagnostic(
        "unusable-name",
        f"`{name.text}` cannot be used as the name of {'an' if kind[0] in 'aeo' else 'a'} {kind}",
        name.span,
        "a word of the language is read where it is used",
        help=f"give it a name of more than this word, such as `{name.text}_one`",
    )
