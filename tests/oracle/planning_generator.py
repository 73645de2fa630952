"""Random policies whose designation can often be reached by a few changes."""

from __future__ import annotations

from random import Random

from tests.oracle.policy_generator import PolicyWriter
from tests.oracle.policy_phrases import Callee


def random_planning_policy(rng: Random) -> str:
    """The text of a policy with the designation `goal` and two or three changes."""
    return _PlanningWriter(rng, changes=True, unpublished=False).text()


class _PlanningWriter(PolicyWriter):
    def declarations(self) -> None:
        for number in range(self.rng.randrange(2, 4)):
            self.reachable_measure(f"measure{number}")
        if self.rng.random() < 0.3:
            self.exclusion(0)
        if self.rng.random() < 0.3:
            self.precedence()
        self.reachable_score()
        self.goal()
        for number in self.rng.sample(range(self.KINDS_OF_CHANGE), self.rng.randrange(2, 5)):
            self.change(number)

    def reachable_measure(self, name: str) -> None:
        pick, row = self.rng.choice, self.phrases.variable()
        where = self.phrases.condition(((row, "Item"),), 0)
        active = f"{row}.active"
        link = self.phrases.condition(((row, "Link"),), 0)
        kind, phrase = pick(
            [
                ("count", f"count of Item {row} where {pick([where, active, active])}"),
                ("count", f"sum of {row}.amount among Item {row} where {pick([where, active, 'yes'])}"),
                ("count", f"distinct {row}.owner among Item {row} where {pick([where, active, active])}"),
                ("count", f"distinct {row}.holder among Link {row} where {pick([link, f'{row}.strong', 'yes'])}"),
                ("count", f"20 - count of Link {row} where {pick([link, 'yes'])}"),
                ("USD", f"sum of {row}.price among Item {row} where {pick([where, active, active])}"),
                ("USD", f"average of {row}.price among Item {row} where {pick([where, active, 'yes'])} else 0 USD"),
                ("number", f"greatest of {row}.value among Link {row} where {pick([link, 'yes'])} else 0"),
                ("number", f"median of {row}.weight among Item {row} where {pick([where, active, 'yes'])} else 0"),
            ]
        )
        self.write(f"measure {name} {'money USD' if kind == 'USD' else kind}", [phrase])
        self.measures.append(Callee(name, (), kind))
        self.phrases.callees.append(self.measures[-1])

    def reachable_score(self) -> None:
        lines = []
        for number, measure in enumerate(self.measures):
            full = "50 USD" if measure.result == "USD" else str(self.rng.randrange(2, 8))
            ways = [f"in proportion to {measure.name} full at {full}", f"all or nothing when {self.reached(measure)}"]
            if measure.result == "count":
                ways.append(f"4 points for each {measure.name}")
            lines.append(f"part part{number} up to 10 {self.rng.choice(ways)}")
        self.write("score total out of 100", lines)

    def reached(self, measure: Callee) -> str:
        some = self.rng.randrange(1, 6)
        return f"{measure.name} at least {some * 10 if measure.result == 'USD' else some}{self.unit(measure)}"

    def unit(self, measure: Callee) -> str:
        return " USD" if measure.result == "USD" else ""

    def goal(self) -> None:
        rng = self.rng
        ways = [self.reached(each) for each in self.measures]
        ways.append(f"total at least {rng.randrange(5, 10 * len(self.measures))}")
        ways.append("each part of total more than 0")
        one, two = self.reached(rng.choice(self.measures)), self.reached(rng.choice(self.measures))
        ways.append(f"any of ({one}, {two})")
        ways.append(f"({one}) or not ({two})")
        lines = [f'require r{number} "R" {each}' for number, each in enumerate(rng.sample(ways, rng.randrange(1, 4)))]
        if rng.random() < 0.3:
            lines += ["option a", f'  require a "A" {one}', "option b", f'  require b "B" {two}']
        if rng.random() < 0.3:
            lines += ["tier silver", f'  require s "S" {one}', "tier gold", f'  require g "G" {two}']
        self.write('designation goal "Goal"', lines)
