"""Lark's LALR parser for `grammar.lark`: made from the grammar, or loaded as it was saved.

Making it takes Lark a second or two, loading it some hundredths of one. It is saved beside the grammar: when Attain is
built (`hatch_build.py`), and after a change of the grammar by the first command that can write there. What is saved
begins with digests of all that it was made from and of itself; where either is wrong, the parser is made anew.
"""

from __future__ import annotations

import copyreg
import hashlib
import pickle
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from pkgutil import get_data
from typing import Any, NamedTuple

import lark
from lark.grammar import Rule
from lark.lexer import Lexer, LexerState, TerminalDef
from lark.parsers.lalr_analysis import Action, IntParseTable

PACKAGE = "attain_compiler.syntax"
START = "declaration"
SAVED = "grammar.saved"
"""The name of the file, in the folder of this package."""


class Parser(NamedTuple):
    """`table` says for each state what each terminal does there: shift and go to a state, or reduce by a rule."""

    table: IntParseTable
    terminals: tuple[TerminalDef, ...]


class Reduction(Rule):
    """A rule of the grammar in the table, where each has one object: told from others by that, not by what it says,
    which Lark would ask of it in Python for every rule that is read."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @classmethod
    def of(cls, rule: Rule) -> Reduction:
        return cls(rule.origin, rule.expansion, rule.order, rule.alias, rule.options)


class _Ready(NamedTuple):
    parser: Parser
    is_saved: bool


class Fed(Lexer):
    """Lark wants a lexer; `walk.py` feeds the tokens, which `tokens.py`, `layout.py` and `words.py` make."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: LexerState, parser_state: object) -> Iterator[lark.Token]:
        return iter(())


def grammar_text() -> str:
    """The grammar, as written."""
    return _packaged("grammar.lark").decode()


def made() -> lark.Lark:
    """The grammar as Lark understands it. Raises `lark.GrammarError` if it has a conflict of any kind."""
    return lark.Lark(grammar_text(), parser="lalr", lexer=Fed, start=START, strict=True, maybe_placeholders=False)


def parser() -> Parser:
    """The parser; the same for the whole process."""
    return _ready().parser


def to_be_saved() -> bytes | None:
    """What to write into the file `SAVED`, None if what it has is right."""
    ready = _ready()
    return None if ready.is_saved else saved(ready.parser)


@cache
def _ready() -> _Ready:
    try:
        data = _packaged(SAVED)
    except OSError:
        data = b""
    found = loaded(data)
    if found is not None:
        return _Ready(found, is_saved=True)
    grammar = made()
    table: IntParseTable = grammar.parser.parser._parse_table
    return _Ready(_shared(Parser(table, tuple(grammar.terminals))), is_saved=False)


def saved(parser: Parser) -> bytes:
    """The parser as bytes, for `loaded`."""
    content = pickle.dumps(parser, protocol=5)
    return _made_from() + hashlib.sha256(content).digest() + content


copyreg.pickle(Action, attrgetter("name"))  # Lark tells shift and reduce by identity: they are saved by their names


def _shared(parser: Parser) -> Parser:
    """The same, with one object for what is the same in several states: smaller, sooner loaded, sooner looked up."""
    table = parser.table
    names = {name: str(name) for row in table.states.values() for name in row}
    actions: dict[object, tuple[Any, Any]] = {
        (kind, what): (kind, Reduction.of(what) if isinstance(what, Rule) else what)
        for row in table.states.values()
        for kind, what in row.values()
    }
    for _, rule in actions.values():
        if isinstance(rule, Rule):
            rule.origin.name = names[rule.origin.name]
    states = {
        state: {names[name]: actions[action] for name, action in row.items()} for state, row in table.states.items()
    }
    return parser._replace(table=IntParseTable(states, table.start_states, table.end_states))


def loaded(data: bytes) -> Parser | None:
    """The parser that was saved; None if it is that of another grammar or another Lark, or has come to harm."""
    origin, digest, content = data[:32], data[32:64], data[64:]
    if origin != _made_from() or digest != hashlib.sha256(content).digest():
        return None
    found: Parser = pickle.loads(content)  # noqa: S301 - a part of the package, as its code is
    return found


def _made_from() -> bytes:
    source = _packaged("parser.py") if __file__.endswith(".py") else b""
    return hashlib.sha256(b"\0".join([lark.__version__.encode(), source, _packaged("grammar.lark")])).digest()


def _packaged(name: str) -> bytes:
    data = get_data(PACKAGE, name)
    assert data is not None, f"the package has lost its {name}"
    return data
