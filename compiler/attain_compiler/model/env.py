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
from attain_compiler.model.repairs import field_of_type, repair, repair_of
from attain_compiler.model.scope import Visible
from attain_compiler.model.types import FLAG, EnumType, Quantity, RecordType, Type
from attain_compiler.model.units import UNTYPED, described, fits, rates_apart
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
    does not exist; `present`: the fields, as written, that are not `none` here; `possible`: those that are not
    where the change is possible; `planning`: inside a change, where
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
    possible: frozenset[str] = frozenset()
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
        written = self.source.slice(node.span)
        help_ = repair(node, wanted, self.source) or rates_apart(found, wanted)
        if isinstance(found, EnumType) and wanted == FLAG:
            help_ = help_ or "name all the values in a set, as in `x in { a, b }`, or say again what is compared"
        if isinstance(found, RecordType):
            help_ = help_ or field_of_type(self.heads.records[found.id], wanted, written)
        if both and found.kind == "number" and wanted.kind == "count":  # type: ignore[union-attr]
            label = "this may be a fraction"
            help_ = help_ or "a count is whole: write `... rounded down to 1`, or another rounding"
        help_ = help_ or repair_of(found, wanted, written)
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
