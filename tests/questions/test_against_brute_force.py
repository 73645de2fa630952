"""Questions about plans on small random choirs, against trying everything that a choir can do.

The brute force knows nothing of the engine: a singer is schooled (half a year), coached (two weeks) or left alone, and
guests are invited; it goes through all of it.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from attain_engine import api
from attain_engine.api import Wishes
from attain_engine.facts import Facts, Row
from tests.oracle.compiled import compiled
from tests.seeds import of_each

ON = datetime.date(2024, 1, 1)
SCHOOLED = datetime.date(2024, 7, 1)
COACHED = datetime.date(2024, 1, 15)
NAMES = ("ana", "bo", "cy", "di")

POLICY = """\
policy choir "Choir"
  in force from 2020-01-01
entity Singer
enum Voice {{ high, low }}
record Member
  singer Singer
  voice Voice
  trained flag default no
measure trained(v Voice) count "Trained"
  count of Member m where m.trained and m.voice is v
designation low "Low voices"
  require low "Enough low voices" trained(low) at least {low}
designation high "High voices"
  require high "Enough high voices" trained(high) at least {high}
designation both "Both"
  require low "Enough low voices" trained(low) at least {low}
  require high "Enough high voices" trained(high) at least {high}
  require many "Enough singers" count of Member m at least {many}
change school(m Member) "School {{m.singer}}"
  when not (m.trained)
  sets m.trained to yes
  cost {school} EUR
  takes 6 months
change coach(m Member) "Coach {{m.singer}}"
  when not (m.trained)
  sets m.trained to yes
  cost {coach} EUR
  takes 2 weeks
change invite by 1 to 2 "Invite {{n}} low voices"
  adds Member {{ singer: new Singer, voice: low, trained: yes }}
  cost {invite} EUR each
  takes 1 week
"""


@dataclass(frozen=True)
class Choir:
    """Who sings (name, voice, trained), what is needed of low, high and all voices, and what things cost."""

    members: tuple[tuple[str, str, bool], ...]
    low: int
    high: int
    many: int
    school: int
    coach: int
    invite: int

    @property
    def text(self) -> str:
        numbers = {name: getattr(self, name) for name in ("low", "high", "many", "school", "coach", "invite")}
        return POLICY.format(**numbers)

    @property
    def facts(self) -> Facts:
        members = compiled(self.text).enums["choir.Voice"].members
        values = {each.constant.name: each.constant for each in members}
        rows = tuple(
            Row("choir.Member", {"singer": name, "voice": values[voice], "trained": trained})
            for name, voice, trained in self.members
        )
        return Facts("choir", {"choir.Member": rows})


@dataclass(frozen=True)
class Done:
    """What is done: for each member in turn `school`, `coach` or nothing; and how many are invited."""

    choir: Choir
    ways: tuple[str, ...]
    invited: int

    @property
    def cost(self) -> int:
        choir = self.choir
        return (
            self.ways.count("school") * choir.school
            + self.ways.count("coach") * choir.coach
            + self.invited * choir.invite
        )

    @property
    def changes(self) -> int:
        return sum(each != "" for each in self.ways) + (self.invited > 0)

    @property
    def ready(self) -> datetime.date:
        if "school" in self.ways:
            return SCHOOLED
        return COACHED if "coach" in self.ways else ON + datetime.timedelta(days=7) if self.invited else ON

    def unmet(self, designation: str, lost: int | None = None) -> int:
        """How many requirements fail, without one of those that sing then."""
        sing = [
            (voice, trained or way != "")
            for (_, voice, trained), way in zip(self.choir.members, self.ways, strict=True)
        ] + [("low", True)] * self.invited
        if lost is not None:
            del sing[lost]
        low = sing.count(("low", True)) >= self.choir.low
        high = sing.count(("high", True)) >= self.choir.high
        many = len(sing) >= self.choir.many
        return {"low": [low], "high": [high], "both": [low, high, many]}[designation].count(False)

    def survives(self, designation: str) -> bool:
        number = len(self.ways) + self.invited
        return not any(self.unmet(designation, lost) for lost in (None, *range(number)))


def everything(choir: Choir) -> Iterator[Done]:
    ways = [("",) if trained else ("", "school", "coach") for _, _, trained in choir.members]
    for chosen in itertools.product(*ways):
        yield from (Done(choir, chosen, invited) for invited in range(3))


def choir_of(seed: int) -> Choir:
    random = Random(seed)
    members = tuple((name, random.choice(("low", "high")), random.random() < 0.3) for name in NAMES)
    return Choir(
        members,
        low=random.randint(1, 3),
        high=random.randint(0, 2),
        many=random.randint(2, 6),
        school=random.randint(1, 9),
        coach=random.randint(1, 9),
        invite=random.randint(1, 9),
    )


def asked(choir: Choir, name: str, *, designation: str = "both", **wishes: Any) -> Any:
    program = compiled(choir.text)
    target = api.Target(program.designations[f"choir.{designation}"])
    return getattr(api, name)(program, choir.facts, ON, targets=(target,), wishes=Wishes(**wishes))


def cost_of(plan: Any) -> int | None:
    """The cost of the proved best plan; None where there is proved to be none."""
    if plan.status == "qualified":
        return 0
    assert plan.status in ("proved", "impossible")
    return int(Fraction(plan.plans[0].cost_exact.number)) if plan.plans else None


def least(found: Iterator[Done]) -> int | None:
    return min((each.cost for each in found), default=None)


SEEDS = range(12)


@of_each(SEEDS, at_a_time=4)
def test_instances_that_are_forbidden_required_or_few(seed: int) -> None:
    choir = choir_of(seed)
    goal = [each for each in everything(choir) if not each.unmet("both")]
    now = any(not each.unmet("both") and not each.changes for each in everything(choir))
    first = next(number for number, (_, _, trained) in enumerate(choir.members) if not trained)
    name = NAMES[first]

    assert cost_of(asked(choir, "plan", forbid=frozenset({f"school({name})"}))) == least(
        each for each in goal if each.ways[first] != "school"
    )
    assert cost_of(asked(choir, "plan", at_most=((1, "school(*)"),))) == least(
        each for each in goal if each.ways.count("school") <= 1
    )
    assert cost_of(asked(choir, "plan", at_most=((0, f"*({name})"), (1, "invite")))) == least(
        each for each in goal if each.ways[first] == "" and each.invited <= 1
    )
    assert cost_of(asked(choir, "plan", most_changes=1)) == least(each for each in goal if each.changes <= 1)
    if not now:
        assert cost_of(asked(choir, "plan", require=frozenset({f"coach({name})"}))) == least(
            each for each in goal if each.ways[first] == "coach"
        )


@of_each(SEEDS, at_a_time=4)
def test_the_closest_plan_within_a_budget(seed: int) -> None:
    choir = choir_of(seed)
    budget = Random(seed).randint(0, 12)
    within = [each for each in everything(choir) if each.cost <= budget]
    fewest = min(each.unmet("both") for each in within)
    found = asked(choir, "closest", budget=Fraction(budget))
    assert (found.unmet, found.proved, len(found.requirements)) == (fewest, True, fewest)
    assert cost_of(found.plan) == least(each for each in within if each.unmet("both") == fewest)


@of_each(SEEDS, at_a_time=4)
def test_a_plan_that_survives_the_loss_of_any_singer(seed: int) -> None:
    choir = choir_of(seed)
    found = asked(choir, "plan", survive=frozenset({"Singer"}))
    assert cost_of(found) == least(each for each in everything(choir) if each.survives("both"))


@of_each(SEEDS, at_a_time=4)
def test_the_front_of_cost_changes_and_time(seed: int) -> None:
    choir = choir_of(seed)
    points = {(each.cost, each.changes, each.ready) for each in everything(choir) if not each.unmet("both")}
    best = {
        this
        for this in points
        if not any(other != this and all(a <= b for a, b in zip(other, this, strict=True)) for other in points)
    }
    found = asked(choir, "front")
    assert found.complete
    if best == {(0, 0, ON)}:
        assert [each.status for each in found.plans] == ["qualified"]
        return
    shown = [each.plans[0] for each in found.plans if each.plans]
    assert {(int(Fraction(each.cost_exact.number)), each.changes, each.ready) for each in shown} == best
    assert len(shown) == len(best)


@of_each(SEEDS, at_a_time=4)
def test_as_many_designations_as_a_budget_allows(seed: int) -> None:
    choir = choir_of(seed)
    budget = Random(seed).randint(0, 14)
    program = compiled(choir.text)
    names = ("low", "high", "both")
    targets = [api.Target(program.designations[f"choir.{each}"]) for each in names]
    within = [each for each in everything(choir) if each.cost <= budget]
    number = max(sum(not each.unmet(name) for name in names) for each in within)
    wished = Wishes(budget=Fraction(budget))
    found = api.most(program, choir.facts, ON, targets=targets, wishes=wished)
    assert (len(found.reached), found.proved) == (number, True)
    if number:
        assert found.plan is not None
        assert cost_of(found.plan) == least(
            each for each in within if sum(not each.unmet(name) for name in names) >= number
        )


@of_each(SEEDS, at_a_time=4)
def test_what_would_have_to_give_way(seed: int) -> None:
    """With a budget, a day and a change that is forbidden: the smallest sets of these without which there is a plan."""
    choir = choir_of(seed)
    budget, by = Random(seed).randint(0, 9), ON + datetime.timedelta(days=20)
    limits = {
        "the budget": lambda each: each.cost <= budget,
        f"ready by {by}": lambda each: each.ready <= by,
        "`invite` forbidden": lambda each: not each.invited,
    }
    goal = [each for each in everything(choir) if not each.unmet("both")]
    enough = [
        frozenset(dropped)
        for size in range(4)
        for dropped in itertools.combinations(limits, size)
        if any(all(keeps(each) for name, keeps in limits.items() if name not in dropped) for each in goal)
    ]
    smallest = {each for each in enough if not any(other < each for other in enough)}
    program = compiled(choir.text)
    wishes = Wishes(budget=Fraction(budget), by=by, forbid=frozenset({"invite"}))
    targets = (api.Target(program.designations["choir.both"]),)
    plain = api.plan(program, choir.facts, ON, targets=targets, wishes=wishes)
    found = api.explained(program, choir.facts, ON, None, plain, targets=targets, wishes=wishes)
    if frozenset() in smallest:
        assert (found.status in ("proved", "qualified"), found.relaxations) == (True, ())
    else:
        assert {frozenset(each.drop) for each in found.relaxations} == smallest
        for each in found.relaxations:
            kept = [keeps for name, keeps in limits.items() if name not in each.drop]
            assert int(Fraction(each.cost_exact.number)) == least(
                one for one in goal if all(keeps(one) for keeps in kept)
            )


@of_each(SEEDS, at_a_time=4)
def test_one_unit_of_a_threshold(seed: int) -> None:
    choir = choir_of(seed)
    found = asked(choir, "sensitivity")
    assert found.complete
    shown = {each.where: each for each in found.thresholds}
    for name in ("low", "high", "many"):
        for by, exact, status in (
            (-1, shown[name].lower_exact, shown[name].lower_status),
            (1, shown[name].higher_exact, shown[name].higher_status),
        ):
            other = Choir(**{**choir.__dict__, name: getattr(choir, name) + by})
            expected = least(
                Done(choir, each.ways, each.invited) for each in everything(other) if not each.unmet("both")
            )
            told = 0 if status == "qualified" else None if exact is None else int(Fraction(exact.number))
            assert told == expected


@of_each(SEEDS, at_a_time=4)
def test_plans_that_differ_do_something_else_and_nothing_in_vain(seed: int) -> None:
    choir = choir_of(seed)
    program = compiled(choir.text)
    targets = (api.Target(program.designations["choir.both"]),)
    found, after = api.differing(program, choir.facts, ON, targets=targets, wishes=Wishes(show=3))
    counts = [
        {name: sum(step.units for step in one.steps if step.change == name) for name in ("school", "coach", "invite")}
        for one in found.plans
    ]
    assert len(after) == len(counts)
    for number, this in enumerate(counts):
        for before in counts[:number]:
            assert any(this[name] < before[name] for name in this)
    if counts:
        goal = [each for each in everything(choir) if not each.unmet("both")]
        of = [
            {"school": each.ways.count("school"), "coach": each.ways.count("coach"), "invite": each.invited}
            for each in goal
        ]
        for number, one in enumerate(found.plans):
            expected = least(
                each
                for each, made in zip(goal, of, strict=True)
                if all(any(made[name] < before[name] for name in made) for before in counts[:number])
            )
            assert int(Fraction(one.cost_exact.number)) == expected


@of_each(SEEDS, at_a_time=4)
def test_what_changes_in_mind_would_bring(seed: int) -> None:
    choir = choir_of(seed)
    first = next(number for number, (_, _, trained) in enumerate(choir.members) if not trained)
    program = compiled(choir.text)
    made = ((1, f"coach({NAMES[first]})"), (2, "invite"))
    targets = (api.Target(program.designations["choir.both"]),)
    found = api.what_if(program, choir.facts, ON, made=made, targets=targets)
    done = Done(choir, tuple("coach" if number == first else "" for number in range(4)), 2)
    nothing = Done(choir, ("",) * 4, 0)
    (best,) = found.plan.plans
    assert (int(Fraction(best.cost_exact.number)), best.changes, best.ready) == (done.cost, 2, COACHED)
    assert [each.verdict for each in found.after] == ["failed" if done.unmet("both") else "met"]
    assert sum(each.after == "met" for each in found.turned) == nothing.unmet("both") - done.unmet("both")
