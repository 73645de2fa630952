"""Comparisons that are decided by declared bounds, whatever the facts are: mostly a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.checks.maxima import total_of
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import COUNT, RecordType, Value
from attain_compiler.model.walk import nodes
from attain_compiler.source import SourceFile

_TURNED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def check(program: model.Program, mains: frozenset[str], findings: Findings) -> None:
    """Warn of comparisons in the main policies that always or never hold."""
    for each in _comparisons(program):
        if each.span.path not in mains:
            continue
        verdict = _verdict(program, each)
        if verdict is not None:
            findings.warning(
                "always-true" if verdict else "never-true",
                f"`{_text(program.files, each)}` {'always' if verdict else 'never'} holds",
                each.span,
                "by the bounds that are declared",
                help="check the number, or leave the comparison out"
                if verdict
                else "check the number: nothing can meet this",
            )


def _text(files: Mapping[str, SourceFile], node: model.Node) -> str:
    return " ".join(files[node.span.path].slice(node.span).split())


def _comparisons(program: model.Program) -> Iterator[model.Compare]:
    bodies: list[model.Node] = [
        *program.defines.values(),
        *program.measures.values(),
        *program.scores.values(),
        *program.designations.values(),
        *program.exclusions.values(),
        *program.changes.values(),
    ]
    spelled: set[int] = set()  # halves of `x from A to B` and the like: not written by themselves
    for body in bodies:
        for node in nodes(body):
            if isinstance(node, model.And):
                spelled |= {id(each) for each in node.items if each.span == node.span}
            elif isinstance(node, model.Compare) and id(node) not in spelled:
                yield node


def _verdict(program: model.Program, node: model.Compare) -> bool | None:
    """Whether the comparison always (True) or never (False) holds; None where it depends."""
    for subject, other, sign in (
        (node.left, node.right, node.operator),
        (node.right, node.left, _TURNED[node.operator]),
    ):
        if isinstance(other, model.Constant) and not isinstance(other.value, bool):
            low, high = declared_range(program, subject)
            if low is not None or high is not None:
                return decided(sign, low, high, other.value)
    return None


def decided(sign: str, low: Any, high: Any, bound: Any) -> bool | None:
    """Whether every value between two ends (None: open) compares so with a bound (True), or none does (False)."""
    below = high is not None and high < bound
    above = low is not None and low > bound
    at_most = below or (high is not None and high <= bound)
    at_least = above or (low is not None and low >= bound)
    match sign:
        case ">=":
            return True if at_least else False if below else None
        case ">":
            return True if above else False if at_most else None
        case "<=":
            return True if at_most else False if above else None
        case "<":
            return True if below else False if at_least else None
        case "==":
            return False if below or above else None
        case _:
            return True if below or above else None


def declared_range(program: model.Program, node: model.Expression) -> tuple[Value | None, Value | None]:
    """The declared bounds of a value, None where an end is open."""
    match node:
        case model.FieldOf(row=row, field=name) if isinstance(row.type, RecordType):
            field = program.records[row.type.id].field(name)
            return field.low, field.high
        case model.MeasureCall(measure=id_):
            measure = program.measures.get(id_)
            return (measure.low, measure.high) if measure else (None, None)
        case model.Aggregate(kind="count" | "distinct", type=type_) if type_ == COUNT:
            return 0, None
        case model.ScoreCall(score=id_, part=part):
            score = program.scores.get(id_)
            parts = [each for each in score.parts if part in (None, each.name)] if score else []
            zero: Value = Fraction(0)
            return zero, total_of(program, (each.maximum for each in parts)) if parts else None
        case _:
            return None, None
