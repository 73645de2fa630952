"""What another edition of a policy means for organisations: who gains, who loses, whose award or points change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attain_engine.many.rows import Planned, Row, Standing

Direction = Literal["gains", "loses", "changes", "dearer", "cheaper", "same", "untold", "fails"]

PLAN = "cheapest plan"
"""What stands for a designation in the row about the plan; no designation is called so."""


class Effect(Row):
    """A designation of an organisation in both editions. `gains`: met, or a higher tier; `loses`: no longer; `changes`:
    other points, or whether it can be told; `fails`: one edition has no answer, the `problem`. `points` is by how much
    the total changes.

    The row about the cheapest plan is `dearer` or `cheaper`, by the `cost`; it `gains` where only the head has a plan,
    `loses` where only the base has one, `changes` where the cost is in another currency, and is `untold` where the plan
    of an edition is not proved to be the cheapest, or that there is none."""

    designation: str = ""
    effect: Direction
    base: str = ""
    head: str = ""
    points: str = ""
    cost: str = ""


def effects(base: Sequence[Standing], head: Sequence[Standing], tiers: Mapping[str, Sequence[str]]) -> list[Effect]:
    """The rows of one organisation in both editions; `tiers` are those of each designation, lowest first."""
    first = (head or base)[0]
    named = {"facts": first.facts, "organisation": first.organisation}
    failed = [each for each in (*base, *head) if each.problem]
    if failed:
        return [Effect(**named, effect="fails", problem=failed[0].problem)]
    before = {each.designation: each for each in base}
    after = {each.designation: each for each in head}
    found = []
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        found.append(
            Effect(
                **named,
                designation=name,
                effect=_effect(one, other, _tiers_of(name, tiers)),
                base=_said(one),
                head=_said(other),
                points=_difference(one, other),
            )
        )
    return found


def plan_effect(base: Planned, head: Planned) -> Effect:
    """What becomes of the cheapest plan of an organisation."""
    named: dict[str, str] = {"facts": head.facts, "organisation": head.organisation or base.organisation}
    problem = base.problem or head.problem
    if problem:
        return Effect(**named, designation=PLAN, effect="fails", problem=problem)
    direction: Direction = "same"
    difference = ""
    was, now = _cost(base), _cost(head)
    proved = all(each.status in ("qualified", "proved", "impossible") for each in (base, head))
    if not proved:
        direction = "untold"
    elif was is None or now is None:
        direction = "same" if was is now else "loses" if now is None else "gains"
    elif len(units := {each.cost_exact.unit for each in (base, head) if each.cost_exact is not None}) > 1:
        direction = "changes"  # the cost is in another currency
    elif was != now:
        direction = "dearer" if now > was else "cheaper"
        difference = " ".join((_rounded(abs(now - was)), *units))
    before, after = (each.cost or each.status for each in (base, head))
    return Effect(**named, designation=PLAN, effect=direction, base=before, head=after, cost=difference)


def _cost(planned: Planned) -> Fraction | None:
    """What the plan costs, 0 where none is needed; None where there is none."""
    if planned.status == "qualified":
        return Fraction(0)
    return None if planned.cost_exact is None else Fraction(planned.cost_exact.number)


def _effect(one: Standing | None, other: Standing | None, tiers: Sequence[str]) -> Direction:
    was, now = _level(one, tiers), _level(other, tiers)
    if was is None or now is None:
        return "same" if was == now and _award(one) == _award(other) else "changes"
    if was != now:
        return "gains" if now > was else "loses"
    return "changes" if _difference(one, other) else "same"


def _tiers_of(name: str, tiers: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Those of a designation, which may be named with a track: `safe(linz)`, `status(cloud, linz)`."""
    heads = {f"{each[:-1]}, " if each.endswith(")") else f"{each}(": found for each, found in tiers.items()}
    return tiers.get(name) or next((found for head, found in heads.items() if name.startswith(head)), ())


def _level(standing: Standing | None, tiers: Sequence[str]) -> int | None:
    """0: not met; then 1, or that of the tier; None where it cannot be told."""
    if standing is None or standing.verdict == "failed":
        return 0
    if standing.verdict != "met":
        return None
    return 1 + (list(tiers).index(standing.award) if standing.award in tiers else 0)


def _award(standing: Standing | None) -> str:
    return "" if standing is None else standing.award


def _said(standing: Standing | None) -> str:
    if standing is None:
        return "not there"
    words = {"met": standing.award or "met", "failed": "not met", "undetermined": "undetermined", "": ""}
    total = f", {standing.total}" if standing.total else ""
    return f"{words[standing.verdict]}{total}"


def _difference(one: Standing | None, other: Standing | None) -> str:
    """By how much the total is more or less; empty where it is the same, or there is none."""
    if one is None or other is None or one.total_exact is None or other.total_exact is None:
        return ""
    change = Fraction(other.total_exact.number) - Fraction(one.total_exact.number)
    if not change:
        return ""
    return ("+" if change > 0 else "-") + _rounded(abs(change)).replace(",", "")


def _rounded(amount: Fraction) -> str:
    """An amount to the hundredth."""
    hundredths = round(amount * 100)
    whole = f"{hundredths // 100:,}"
    return f"{whole}.{hundredths % 100:02}" if hundredths % 100 else whole
