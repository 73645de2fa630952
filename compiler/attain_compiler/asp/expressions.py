"""Which module writes what: the compiler that knows the modules of all kinds of expressions."""

from __future__ import annotations

from attain_compiler.asp import calls, conditions, outside, values
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler, Way
from attain_compiler.asp.rules import Term
from attain_compiler.asp.shapes import Scope, Shape, Value
from attain_compiler.model import program as model


class ExpressionCompiler(Compiler):
    """A compiler whose expressions are written by the modules of their kinds."""

    def holds(self, expression: model.Expression, body: Body, scope: Scope, sign: bool = True) -> None:
        conditions.holds(self, expression, body, scope, sign)

    def from_outside(self, expression: model.Expression, body: Body, scope: Scope, sign: bool, reason: str) -> None:
        outside.condition(self, expression, body, scope, sign, reason)

    def value(self, expression: model.Expression, body: Body, scope: Scope) -> Value:
        return values.value(self, expression, body, scope)

    def auxiliary(
        self, hint: str, expressions: list[model.Expression], written: list[Way], body: Body, scope: Scope
    ) -> tuple[Shape, tuple[Term, ...]]:
        return calls.auxiliary(self, hint, expressions, written, body, scope)

    def ways(self, expression: model.Expression) -> list[Way]:
        return calls.ways(self, expression)
