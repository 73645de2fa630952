"""Where an expression stands: the names it sees, the variables bound around it, and what may be said there."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from attain_compiler.diagnostics.model import Label
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.heads import Heads
from attain_compiler.model.scope import Visible
from attain_compiler.model.types import FLAG, EnumType, Quantity, Simple, Type
from attain_compiler.model.units import UNTYPED, described, fits, is_broken, rates_apart
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast

MOST_HALVES = 6
"""How many ranges (`x from A to B`, `x within ...`) may stand inside one another."""


@frozen
class Local:
    """A parameter or bound variable."""

    number: int
    name: str
    type: Type
    span: Span


@dataclass(frozen=True, slots=True)
class Env:
    """The place of an expression.

    `typed_by` is the reader of expressions itself (so that each kind of expression can live in its own file);
    `numbers` gives the variables of the declaration their numbers; `columns` are the names of an example's `for each`
    and what stands for them; `every`: in a claim, the arguments for which `maximum of` a score is asked; `halves`: how
    many ranges are around, whose subject stands in both their halves; `covered`: an `else` around catches a value that
    does not exist; `present`: the fields, as written, that are not `none` here; `planning`: inside a change, where
    there is a plan date; `adding`: inside `adds`, where there are new identifiers; `giving`: inside `given`, where
    constants stand.
    """

    owner: str
    source: SourceFile
    visible: Visible
    heads: Heads
    findings: Findings
    typed_by: Callable[[Env, ast.Expression, Type | None], model.Expression]
    numbers: Iterator[int] = field(default_factory=itertools.count)
    locals: Mapping[str, Local] = field(default_factory=dict)
    columns: Mapping[str, ast.Expression] = field(default_factory=dict)
    every: Mapping[str, tuple[model.Expression, ...]] = field(default_factory=dict)
    halves: int = 0
    covered: bool = False
    present: frozenset[str] = frozenset()
    planning: bool = False
    adding: bool = False
    giving: bool = False

    def typed(self, node: ast.Expression, hint: Type | None = None) -> model.Expression:
        """The expression, resolved. `hint` says what is expected; the caller checks what came."""
        return self.typed_by(self, node, hint)

    def wanted(self, node: ast.Expression, wanted: Type, because: Label | None = None) -> model.Expression:
        """The expression, which must have the type `wanted`; `because` is the place that says so."""
        found = self.typed(node, wanted)
        if not fits(found.type, wanted):
            self.mismatch(node, found.type, wanted, because)
        return found

    def condition(self, node: ast.Expression) -> model.Expression:
        """The expression, which must be a condition. An `else` further out does not reach into it."""
        return self.uncovered().wanted(node, FLAG)

    def mismatch(self, node: ast.Expression, found: Type, wanted: Type, because: Label | None = None) -> None:
        """Report a value of the wrong type."""
        if isinstance(found, EnumType) and found.or_none and found.base == wanted:
            self.findings.error(
                "may-have-no-value",
                f"expected {described(wanted)}, and this may be `none`",
                node.span,
                "this may be `none`",
                (because,) if because else (),
                "say what stands for it then, as in `... else VALUE`, or ask only where `... is not none and`",
            )
            return
        both = isinstance(found, Quantity) and isinstance(wanted, Quantity)
        label = f"this is {described(found)}"
        help_ = repair(node, wanted, self.source) or rates_apart(found, wanted)
        if isinstance(found, EnumType) and wanted == FLAG:
            help_ = help_ or "name all the values in a set, as in `x in { a, b }`, or say again what is compared"
        if both and found.kind == "number" and wanted.kind == "count":  # type: ignore[union-attr]
            label = "this may be a fraction"
            help_ = help_ or "a count is whole: write `... rounded down to 1`, or another rounding"
        self.findings.error(
            "unit-mismatch" if both else "type-mismatch",
            f"expected {described(wanted)}, found {described(found)}",
            node.span,
            label,
            (because,) if because else (),
            help_,
        )

    def bind(self, name: ast.Name, type_: Type) -> tuple[Env, Local]:
        """The place inside a binder of this name. A name that means something else already is an error."""
        other = self.locals.get(name.text)
        declared = self.visible.declarations.get(name.text)
        if declared is not None and isinstance(declared.written, ast.Change):
            declared = None  # no expression names it
        before = other.span if other else declared.span if declared else self.visible.called.get(name.text)
        if before is not None:
            self.findings.error(
                "shadowed-name",
                f"`{name.text}` already means something here",
                name.span,
                secondary=(Label(before, "declared here"),),
                help="give the variable another name",
            )
        values = self.visible.values.get(name.text, ())
        if values and before is None:
            owner = values[0].enum.rpartition(".")[2]
            self.findings.warning(
                "hidden-value",
                f"the variable `{name.text}` hides a value of `{owner}`",
                name.span,
                secondary=(Label(values[0].span, "the value is declared here"),),
                help=f"give the variable another name; `{owner}.{name.text}` is the value",
            )
        local = Local(next(self.numbers), name.text, type_, name.span)
        return replace(self, locals={**self.locals, name.text: local}), local

    def halved(self, span: Span) -> Env:
        """The place of the subject of a range. Ranges inside one another double what is to be decided each time."""
        if self.halves == MOST_HALVES:
            self.findings.error(
                "too-deep",
                f"more than {MOST_HALVES} ranges stand inside one another",
                span,
                help="give what is compared a name of its own, with `define` or `measure`",
            )
        return replace(self, halves=self.halves + 1)

    def covering(self) -> Env:
        """The place inside `... else ...`."""
        return self if self.covered else replace(self, covered=True)

    def uncovered(self) -> Env:
        """The place of a condition or a row's value, out of reach of an `else` around it."""
        return replace(self, covered=False) if self.covered else self

    def use(self, id_: str, span: Span) -> None:
        """Note that the declaration this stands in uses another."""
        self.heads.uses.add(self.owner, id_, span)

    def broken(self, span: Span) -> model.Expression:
        """What stands in for an expression that was wrong."""
        return model.Constant(0, type=UNTYPED, span=span)


def repair(node: ast.Expression, wanted: Type, source: SourceFile) -> str:
    """What to write instead, where that is plain from the text."""
    match node, wanted:
        case ast.Number(unit="", value=value), Quantity(kind="percent"):
            written = source.slice(node.span)
            if 1 <= value <= 10:
                return f"write `{written}%`, or `{100 * value}%` if {written} times as much is meant"
            if not 0 < value < 1 or (100 * value).denominator != 1:
                return f"write `{written}%`"
            return f"write `{100 * value}%`, or `{written}%` if so little is meant"
        case ast.Number(unit="points", value=value), Quantity(kind="percent"):
            return f"a share of something is a percent: `{value}%`; points are compared with points"
        case ast.Binary(operator="/" | "-"), Simple(kind="date"):
            return "a date is written `2022-10-03`: the year, the month, the day"
        case ast.DurationLiteral(), Simple(kind="date"):
            return f"say from when, as in `{source.slice(node.span)} before assessment date`"
        case ast.Number(unit=""), Quantity(kind="money", currency=currency):
            return f"write `{source.slice(node.span)} {currency}`"
        case ast.Number(unit=unit), Quantity(period=period) if period and " a " not in unit:
            return f"a rate says its time, `{source.slice(node.span)} a {period}`; an amount is `... * 12 months` of it"
        case ast.Number(unit=""), Quantity(kind="count"):
            return "a count is whole"
        case ast.Aggregate(condition=None), Simple(kind="flag"):
            return "say which rows with `where`: `... among R r where ...`; or compare it: `(...) at least 2`"
        case ast.Aggregate(), Simple(kind="flag"):
            return "compare it, in parentheses: `(count of ... where ...) at least 2`"
        case ast.TextLiteral(value=value), _ if not is_broken(wanted):
            return f"write {value} without quotes" if value.isidentifier() or value.isdecimal() else ""
        case ast.Range(unit=unit), Quantity():
            return f"write `number of {unit} from A to B`: `{unit} from A to B` is the set of them"
        case ast.Number(unit=""), Simple(kind="month"):
            return "write `month number of ...` for the number of a month in its year"
        case _:
            return ""
