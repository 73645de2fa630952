"""The grammar is free of conflicts, and a saved parser is never that of another grammar."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import Mock

import lark
import pytest

import attain_compiler.syntax.parser as module
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.making import shapes
from attain_compiler.syntax.parser import Parser, grammar_text, loaded, made, parser, saved, to_be_saved


class NoLayout:
    """Lark wants to know who makes the declared terminals; `layout.py` does, but not within Lark."""

    always_accept = ()

    def process(self, stream: Iterator[lark.Token]) -> Iterator[lark.Token]:
        return stream


def test_the_grammar_has_no_conflict_of_any_kind() -> None:
    """Neither of its rules nor of its terminals, where two of them may come next."""
    lark.Lark(grammar_text(), parser="lalr", lexer="contextual", start=module.START, strict=True, postlex=NoLayout())


def test_a_conflict_would_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "grammar_text", lambda: 'declaration: name | word\nname: "a"\nword: "a"\n')
    with pytest.raises(lark.GrammarError, match="Reduce/Reduce"):
        made()


def test_there_is_a_function_for_each_rule_and_no_other() -> None:
    assert {shape.action for shape in shapes().values()} - {"", "="} == MAKERS.keys()


def test_every_rule_that_makes_a_node_has_a_place() -> None:
    """It reads a word or a sign, or a thing that does; so no node is without the ends of its text."""
    assert not [rule for rule, shape in shapes().items() if shape.action and not rule.expansion]


def shown(found: Parser | None) -> list[tuple[int, list[tuple[str, str]]]]:
    """Each state with what may come next there and what is done then."""
    assert found is not None
    return [
        (state, [(name, str(action)) for name, action in sorted(row.items(), key=lambda item: item[0])])
        for state, row in found.table.states.items()
    ]


def test_what_is_saved_is_loaded_again() -> None:
    assert shown(loaded(saved(parser()))) == shown(parser())


@pytest.mark.parametrize("harm", [lambda it: b"", lambda it: it[:-1], lambda it: it[:40], lambda it: it + b"x"])
def test_what_has_come_to_harm_is_not_loaded(harm: object) -> None:
    assert callable(harm)
    assert loaded(harm(saved(parser()))) is None


def test_what_was_saved_with_another_lark_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(parser())
    monkeypatch.setattr(lark, "__version__", "1.3.2")
    assert loaded(data) is None


def test_what_was_saved_of_another_grammar_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(parser())
    monkeypatch.setattr(module, "get_data", Mock(return_value=b"declaration: policy"))
    assert loaded(data) is None


def test_a_parser_that_is_saved_is_not_saved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data, read = saved(parser()), module.get_data
    monkeypatch.setattr(module, "get_data", lambda package, name: data if name == module.SAVED else read(package, name))
    # Not by clearing its memory: rules that two processes saved are not equal, and others remember those of the first.
    monkeypatch.setattr(module, "_ready", module._ready.__wrapped__)
    assert to_be_saved() is None
