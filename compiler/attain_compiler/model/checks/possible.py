"""What a change asks of a row because its `when` says that there is a value, where another change may bring that."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.guards import asks_for_none
from attain_compiler.model.heads import Heads
from attain_compiler.model.types import RecordType


def check(program: model.Program, heads: Heads, findings: Findings) -> None:
    """Report fields that a change costs or does something by, and that another sets where there is `none`: what a step
    costs is worked out from the facts, in which there is still none."""
    if not heads.asked_where_possible:
        return
    setting: dict[tuple[str, str], tuple[model.Change, model.Effect]] = {}
    for change in program.changes.values():
        there = set(_there(change))
        for effect in change.effects:
            if isinstance(effect, model.Sets) and (effect.row.number, effect.field) not in there:
                assert isinstance(effect.row.type, RecordType)
                setting.setdefault((effect.row.type.id, effect.field), (change, effect))
    for record, field, span in heads.asked_where_possible:
        if (record, field) in setting:
            change, effect = setting[record, field]
            findings.error(
                "may-have-no-value",
                f"`{field}` may be `none` in the facts where `{change.name}` sets it",
                span,
                "worked out from the facts, before anything is done",
                secondary=(Label(effect.span, "it is set here"),),
                help="say what stands for it then, as in `... else VALUE`",
            )


def _there(change: model.Change) -> Iterator[tuple[int, str]]:
    """The fields of rows that are not `none` where a change is possible."""
    condition = change.condition
    for each in condition.items if isinstance(condition, model.And) else (condition,):
        if not isinstance(each, model.Compare) or each.operator != "!=" or not asks_for_none(each):
            continue
        if isinstance(each.left, model.FieldOf) and isinstance(each.left.row, model.Variable):
            yield each.left.row.number, each.left.field
