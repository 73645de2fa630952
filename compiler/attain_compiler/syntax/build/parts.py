"""Finding the parts of a node among the values that the grammar hands on."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar, get_args

from attain_compiler.diagnostics.model import Diagnostic, Label
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.making import Written as Written
from attain_compiler.syntax.tokens import Token

Parts: TypeAlias = list[Any]
Report: TypeAlias = list[Diagnostic]
T = TypeVar("T")


EXPRESSIONS: tuple[type, ...] = get_args(ast.Expression)


def all_of(parts: Parts, kind: type[T]) -> tuple[T, ...]:
    """The parts of this kind, in order."""
    return tuple([part for part in parts if isinstance(part, kind)])


def first_of(parts: Parts, kind: type[T]) -> T | None:
    """The first part of this kind."""
    return next((part for part in parts if isinstance(part, kind)), None)


def the(parts: Parts, kind: type[T]) -> T:
    """The part of this kind, which the grammar requires."""
    found = first_of(parts, kind)
    assert found is not None
    return found


def among(parts: Parts, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    """The parts of any of these kinds, in order."""
    return tuple([part for part in parts if isinstance(part, kinds)])


def expressions(parts: Parts) -> tuple[Any, ...]:
    """The parts that are expressions, in order."""
    return among(parts, EXPRESSIONS)


def words(parts: Parts, *kinds: str) -> tuple[Token, ...]:
    """The words of the language among the parts, of these kinds or of any."""
    return tuple([part for part in parts if isinstance(part, Token) and (not kinds or part.kind in kinds)])


def at_most_one(parts: Parts, kind: type[T], what: str, report: Report) -> T | None:
    """The only part of this kind; a second one is reported as `what` (`a condition`)."""
    found: Any = all_of(parts, kind)
    for again in found[1:]:
        report.append(repeated(what, found[0].span, again.span))
    return found[0] if found else None


def repeated(what: str, span: Span, again: Span) -> Diagnostic:
    return Diagnostic(
        "repeated-clause",
        f"{what} is given twice",
        again,
        secondary=(Label(span, "the first is here"),),
        help="keep one of the two",
    )


def missing(message: str, span: Span, advice: str) -> Diagnostic:
    return Diagnostic("missing-clause", message, span, help=advice)
