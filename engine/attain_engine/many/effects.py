"""What another edition of a policy means for organisations: who gains, who loses, whose award or points change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attain_engine.many.rows import Row, Standing

Direction = Literal["gains", "loses", "changes", "same", "fails"]


class Effect(Row):
    """A designation of an organisation in both editions. `gains`: met, or a higher tier; `loses`: no longer; `changes`:
    other points, or whether it can be told; `fails`: one edition has no answer, the `problem`. `points` is by how much
    the total changes."""

    designation: str = ""
    effect: Direction
    base: str = ""
    head: str = ""
    points: str = ""


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
                effect=_effect(one, other, tiers.get(name, ())),
                base=_said(one),
                head=_said(other),
                points=_difference(one, other),
            )
        )
    return found


def _effect(one: Standing | None, other: Standing | None, tiers: Sequence[str]) -> Direction:
    was, now = _level(one, tiers), _level(other, tiers)
    if was is None or now is None:
        return "same" if was == now and _award(one) == _award(other) else "changes"
    if was != now:
        return "gains" if now > was else "loses"
    return "changes" if _difference(one, other) else "same"


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
    sign = "+" if change > 0 else "-"
    hundredths = round(abs(change) * 100)
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}" if hundredths % 100 else f"{sign}{hundredths // 100}"
