"""Doubts and mistakes about several declarations at once: dates of examples, currencies of costs."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.findings import Findings
from attain_compiler.model.types import Quantity
from attain_compiler.model.units import described


def check_currencies(program: model.Program, findings: Findings) -> None:
    """Costs are added up in a plan, so they are in one currency, and what examples expect of plans as well."""
    costs = [cost.amount for change in program.changes.values() for cost in change.costs]
    costs += [each.cost for example in program.examples.values() for each in example.plans if each.cost is not None]
    first: tuple[Quantity, model.Expression] | None = None
    for amount in costs:
        type_ = amount.type
        if not isinstance(type_, Quantity) or type_.kind != "money":
            continue
        if first is None:
            first = (type_, amount)
        elif type_ != first[0]:
            findings.error(
                "mixed-currencies",
                f"one cost is in {type_.currency}, another in {first[0].currency}",
                amount.span,
                secondary=(Label(first[1].span, f"this is {described(first[0])}"),),
                help="a plan adds costs up: write them all in one currency",
            )


def check_example_dates(program: model.Program, findings: Findings) -> None:
    """Warn of examples judged on a day on which their policy is not in force."""
    for example in program.examples.values():
        policy = program.policies[example.id.partition(".")[0]]
        if example.on is None:
            continue
        early = policy.force_from is not None and example.on < policy.force_from
        late = policy.force_to is not None and example.on > policy.force_to
        if early or late:
            findings.warning(
                "example-not-in-force",
                f"the policy is {'not yet' if early else 'no longer'} in force on {example.on.isoformat()}",
                example.span,
                secondary=(Label(policy.span, "its dates are here"),),
                help="choose a date on which it is in force",
            )
