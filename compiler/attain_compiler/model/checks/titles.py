"""Titles that say another number than their rule: a doubt, as people read the one and are judged by the other."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from fractions import Fraction

from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import PERCENT, Band, BandType, Duration, Type, Value
from attain_compiler.model.walk import nodes
from attain_compiler.source import Span
from attain_compiler.syntax.placeholders import PLACEHOLDER

_NUMBER = re.compile(r"(?<![\w.,:-])(?:\$|US\$)?(\d[\d,_]*(?:\.\d+)?)(?![\w-]|\.\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAMED = re.compile(r"\b[A-Z][\w'-]*\s+(?:\$|US\$)?$")
"""A word with a capital before a number makes a name of both: `Office 365`."""

_SELDOM_SAID = frozenset({Fraction(0), Fraction(1)})
"""Bounds that titles have words for: `none`, `any`, `a person`."""


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Warn of each requirement and part whose title has a number that is none of its rule's, and not the one that the
    rule compares with."""
    numbers = _Numbers(program)
    for designation in program.designations.values():
        for each in nodes(designation):
            if isinstance(each, model.Requirement) and each.span.path in mains:
                _compare(numbers, each, each.title, each.condition, findings)
    for score in program.scores.values():
        for part in score.parts:
            if part.span.path in mains:
                _compare(numbers, part, part.title, part.points, findings, part.maximum)


def _compare(
    numbers: _Numbers,
    declared: model.Requirement | model.Part,
    title: str,
    rule: model.Expression,
    findings: Findings,
    *more: model.Expression,
) -> None:
    written = {Fraction(each.replace(",", "").replace("_", "")): each for each in _numbers_of(title)}
    if not written:
        return
    bounds = set(_bounds(numbers.program, rule))
    known = bounds.union(*(numbers.of(each) for each in (rule, *more)))
    other = [text for number, text in written.items() if number not in known]
    unsaid = bounds.difference(written)
    if other and unsaid and (len(unsaid) == len(bounds) or unsaid - _SELDOM_SAID):
        shown = " or ".join(f"`{_shown(each)}`" for each in sorted(unsaid)[:3])
        findings.warning(
            "title-differs",
            f"the title says {other[0]}, and the rule compares with {shown}",
            _title_place(declared, numbers.program),
            help="correct one of them, or put the rule's own value into the title: `{...}`",
        )


def _title_place(declared: model.Requirement | model.Part, program: model.Program) -> Span:
    """Where the title stands in the declaration."""
    text = program.files[declared.span.path].text
    start = text.find('"', declared.span.start, declared.span.end)
    end = text.find('"', start + 1, declared.span.end)
    return declared.span if start < 0 or end < 0 else Span(declared.span.path, start, end + 1)


def _numbers_of(title: str) -> Iterator[str]:
    title = PLACEHOLDER.sub("", title)
    for found in _NUMBER.finditer(title):
        if not _NAMED.search(title[: found.start()]) and not _YEAR.fullmatch(found[1]):
            yield found[1].rstrip(",")


def _shown(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else str(number)


def _bounds(program: model.Program, rule: model.Expression) -> Iterator[Fraction]:
    """The numbers that the rule itself compares with."""
    match rule:
        case model.And(items=items) | model.Or(items=items):
            for each in items:
                yield from _bounds(program, each)
        case model.Not(operand=operand):
            yield from _bounds(program, operand)
        case model.Compare(left=left, right=right):
            yield from _own(program, left)
            yield from _own(program, right)
        case model.Allocation(roles=roles, shares=shares):
            for role in roles:
                yield from _own(program, role.needed)
            for share in shares:
                yield from _own(program, share.most)
        case _:
            return


def _own(program: model.Program, node: model.Expression) -> Iterator[Fraction]:
    """The numbers that an expression may be, where they are written down."""
    match node:
        case model.Constant(value=value):
            yield from _as_numbers(value, node.type)
        case model.Lookup(table=table):
            for entry in program.tables[table].entries:
                if not isinstance(entry.value, model.Unpublished):
                    yield from _as_numbers(entry.value, node.type)
        case model.ReadingValue(reading=reading):
            for alternative in program.readings[reading].alternatives:
                yield from _as_numbers(alternative.value, node.type)
        case _:
            return


class _Numbers:
    """The numbers of expressions and of all that they call; each declaration is gone through once."""

    def __init__(self, program: model.Program) -> None:
        self.program = program
        self.declared: dict[str, tuple[set[Fraction], set[str]]] = {}
        """Of each declaration the numbers in itself, and what it calls."""

    def of(self, rule: model.Expression) -> set[Fraction]:
        """Every number of an expression and of all that it calls."""
        found, called = self._own(rule)
        todo, seen = list(called), set(called)
        while todo:
            id_ = todo.pop()
            if id_ not in self.declared:
                self.declared[id_] = self._own(self._declaration(id_))
            numbers, further = self.declared[id_]
            found |= numbers
            todo += further - seen
            seen |= further
        return found

    def _declaration(self, id_: str) -> model.Node:
        program = self.program
        return program.defines.get(id_) or program.measures.get(id_) or program.scores[id_]

    def _own(self, rule: model.Node) -> tuple[set[Fraction], set[str]]:
        found: set[Fraction] = set()
        called: set[str] = set()
        for node in nodes(rule):
            match node:
                case model.DefineCall(define=id_) | model.MeasureCall(measure=id_) | model.ScoreCall(score=id_):
                    called.add(id_)
                case model.MaximumOf(score=id_):
                    called.add(id_)
                case model.Constant() | model.ReadingValue():
                    found.update(_own(self.program, node))
                case model.Lookup(table=id_):
                    found.update(_own(self.program, node))
                    table = self.program.tables[id_]
                    keys = [each for entry in table.entries for each in zip(entry.keys, table.keys, strict=True)]
                    found.update(number for key, type_ in keys if key is not None for number in _as_numbers(key, type_))
                case _:
                    pass
        return found, called


def _as_numbers(value: Value, type_: Type) -> Iterator[Fraction]:
    """A value as a title may say it."""
    match value:
        case bool():
            return
        case int() | Fraction():
            yield Fraction(value) * 100 if type_ == PERCENT else Fraction(value)
        case Duration(months=months, days=days):
            yield from (Fraction(each) for each in (months, days))
            yield from (Fraction(each, per) for each, per in ((months, 12), (days, 7)))
        case datetime.date():
            yield from (Fraction(each) for each in (value.year, value.month, value.day))
        case Band(low=low, high=high):
            for end in (low, high):
                if end is not None:
                    yield from _as_numbers(end, type_.element if isinstance(type_, BandType) else type_)
        case frozenset():
            yield Fraction(len(value))
        case _:
            return
