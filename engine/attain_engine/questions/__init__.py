"""Questions that are answered by several plans: the nearest designation, what may be traded for what, why there is no
plan, what comes closest, what a threshold costs, what a change would bring."""

from attain_engine.questions.closest import closest
from attain_engine.questions.differing import differing
from attain_engine.questions.front import front
from attain_engine.questions.models import Closest, Front, Most, Nearest, Sensitivity, WhatIf
from attain_engine.questions.modes import Mode, asked_as
from attain_engine.questions.most import most
from attain_engine.questions.nearest import nearest
from attain_engine.questions.relaxing import explained
from attain_engine.questions.sensitivity import sensitivity
from attain_engine.questions.survival import surviving
from attain_engine.questions.what_if import what_if

__all__ = [
    "Closest",
    "Front",
    "Mode",
    "Most",
    "Nearest",
    "Sensitivity",
    "WhatIf",
    "asked_as",
    "closest",
    "differing",
    "explained",
    "front",
    "most",
    "nearest",
    "sensitivity",
    "surviving",
    "what_if",
]
