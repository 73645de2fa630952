"""One question of many organisations, each a row of the answer, in parallel processes."""

from attain_engine.many.asking import Asked, Edition, Tables, Whom, each_organisation
from attain_engine.many.effects import Effect, effects, plan_effect
from attain_engine.many.organisations import organisations_in
from attain_engine.many.rows import Planned, Standing

__all__ = [
    "Asked",
    "Edition",
    "Effect",
    "Planned",
    "Standing",
    "Tables",
    "Whom",
    "each_organisation",
    "effects",
    "organisations_in",
    "plan_effect",
]
