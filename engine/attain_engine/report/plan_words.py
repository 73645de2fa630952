"""What is said of a plan in every form of report."""

from __future__ import annotations

from collections.abc import Iterator

from attain_engine.plan.models import OnePlan, Plan, PlanStep, Standing


def standing_title(standing: Standing) -> str:
    """The title of what stands so; of an award of one identifier with which it is: `Safe site (linz)`."""
    of_one = standing.track and standing.designation.endswith(f"{standing.track})")
    return f"{standing.title} ({standing.track})" if of_one else standing.title


def outcome(plan: Plan) -> str:
    """What was found where there is no plan to show; up to which day is said where only so many days were looked at."""
    match plan.status:
        case "qualified":
            return "Nothing needs to change."
        case "impossible" if plan.horizon is not None:
            return f"No plan is ready by {plan.horizon} (proved)."
        case "impossible":
            return "No plan exists (proved)."
        case "undetermined":
            return "A plan would rest on facts that are not known:"
        case _ if plan.horizon is not None:
            return f"No plan was found; that none is ready by {plan.horizon} is not proved."
        case _:
            return "No plan was found; that none exists is not proved."


def proof(plan: Plan) -> str:
    """What is proved of a plan."""
    if plan.status == "proved":
        return "Proved minimal"
    return (
        f"Best found, at most {plan.gap} above the proven bound of {plan.bound}"
        if plan.gap
        else "Best found, not proved"
    )


def why_so(step: PlanStep) -> str:
    """Why a step is in the plan, and why it begins no sooner."""
    return "; ".join(reasons(step))


def reasons(step: PlanStep) -> Iterator[str]:
    """What `why_so` says, one by one."""
    if step.without:
        yield step.without
    if step.needs:
        yield f"begins after {', '.join(step.needs)}"


def waiting(plan: Plan, one: OnePlan) -> str:
    """That there is time between the last step and the day the plan is ready; empty where there is none."""
    last = max((step.ready for step in one.steps), default=plan.as_of)
    return f"wait until {one.ready}" if one.ready > last else ""


def in_time(plan: Plan, one: OnePlan) -> Iterator[str]:
    """What time does to a plan, and among which plans it is minimal: a sentence each."""
    if one.lapses:
        yield f"lapses before it is ready: {'; '.join(one.lapses)}"
    if one.afterwards:
        yield one.afterwards
    if one.assumed:
        yield f"assumed: {'; '.join(one.assumed)}"
    if plan.status == "proved" and plan.horizon is not None:
        yield f"minimal among the plans that are ready by {plan.horizon}"
