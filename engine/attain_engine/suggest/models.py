"""What a search for examples finds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attain_compiler.frozen import frozen
from attain_engine.check.coverage import Covered
from attain_engine.facts.model import Facts
from attain_engine.suggest.goals import Goal
from attain_engine.suggest.questions import Question


@frozen
class Place:
    """What is asked, on what date, and with which readings beside the defaults."""

    question: Question
    on: datetime.date
    readings: Mapping[str, str]


@frozen
class Suggestion:
    """An example: what is asked, of which facts, what the policy answers now (its lines; whether it
    `is_nothing`: 0, which many a mistake would give as well), and what this brings about that
    nothing brought about before."""

    place: Place
    facts: Facts
    expectation: str
    is_nothing: bool
    brings: tuple[Goal, ...]


@frozen
class Suggestions:
    """The examples that were found, and the places that were looked at: those of the policy itself and of what it rests
    on. `complete` is false where the time ended."""

    found: tuple[Suggestion, ...]
    places: tuple[Covered, ...]
    complete: bool

    @property
    def missing(self) -> tuple[Covered, ...]:
        """The places that stay undecided."""
        return tuple(each for each in self.places if each.missing)
