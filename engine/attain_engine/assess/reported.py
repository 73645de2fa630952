"""The values that a policy reports: one, or one for each identifier that facts or policy name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType
from attain_engine import show
from attain_engine.assess.clauses import quotation
from attain_engine.assess.exact import exact
from attain_engine.assess.models import ReportedValue
from attain_engine.assess.titles import title_apart
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import identifiers_of


def reported_values(evaluator: Evaluator) -> Iterator[ReportedValue]:
    """Every report, in the order of the policy and of its identifiers. Of an identifier that is not known to be one,
    the value is that which it has if it is one."""
    for report in evaluator.program.reports.values():
        for arguments in product(*(_values(evaluator, each) for each in report.parameters)):
            found = evaluator.found(report.body, arguments)
            yield ReportedValue(
                name=show.call(report, arguments),
                title=title_apart(evaluator.program, report, arguments),
                value=show.value(found, report.type),
                value_exact=exact(found, report.type),
                quotation=quotation(evaluator, report),
            )


def _values(evaluator: Evaluator, formal: model.Formal) -> list[Any]:
    if isinstance(formal.type, EntityType):
        return [each for each, there in identifiers_of(evaluator, formal.type, evaluator.context) if there is not False]
    return list(evaluator.members(formal.type))
