"""`plan`: the least that must change, proved; and its result as pydantic models."""

from attain_engine.plan.models import Plan
from attain_engine.plan.plan import PlanProblem, Target, Wishes, plan

__all__ = ["Plan", "PlanProblem", "Target", "Wishes", "plan"]
