"""The answer to "what is the least we must change": what `plan` returns, and its JSON. Beside the text of a
number stands the number itself, exact and with its unit."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import Literal

from pydantic import BaseModel, ConfigDict

from attain_engine.assess.exact import Exact


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(Report):
    """What a saved answer was asked of: the paths as they were given, the settings, and SHA-256 of the policy (with all
    that it imports) and of the facts."""

    policy: str
    facts: str | None
    others: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    policy_sha256: str
    facts_sha256: str


class PlanStep(Report):
    """One thing to do.

    `text` is the change's own text with its values put in; `units` how often (1 for a change without an amount); it is
    begun on `start` and done on `ready`, `days` after the assessment date; `needs` names the steps without which it
    could not begin then;
    `without` says what fails if it is left out (or, for several units, made once less); `any_of` names the choices that
    would do as well, itself included (empty where there are none); where other steps have the same choices beside
    themselves, `together` says how many they are with this one, if any so many of these and the choices would do.
    """

    change: str
    text: str
    start: datetime.date
    arguments: dict[str, str]
    units: int
    cost: str
    cost_exact: Exact | None = None
    takes: str
    days: int
    ready: datetime.date
    without: str
    needs: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    together: int = 1


class Standing(Report):
    """How a designation stands: verdict, award and the total of the track that counts, where tracks have one."""

    designation: str
    title: str
    verdict: Literal["met", "failed", "undetermined"]
    award: str
    track: str
    track_title: str = ""
    total: str
    total_exact: Exact | None = None


class Figure(Report):
    """What a report of the policy comes to."""

    name: str
    title: str
    value: str
    value_exact: Exact | None = None


class OnePlan(Report):
    """`ready` is the day on which the designations hold, and by which the steps are done (with `--until`, steps may be
    done later). `unmet` are the requirements that fail all the same, where a plan was asked for that comes close.
    `lapses` says what stops to count before that day, `afterwards` until when the plan is known to last,
    and what fails then; `assumed` what it takes for granted about the time to come. `reports` are what the
    policy reports on the day it is ready."""

    cost: str
    cost_exact: Exact
    changes: int
    days: int
    ready: datetime.date
    steps: tuple[PlanStep, ...]
    after: tuple[Standing, ...]
    reports: tuple[Figure, ...] = ()
    unmet: tuple[str, ...] = ()
    lapses: tuple[str, ...] = ()
    afterwards: str = ""
    assumed: tuple[str, ...] = ()


class Relaxation(Report):
    """What together would have to give way for there to be a plan, and what the cheapest plan would then be."""

    drop: tuple[str, ...]
    cost: str
    cost_exact: Exact
    changes: int
    ready: datetime.date


class Plan(Report):
    """`unmet` are the requirements that fail as things are, where nothing brings another (see `OnePlan.unmet`).
    `survives` names the entities any one of which may be lost, `cost_without` is what the cheapest plan costs that
    need not survive that (empty where it is not known). `relaxations` say of a plan that does not exist what would have
    to give way, the least that will do.

    `status`: `qualified` (nothing to do), `proved` (the plan is proved minimal), `best found` (not proved; `bound`
    is a proved lower bound on the first objective that is open), `impossible` (proved that no plan exists), `nothing
    found` (no plan was found in time), `undetermined` (the facts that a plan rests on are not known)."""

    format_version: Literal[1] = 1
    kind: Literal["plan"] = "plan"
    asked: Asked | None = None
    """What it was asked of, where a command asked."""
    organisation: str
    policy: str
    policy_title: str
    targets: tuple[str, ...]
    as_of: datetime.date
    minimize: tuple[str, ...]
    status: Literal["qualified", "proved", "best found", "impossible", "nothing found", "undetermined"]
    proved_by: str
    bound: str
    gap: str
    before: tuple[Standing, ...]
    reports: tuple[Figure, ...] = ()
    """What the policy reports as things are."""
    plans: tuple[OnePlan, ...]
    no_more: str = ""
    """Why there are fewer plans than were asked for."""
    choices: int
    horizon: datetime.date | None = None
    """The last day on which a plan may be ready, of those that were looked at; None where time makes no difference."""
    until: datetime.date | None = None
    unmet: tuple[str, ...] = ()
    titles: dict[str, str] = {}
    """The titles of the requirements, by the paths that `without` and `afterwards` name them by."""
    survives: tuple[str, ...] = ()
    cost_without: str = ""
    relaxations: tuple[Relaxation, ...] = ()
    relaxations_complete: bool = True
    """Whether all that might have to give way was looked at in the time allowed."""
    reasons: tuple[str, ...]
    """Why there is no plan, or what is not known."""

    def moved(self, one: OnePlan) -> list[tuple[str, str, str]]:
        """The reports that a plan moves: the title, and what it comes to before and after. Of what the facts name only
        before or only after it, there is none at the other time."""
        if not one.reports:
            return []
        before, after = _by_name(self.reports), _by_name(one.reports)
        both = [(before.get(name), after.get(name)) for name in {**before, **after}]
        return [
            (old.title if old else new.title if new else "", old.value if old else "none", new.value if new else "none")
            for old, new in both
            if old is None or new is None or old.value != new.value
        ]


def _by_name(figures: tuple[Figure, ...]) -> dict[tuple[str, int], Figure]:
    """Figures by their names; those of imported policies may have one name, and are told apart by their order."""
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], Figure] = {}
    for each in figures:
        found[each.name, seen[each.name]] = each
        seen[each.name] += 1
    return found
