"""An amount as something to reach: a designation made of it."""

from __future__ import annotations

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG


def reaching(id_: str, title: str, value: model.Expression, sign: str, bound: model.Constant) -> model.Designation:
    """The designation that is met where the value of the declaration `id_` is `at least` the bound, or `at most`."""
    operator: model.Comparison = ">=" if sign == "at least" else "<="
    condition = model.Compare(operator, value, bound, type=FLAG, span=value.span)
    amount = model.Requirement("amount", title, condition, model.Notes(), span=value.span)
    name = f"{id_}_{sign.replace(' ', '_')}"
    return model.Designation(name, title, model.Notes(), None, (amount,), (), (), span=value.span)
