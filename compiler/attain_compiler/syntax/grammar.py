"""What the grammar allows where: questions to its parser, after some states have been gone through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from lark.lexer import LexerThread
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_interactive_parser import InteractiveParser
from lark.parsers.lalr_parser_state import ParseConf, ParserState

from attain_compiler.syntax.making import Callbacks
from attain_compiler.syntax.parser import START, Fed, parser

States: TypeAlias = Sequence[int]
"""The states of the parser, from the first to the present one."""


def begin(callbacks: Callbacks) -> InteractiveParser:
    """Lark's parser before a declaration; `callbacks` make what is read of it."""
    return _at(ParseConf(parser().table, callbacks, START), ())


def states_of(interactive: InteractiveParser) -> tuple[int, ...]:
    """What it has gone through."""
    return tuple(interactive.parser_state.state_stack)


def accepts(states: States, terminal: str) -> bool:
    """Whether a terminal may come next.

    That it has an action is not enough: the table shares states, and so promises more than is kept.
    """
    action = parser().table.states[states[-1]].get(terminal)
    return action is not None and (action[0] is Shift or bool(after(states, terminal)))


def after(states: States, terminal: str) -> tuple[int, ...]:
    """The states once a terminal has been read too; empty if it may not come next."""
    table = parser().table
    stack = [*states]
    while True:
        action = table.states[stack[-1]].get(terminal)
        if action is None:
            return ()
        if action[0] is Shift:
            return (*stack, action[1])
        rule = action[1]
        del stack[len(stack) - len(rule.expansion) :]
        stack.append(table.states[stack[-1]][rule.origin.name][1])
        if terminal == "$END" and stack[-1] == table.end_states[START]:
            return tuple(stack)


def acceptable(states: States) -> frozenset[str]:
    """All terminals that may come next."""
    return frozenset(_at(_asking(), states).accepts())


def settled(states: States) -> States:
    """The states once everything is ended that must end whatever comes next, such as a word that can only be a name."""
    table = parser().table.states
    while True:
        actions = [action for name, action in table[states[-1]].items() if name.isupper()]
        rule = actions[0][1]
        if actions[0][0] is Shift or any(action[1] is not rule for action in actions) or _is_last(table[states[-1]]):
            return states
        states = states[: len(states) - len(rule.expansion)]
        states = (*states, table[states[-1]][rule.origin.name][1])


def _is_last(row: Mapping[str, object]) -> bool:
    return row.keys() <= {"$END"}


def may_stand(states: States, thing: str) -> bool:
    """Whether a thing of the grammar, such as `expression`, may come next."""
    return thing in parser().table.states[states[-1]]


@cache
def beginnings(thing: str) -> frozenset[str]:
    """The terminals that a thing of the grammar may begin with: those allowed wherever it is."""
    rows = [row for row in parser().table.states.values() if thing in row]
    return frozenset(name for name in set.intersection(*[set(row) for row in rows]) if name.isupper())


@cache
def before(thing: str) -> frozenset[str]:
    """The terminals that a thing of the grammar may follow at once."""
    rows = parser().table.states
    begun = {state for state, row in rows.items() if thing in row}
    return frozenset(
        name
        for row in rows.values()
        for name, (action, to) in row.items()
        if name.isupper() and action is Shift and to in begun
    )


@cache
def _asking() -> ParseConf[int]:
    """To go on without making anything."""
    return ParseConf(parser().table, {}, START)


def _at(conf: ParseConf[int], states: States) -> InteractiveParser:
    thread = LexerThread(Fed(None), None)  # the tokens are fed
    return InteractiveParser(None, ParserState(conf, thread, list(states)), thread)
