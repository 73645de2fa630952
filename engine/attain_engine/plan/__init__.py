"""`plan`: the least that must change, proved; and its result as pydantic models."""

from attain_engine.plan.answer import CarriedOut
from attain_engine.plan.how_often import HowOften, LessOfSome
from attain_engine.plan.instances import Instances
from attain_engine.plan.models import OnePlan, Plan
from attain_engine.plan.plan import plan, plan_and_facts
from attain_engine.plan.problem import PlanProblem
from attain_engine.plan.target import Target, with_targets
from attain_engine.plan.wishes import Wishes

__all__ = [
    "CarriedOut",
    "HowOften",
    "Instances",
    "LessOfSome",
    "OnePlan",
    "Plan",
    "PlanProblem",
    "Target",
    "Wishes",
    "plan",
    "plan_and_facts",
    "with_targets",
]
