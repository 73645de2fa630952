"""The LALR table of the grammar, as `generate.py` stored it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import NamedTuple


class Rule(NamedTuple):
    """What is done when a rule of the grammar has been read in full.

    `kept` are the positions whose values are handed on, -1 - position where that value is a list to be spread. The
    `action` is the name of the function that makes the node, `=` to pass the one value on, or empty to make a list.
    """

    head: int
    length: int
    action: str
    kept: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """`actions[state][terminal]` is the next state, or -1 - the number of the rule that ends here.

    `phrases` lists, by its first word, every word or words of the language with their terminal, longest first;
    `symbols` the signs; `patterns` the regular expressions of the literals.
    """

    actions: tuple[Mapping[str, int], ...]
    gotos: tuple[Mapping[int, int], ...]
    nonterminals: tuple[str, ...]
    rules: tuple[Rule, ...]
    start: int
    end: int
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    symbols: Mapping[str, str]
    words: Mapping[str, str]
    patterns: Mapping[str, str]

    def accepts(self, states: Sequence[int], terminal: str) -> bool:
        """Whether a terminal may come next, after what `states` have read.

        That it has an action is not enough: the table shares states, and so promises more than is kept.
        """
        action = self.actions[states[-1]].get(terminal)
        return action is not None and (action >= 0 or bool(self.after(states, terminal)))

    def after(self, states: Sequence[int], terminal: str) -> Sequence[int]:
        """The states once a terminal has been read too; empty if it may not come next."""
        stack = list(states)
        while True:
            action = self.actions[stack[-1]].get(terminal)
            if action is None:
                return ()
            if action >= 0:
                return [*stack, action]
            rule = self.rules[-1 - action]
            del stack[len(stack) - rule.length :]
            stack.append(self.gotos[stack[-1]][rule.head])
            if stack[-1] == self.end:
                return stack if terminal == "$END" else ()

    def acceptable(self, states: Sequence[int]) -> frozenset[str]:
        """All terminals that may come next."""
        return frozenset([terminal for terminal in self.actions[states[-1]] if self.accepts(states, terminal)])


@cache
def tables() -> Tables:
    """The table; read from its file once."""
    data = get_data("attain_compiler.syntax", "tables.json")
    assert data is not None, "the package has lost its tables.json"
    stored = json.loads(data)
    terminals: list[str] = stored["terminals"]
    as_actions: dict[int, dict[str, int]] = {}
    as_gotos: dict[int, dict[int, int]] = {}
    rows: list[list[int]] = stored["rows"]
    for number in set(stored["actions"]):
        row = rows[number]
        as_actions[number] = dict(zip([terminals[key] for key in row[::2]], row[1::2], strict=True))
    for number in set(stored["gotos"]):
        row = rows[number]
        as_gotos[number] = dict(zip(row[::2], row[1::2], strict=True))
    words: dict[str, str] = stored["words"]
    return Tables(
        actions=tuple([as_actions[number] for number in stored["actions"]]),
        gotos=tuple([as_gotos[number] for number in stored["gotos"]]),
        nonterminals=tuple(stored["nonterminals"]),
        rules=tuple([Rule(head, length, action, tuple(kept)) for head, length, action, kept in stored["rules"]]),
        start=stored["start"],
        end=stored["end"],
        phrases=_phrases(words),
        symbols={text: terminal for terminal, text in words.items() if not text[0].isalpha()},
        words=words,
        patterns=stored["patterns"],
    )


def _phrases(words: Mapping[str, str]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for terminal, text in words.items():
        if text[0].isalpha():
            phrase = tuple(text.split())
            by_first.setdefault(phrase[0], []).append((phrase, terminal))
    return {first: tuple(sorted(found, key=lambda each: -len(each[0]))) for first, found in by_first.items()}
