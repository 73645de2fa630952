"""Many cases in little time: small random policies, each compiled once and asked about several organisations.

A case is one policy on one organisation. Clingo's answer to the compiled rules is held against the evaluator and, where
everything is known, against the oracle's interpreter.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import lcm
from random import Random
from typing import Any

from attain_compiler.asp.profile import Profile, Range
from attain_compiler.model import program as model
from attain_engine.evaluate import EvaluationProblem
from attain_engine.facts.model import Facts
from attain_engine.open.quantities import TooFine
from attain_engine.rules.decide import Decided, decide
from attain_engine.rules.facts_program import FINEST, profile_of
from tests.asp.agreement import disagreements
from tests.oracle.compiled import compiled
from tests.oracle.facts_generator import Size, random_facts
from tests.oracle.interpreter import Interpreter
from tests.oracle.policy_generator import PolicyWriter
from tests.oracle.samples import Samples
from tests.oracle.world import NoValueError

ON = datetime.date(2023, 6, 30)
KINDS = ((Size(given=0.2), False), (Size(unknown=0.5), True), (Size(absent=0.3, given=0.5), False))
"""Facts that are complete; with fields and figures unknown; with tables that were not given."""

FACTS_OF_A_POLICY = 20


def cases(seed: int) -> Iterator[tuple[str, list[str]]]:
    """Cases by name, and where the readings of each differ: of one policy, whose facts are of the kind of the seed."""
    size, unpublished = KINDS[seed % len(KINDS)]
    rng = Random(seed)
    program = compiled(_SmallPolicy(rng, changes=False, unpublished=unpublished).text())
    samples = Samples(program, ON, rng)
    organisations = [random_facts(program, ON, rng, size, samples) for _ in range(FACTS_OF_A_POLICY)]
    profile = profile_of_all([profile_of(program, each) for each in organisations])
    for number, facts in enumerate(organisations):
        try:
            decided = decide(program, facts, ON, profile=profile)
            found = disagreements(program, facts, ON, decided=decided)
        except (EvaluationProblem, TooFine):
            continue  # the policy has no answer for these facts, or one that is too fine
        if facts.closed and not unpublished and not size.unknown:
            found += list(_against_the_interpreter(program, facts, decided))
        yield f"seed {seed}, organisation {number}", found


class _SmallPolicy(PolicyWriter):
    """One of each: a definition, two measures, perhaps an exclusion, a score, two designations that may ask about each
    other."""

    def declarations(self) -> None:
        self.define("define0")
        for number in range(2):
            self.measure(f"measure{number}")
        one_more = self.rng.choice((self.case_define, self.allocation, self.precedence, lambda: self.exclusion(0)))
        one_more()
        self.score("score0")
        for number in range(2):
            self.designation(f"designation{number}")


def _against_the_interpreter(program: model.Program, facts: Facts, decided: Decided) -> Iterator[str]:
    interpreter = Interpreter(program, facts, ON, {})
    for id_, rules in decided.designations.items():
        try:
            status = interpreter.designation(id_)
        except NoValueError:
            continue
        if rules.settled and (status.met, status.award or "") != (rules.met, rules.award):
            said = (status.met, status.award or "")
            yield f"{id_}: the rules say {(rules.met, rules.award)}, the interpreter {said}"
        for track in status.tracks:
            for path, holds in track.requirements.items():
                failed = (track.track, path) in rules.failed
                if isinstance(holds, bool) and (track.track, path) not in rules.open and holds is failed:
                    yield f"{id_}, {path} on {track.track}: the rules say {not failed}, the interpreter {holds}"


def profile_of_all(profiles: Sequence[Profile]) -> Profile:
    """The profile of all these facts."""
    first = profiles[0]
    return replace(
        first,
        rows=_most(each.rows for each in profiles),
        identifiers=_most(each.identifiers for each in profiles),
        columns=_ranges([each.columns for each in profiles]),
        given=_ranges([each.given for each in profiles]),
        missing=frozenset().union(*(each.missing for each in profiles)),
        absent=frozenset().union(*(each.absent for each in profiles)),
    )


def _most(found: Any) -> dict[str, int]:
    most: dict[str, int] = {}
    for each in found:
        for name, number in each.items():
            most[name] = max(number, most.get(name, 0))
    return most


def _ranges(found: Sequence[Any]) -> dict[Any, Range]:
    names = dict.fromkeys(name for each in found for name in each)
    return {name: _range([each[name] for each in found if name in each]) for name in names}


def _range(ranges: Sequence[Range]) -> Range:
    unit = lcm(*(each.unit for each in ranges))
    ends = [
        tuple(end * (unit // each.unit) for end in (each.low, each.high, each.total_low, each.total_high))
        for each in ranges
    ]
    fits = unit <= FINEST and all(each.fits for each in ranges)
    low, high, total_low, total_high = zip(*ends, strict=True)
    return Range(unit, min(low), max(high), min(total_low), max(total_high), fits)
