"""The date that an example or a claim is judged on."""

from __future__ import annotations

import datetime

from attain_compiler.model import program as model

FIRST_DATE = datetime.date(2000, 1, 1)
"""The date of an example that names none, in a policy that does not say from when it is in force."""


def date_of(program: model.Program, example: model.Example) -> datetime.date:
    """The date an example is judged on."""
    if example.on is not None:
        return example.on
    policy = program.policies[example.id.partition(".")[0]]
    return policy.force_from or FIRST_DATE
