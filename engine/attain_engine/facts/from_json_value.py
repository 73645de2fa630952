"""Reading a value from what JSON had for it: a number, a text, true or false, a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.model.types import Quantity, SetType, Simple, Value
from attain_engine.facts.from_text import share, text_reader, whole, within_ends
from attain_engine.facts.numerals import LONGEST_NUMBER, Exact, plain, read_number
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot, how_to_give, kind_in_words
from attain_engine.facts.spelling import quoted, shown
from attain_engine.facts.vocabulary import Spellings

Raw: TypeAlias = Any
"""None, bool, str, int, Fraction, OddNumber, a list or a dict."""

RawReader: TypeAlias = Callable[[Raw], "Value | Refusal"]


@frozen
class OddNumber:
    """A number that JSON, or its usual readers, let pass and that is not one: `1e999999`, `NaN`."""

    text: str


def raw_reader(slot: Slot, spellings: Mapping[str, Spellings]) -> RawReader:
    """What reads a raw value, not null, into the slot."""
    if isinstance(slot.type, SetType):
        return _list_reader(replace(slot, type=slot.type.element), spellings)
    read_text = text_reader(slot, spellings)
    wanted = kind_in_words(slot.type)
    quantity = slot.type.kind if isinstance(slot.type, Quantity) else ""
    is_flag = slot.type == Simple("flag")
    known: dict[str, Value | Refusal] = {}

    def refuse(raw: Raw, help_line: str = "") -> Refusal:
        fix = help_line or how_to_give(slot.type)
        return Refusal("facts-bad-value", f"{quoted(raw_text(raw))} is not {wanted}", fix)

    def read_new_text(text: str) -> Value | Refusal:
        if not quantity and not is_flag:
            return read_text(text)
        tidy = text.strip()
        if is_flag:
            meant = {"yes": "true", "no": "false", "true": "true", "false": "false"}.get(tidy.lower())
            advice = f"write {meant} without quotes" if meant else how_to_give(slot.type)
            return Refusal("facts-bad-value", f'"{shown(text)}" is text, not true or false', advice)
        number = read_number(tidy)
        if number is not None and "/" not in tidy:
            advice = f"write {plain(number)} without quotes"
            if quantity == "percent":
                fits = -1 <= number <= 1
                advice = f'{advice}, or "{plain(number * 100)}%"' if fits else f'write "{plain(number)}%"'
            return Refusal("facts-bad-value", f'"{shown(text)}" is text, not a number', advice)
        return read_text(tidy)

    def read_number_value(number: Exact) -> Value | Refusal:
        if not quantity:
            return refuse(number, f'write it in quotes: "{plain(number)}"' if _is_textual(slot) else "")
        value = whole(number) if quantity == "count" else share(number) if quantity == "percent" else number
        return value if isinstance(value, Refusal) else within_ends(slot, value)

    def read(raw: Raw) -> Value | Refusal:
        kind = type(raw)
        if kind is str:
            value = known.get(raw)
            if value is None:
                value = known[raw] = read_new_text(raw)
            return value
        if kind is int or kind is Fraction:
            return read_number_value(raw)
        if kind is bool:
            return raw if is_flag else refuse(raw)
        if kind is OddNumber:
            long = f"a number has at most {LONGEST_NUMBER} digits"
            fix = long if raw.text[-1].isdigit() else "write a number, or leave it out"
            return Refusal("facts-bad-value", f"{quoted(raw.text)} is not a number that can be worked with", fix)
        return refuse(raw)

    return read


def _is_textual(slot: Slot) -> bool:
    return not isinstance(slot.type, Simple) or slot.type.kind == "text"


def _list_reader(element: Slot, spellings: Mapping[str, Spellings]) -> RawReader:
    read_item = raw_reader(element, spellings)

    def read(raw: Raw) -> Value | Refusal:
        if type(raw) is not list:
            return Refusal("facts-bad-value", f"{quoted(raw_text(raw))} is not a list", "write a list: [ ... ]")
        items: set[Value] = set()
        for item in raw:
            value = read_item(item)
            if isinstance(value, Refusal):
                return value
            items.add(value)
        return frozenset(items)

    return read


def raw_text(raw: Raw) -> str:
    """A raw value as JSON writes it, short where it is large; text without its quotes."""
    match raw:
        case None:
            return "null"
        case bool():
            return "true" if raw else "false"
        case str():
            return raw
        case OddNumber(text=text):
            return text
        case list():
            return "[ ... ]" if raw else "[]"
        case dict():
            return "{ ... }" if raw else "{}"
        case _:
            return plain(raw)
