"""`plan`: the least that must change, proved; and its result as pydantic models."""

from attain_engine.plan.how_often import HowOften
from attain_engine.plan.models import OnePlan, Plan
from attain_engine.plan.plan import PlanProblem, Wishes, plan
from attain_engine.plan.target import Target

__all__ = ["HowOften", "OnePlan", "Plan", "PlanProblem", "Target", "Wishes", "plan"]
