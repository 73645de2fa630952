"""The exact evaluation of a policy on facts, settled or with something left open.

`Evaluator` turns every expression of `model.program` into a closure once, and gives conditions and numbers as they are:
settled, or as formulas over what is open. `world` has the rows, `values` what values may be, `calendar` the dates.
"""

from attain_engine.evaluate.evaluator import Evaluator
from attain_engine.evaluate.problems import EvaluationProblem, check_readings
from attain_engine.evaluate.world import World, world_of

__all__ = ["EvaluationProblem", "Evaluator", "World", "check_readings", "world_of"]
