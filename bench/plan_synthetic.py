"""Plans for made-up organisations: how long the proof takes, and what each part of the engine is worth.

    python bench/plan_synthetic.py [--seeds 3] [--people 300] [--customers 1000] [--limit 30]

Five designations share certificates; each wants 70 of 100 points from new customers, people with an intermediate or an
advanced certificate, usage and deployments, some of them with a minimum. What can be done: certify anyone in anything,
win or activate a customer, raise the usage of a designation. Costs differ from person to person and from customer to
customer.
"""

from __future__ import annotations

import argparse
import random
import time
from fractions import Fraction
from typing import Any

from attain_engine.open.conditions import Amount, Condition, conjunction, decision, disjunction, forget
from attain_engine.open.quantities import Quantity, add, at_least, of_amount, scale, stairs, total, weighted
from attain_engine.optimise import Choice, Outcome, Problem, solve

DESIGNATIONS = ("data", "infra", "apps", "security", "work")
INTERMEDIATE = {
    "data": (1, 2, 3),
    "infra": (2, 6, 7),
    "apps": (3, 10, 11),
    "security": (6, 14, 15),
    "work": (10, 14, 18),
}
ADVANCED = {"data": (4, 5), "infra": (8, 9), "apps": (12, 13), "security": (16, 17), "work": (19, 20)}
EVERY_ADVANCED = {certificate for several in ADVANCED.values() for certificate in several}


def organisation(seed: int, people: int, customers: int) -> Problem:
    """A made-up organisation that holds few certificates yet."""
    draw = random.Random(seed)
    choices: dict[object, Choice] = {}
    held = {
        (person, certificate)
        for person in range(people)
        for certificate in range(1, 21)
        if draw.random() < (0.007 if certificate in EVERY_ADVANCED else 0.02)
    }
    pace = [draw.choice((6, 8, 10, 12, 15)) for _ in range(people)]
    for person in range(people):
        for certificate in range(1, 21):
            if (person, certificate) not in held:
                price = (1800 if certificate in EVERY_ADVANCED else 600) * pace[person] // 10 + 13 * certificate
                name = ("certify", person, certificate)
                choices[name] = Choice(name, None, price, 0, 3 * pace[person] + certificate % 4, 0)
    parts: dict[str, list[Condition]] = {designation: [] for designation in DESIGNATIONS}
    segments = [
        (customer, each) for customer in range(customers) for each in draw.sample(DESIGNATIONS, draw.choice((1, 2)))
    ]
    new: dict[str, list[Condition]] = {designation: [] for designation in DESIGNATIONS}
    active: dict[str, list[Condition]] = {designation: [] for designation in DESIGNATIONS}
    for customer, designation in segments:
        chance = draw.random()
        if chance < 0.02:
            active[designation].append(True)
            if draw.random() < 0.3:
                new[designation].append(True)
        elif chance < 0.6:
            name = ("activate", customer, designation)
            choices[name] = Choice(name, None, draw.randint(20, 90) * 10, 0, 15 + customer % 5 * 30, 0)
            new[designation].append(decision(name))
            active[designation].append(decision(name))
    for designation in DESIGNATIONS:
        intermediate = certified(people, INTERMEDIATE[designation], held)
        advanced = certified(people, ADVANCED[designation], held)
        usage = Amount("decision", ("usage", designation), 0, 600)
        choices[usage.name] = Choice(usage.name, usage, 0, draw.choice((8, 10, 14)), 30, 0)
        base = draw.randint(0, 120)
        customers_won = weighted((each, 1) for each in new[designation])
        points: list[Quantity] = [
            in_proportion(customers_won, 20, 10),
            in_proportion(intermediate, 40, 12),
            in_proportion(advanced, 20, 6),
            in_proportion(add(of_amount(usage), base), 15, 500),
            in_proportion(weighted((each, 1) for each in active[designation]), 5, 25),
        ]
        parts[designation] = [
            at_least(total(points), 70),
            at_least(customers_won, 2),
            at_least(intermediate, 4),
            at_least(advanced, 1),
        ]
    goal = conjunction(condition for several in parts.values() for condition in several)
    return Problem(goal, tuple(choices.values()))


def certified(people: int, certificates: tuple[int, ...], held: set[tuple[int, int]]) -> Quantity:
    """How many people hold, or come to hold, one of the certificates."""
    return weighted(
        (disjunction((person, each) in held or decision(("certify", person, each)) for each in certificates), 1)
        for person in range(people)
    )


def in_proportion(number: Quantity, points: int, full_at: int) -> Quantity:
    """So many points at `full_at`, in proportion below it."""
    return stairs(scale(number, Fraction(points, full_at)), high=points)


VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "clasp alone": {"provers": ("clasp",)},
    "HiGHS alone": {"provers": ("highs",)},
    "HiGHS, not reduced": {"provers": ("highs",), "reducing": False},
    "clasp, not reduced": {"provers": ("clasp",), "reducing": False},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3, help="how many organisations")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--customers", type=int, default=1000)
    parser.add_argument("--limit", type=float, default=30.0, help="seconds for each plan")
    parser.add_argument("--variants", nargs="*", default=list(VARIANTS), choices=list(VARIANTS))
    arguments = parser.parse_args()
    size = f"{arguments.people} people, {arguments.customers} customers, {len(DESIGNATIONS)} designations"
    print(f"{size}; at most {arguments.limit:g} s each")
    print(f"{'':8}{'':20}{'choices':>8}{'facts':>8}{'seconds':>9}{'processor':>10}  outcome")
    for seed in range(arguments.seeds):
        problem = organisation(seed, arguments.people, arguments.customers)
        for variant in arguments.variants:
            began, used = time.perf_counter(), time.process_time()
            outcome = solve(problem, time_limit=arguments.limit, **VARIANTS[variant])
            seconds, used = time.perf_counter() - began, time.process_time() - used
            print(
                f"seed {seed:<3}{variant:20}{len(problem.choices):>8}{outcome.statistics.get('facts', 0):>8}"
                f"{seconds:>9.2f}{used:>10.2f}  {told(outcome)}",
                flush=True,
            )
        forget()


def told(outcome: Outcome) -> str:
    """The outcome in a line."""
    found = outcome.solution
    if found is None:
        return outcome.status
    plan = f"cost {found.cost}, {found.changes} changes, {found.days} days"
    if outcome.status == "proved":
        return f"proved by {outcome.prover}: {plan}"
    return f"not proved: {plan}; {outcome.open_objective} at least {outcome.bound}"


if __name__ == "__main__":
    main()
