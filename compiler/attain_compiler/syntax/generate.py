"""Compute `tables.json` from `grammar.lark`: `python -m attain_compiler.syntax.generate`.

The only module that loads Lark, and only when the grammar has changed; a test fails when the file is out of date.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class _NoLayout:
    """Lark wants to know who makes the declared terminals; `layout.py` does, but not within Lark."""

    always_accept = ()

    def process(self, stream: Any) -> Any:
        return stream


def compiled() -> Any:
    """The grammar as Lark understands it. Strict: raises on any conflict of the grammar or of two terminals."""
    from lark import Lark

    grammar = (HERE / "grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        start="declaration",
        strict=True,
        postlex=_NoLayout(),
    )


def tables_text() -> str:
    """The content of `tables.json`, the same text whenever the grammar is the same."""
    lark = compiled()
    names = {terminal.name: _name(terminal) for terminal in lark.terminals} | {"$END": "$END"}
    assert len(set(names.values())) == len(names), "two terminals of one name"
    words = {_name(terminal): terminal.pattern.value for terminal in lark.terminals if terminal.pattern.type == "str"}
    patterns = {_name(terminal): terminal.pattern.value for terminal in lark.terminals if terminal.pattern.type == "re"}

    table = lark.parser.parser._parse_table
    rules = sorted(
        {rule for state in table.states.values() for _, rule in state.values() if not isinstance(rule, int)}, key=_key
    )
    rule_numbers = {rule: number for number, rule in enumerate(rules)}
    order, renumbered = _renumber(table)

    terminals = sorted({names.get(key, key) for state in table.states.values() for key in state if _is_terminal(key)})
    nonterminals = sorted({key for state in table.states.values() for key in state if not _is_terminal(key)})
    terminal_numbers = {name: number for number, name in enumerate(terminals)}
    nonterminal_numbers = {name: number for number, name in enumerate(nonterminals)}

    rows: dict[tuple[int, ...], int] = {}
    actions, gotos = [], []
    for state in order:
        action_row, goto_row = [], []
        for key, (_, argument) in sorted(table.states[state].items(), key=lambda item: names.get(item[0], item[0])):
            if not _is_terminal(key):
                goto_row += [nonterminal_numbers[key], renumbered[argument]]
            else:
                shift = isinstance(argument, int)
                number = renumbered[argument] if shift else -1 - rule_numbers[argument]
                action_row += [terminal_numbers[names.get(key, key)], number]
        actions.append(rows.setdefault(tuple(action_row), len(rows)))
        gotos.append(rows.setdefault(tuple(goto_row), len(rows)))
    content = {
        "words": dict(sorted(words.items())),
        "patterns": dict(sorted(patterns.items())),
        "terminals": terminals,
        "nonterminals": nonterminals,
        "rules": [_rule(rule, nonterminal_numbers) for rule in rules],
        "start": renumbered[table.start_states["declaration"]],
        "end": renumbered[table.end_states["declaration"]],
        "actions": actions,
        "gotos": gotos,
        "rows": list(rows),
    }
    lines = [f'"{key}":{json.dumps(value, separators=(",", ":"))}' for key, value in content.items()]
    return "{" + ",\n".join(lines) + "}\n"


def _name(terminal: Any) -> str:
    """The name of a terminal; Lark numbers those that are more than one word, here they are named by their words."""
    value: str = terminal.pattern.value
    return value.upper().replace(" ", "_") if terminal.name.startswith("__") else terminal.name


def _is_terminal(key: str) -> bool:
    return key == "$END" or key.isupper()


def _key(rule: Any) -> tuple[str, list[str]]:
    return rule.origin.name, [symbol.name for symbol in rule.expansion]


def _renumber(table: Any) -> tuple[list[int], dict[int, int]]:
    """The states from the start on, in an order that depends on nothing but the grammar."""
    order = [table.start_states["declaration"]]
    seen = set(order)
    for state in order:
        for _, (_, argument) in sorted(table.states[state].items()):
            if isinstance(argument, int) and argument not in seen:
                seen.add(argument)
                order.append(argument)
    return order, {state: number for number, state in enumerate(order)}


def _rule(rule: Any, nonterminals: dict[str, int]) -> list[Any]:
    """`[head, length, action, kept]`: `kept` are the positions whose values are handed on, negative (-1 - position)
    where the value is a list to be spread. The action is a function's name, empty to spread, `=` to pass a value on."""
    kept = []
    for position, symbol in enumerate(rule.expansion):
        if symbol.is_term:
            if not symbol.filter_out and not symbol.name.startswith("_"):
                kept.append(position)
        else:
            kept.append(-1 - position if symbol.name.startswith("_") else position)
    name = rule.origin.name
    if name.startswith("_"):
        action = ""
    elif rule.alias or not rule.options.expand1:
        action = rule.alias or name
    else:
        assert len(kept) == 1, f"`?{name}` must pass on exactly one value"
        action = "="
    return [nonterminals[name], len(rule.expansion), action, kept]


def main() -> None:
    (HERE / "tables.json").write_text(tables_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
