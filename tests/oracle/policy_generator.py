"""Random small policies, as text: one vocabulary, everything else drawn."""

from __future__ import annotations

from random import Random

from tests.oracle.policy_phrases import ENUMS, NUMERIC, Callee, Kind, Phrases, Variables

VOCABULARY = """\
policy random "A random policy"
  in force from 2020-01-01

enum Level {{ low, middle, high }}
enum Region {{ north, south }}
entity Person

record Item
  owner   Person
  level   Level
  region  Region
  amount  count 0 to 20
  price   money USD
  ratio   percent
  weight  number
  merit   points
  begun   date
  ended   date or never
  booked  month
  active  flag default no
  size    count? 0 to 12
  group   Level or none?

record Link
  holder Person
  level  Level
  since  date
  strong flag
  value  number
  post   Region
  bonus  count? 0 to 9
  unique holder, level

record Profile one row
  joined date
  home   Region
  team   Level or none
  staff  count? 0 to 20

parameter good_levels set of Level
  {good}

parameter levels_in for Region set of Level
  north {{ low, middle }}
  south {{ high }}

parameter sizes for Level band of count
  low    from 1 to {first}
  middle more than {first}
  high   {band}

parameter need for Level, Region count
  from 2015-01-01  low north {need}, high north 2, otherwise otherwise 3
  from 2023-06-01  middle north 1, otherwise south 4, otherwise otherwise 2

parameter team_for for count Level or none
  from 1 to 3  high
  at least 6   low
  otherwise    none

define chosen(n count, level Level) as Level or none
  by case
    level when n at least 2
    team_for(n) otherwise

parameter fee_for for count money USD a month
  less than 2  {price} USD a month
  otherwise    0.5 USD a month

parameter price_for for count money USD
  from 0 to 2  10 USD
  at least 3   {price} USD
  otherwise    1 USD

reading bonus "How many points a bonus is"
  usual  5 points default
  double 10 points

reading counting "How it is counted"
  strictly
  loosely default
"""

CALLEES = (
    Callee("need", ("Level", "Region"), "count"),
    Callee("price_for", ("count",), "USD"),
    Callee("bonus", (), "points"),
)


def random_policy(rng: Random, *, changes: bool = True, unpublished: bool = False) -> str:
    """The text of a policy. With `unpublished`, one of its parameters has an unknown value."""
    return PolicyWriter(rng, changes, unpublished).text()


class PolicyWriter:
    KINDS_OF_CHANGE = 6

    def __init__(self, rng: Random, changes: bool, unpublished: bool) -> None:
        self.rng = rng
        self.changes = changes
        self.unpublished = unpublished
        self.phrases = Phrases(rng, list(CALLEES))
        self.measures: list[Callee] = []
        self.scores: list[Callee] = []
        self.statuses: list[str] = []
        self.written: list[str] = []

    def text(self) -> str:
        pick = self.rng.choice
        fills = {
            "good": pick(["{ low }", "{ middle, high }", "{ low, middle, high }"]),
            "first": str(self.rng.randrange(1, 6)),
            "band": pick(["at least 3", "less than 4", "at most 2", "more than 0"]),
            "need": str(self.rng.randrange(5)),
            "price": str(pick([0, 20, 33])),
        }
        self.written.append(VOCABULARY.format(**fills))
        if self.unpublished:
            self.written.append('parameter secret for Level count\n  low unknown "nobody says"\n  otherwise 2\n')
            self.phrases.callees += [Callee("secret", ("Level",), "count")] * 3
        self.declarations()
        return "\n".join(self.written)

    def declarations(self) -> None:
        for number in range(self.rng.randrange(1, 4)):
            self.define(f"define{number}")
        for number in range(self.rng.randrange(2, 5)):
            self.measure(f"measure{number}")
        self.case_define()
        if self.rng.random() < 0.5:
            self.allocation()
        for number in range(self.rng.randrange(3)):
            self.exclusion(number)
        if self.rng.random() < 0.4:
            self.precedence()
        for number in range(self.rng.randrange(1, 3)):
            self.score(f"score{number}")
        for number in range(self.rng.randrange(1, 4)):
            self.designation(f"designation{number}")
        kind = self.rng.choice(NUMERIC)
        self.write(f'report figure "A figure" as {_type(kind)}', [self.phrases.some(kind, (), 2)])
        if self.changes:
            for number in self.rng.sample(range(self.KINDS_OF_CHANGE), 2):
                self.change(number)

    def write(self, head: str, lines: list[str]) -> None:
        self.written.append("\n".join([head, *(f"  {line}" for line in lines)]) + "\n")

    def parameters(self, kinds: tuple[Kind, ...]) -> tuple[str, Variables]:
        variables = tuple((self.phrases.variable(), kind) for kind in kinds)
        return ("(" + ", ".join(f"{name} {kind}" for name, kind in variables) + ")" if variables else ""), variables

    # ------------------------------------------------------------ definitions

    def define(self, name: str) -> None:
        kinds = self.rng.choice([("Item",), ("Item", "Level"), ("Person",), ("Link", "date"), ("Level", "count")])
        result = self.rng.choice(["flag", "flag", "count", "USD", "date", "number"])
        written, variables = self.parameters(kinds)
        head = f"define {name}{written}" + ("" if result == "flag" else f" as {_type(result)}")
        self.write(head, [self.phrases.some(result, variables, 2)])
        self.phrases.callees.append(Callee(name, kinds, result))

    def case_define(self) -> None:
        kind = self.rng.choice(["count", "points"])
        written, variables = self.parameters(("Level",))
        branches = [
            f"  {self.phrases.some(kind, variables, 1)} when {self.phrases.some('flag', variables, 1)}"
            for _ in range(2)
        ]
        otherwise = f"  {self.phrases.some(kind, variables, 1)} otherwise"
        self.write(f"define by_cases{written} as {kind}", ["by case", *branches, otherwise])
        self.phrases.callees.append(Callee("by_cases", ("Level",), kind))

    def allocation(self) -> None:
        kind = self.rng.choice(["Person", "Person", "Link", "Item"])
        name = self.phrases.variable()
        roles = [
            f"  {self.rng.randrange(3)} with {self.phrases.some('flag', ((name, kind),), 2)}"
            for _ in range(self.rng.randrange(1, 4))
        ]
        self.write("define enough_of_each", [f"each {kind} {name} once for", *roles])
        self.phrases.callees += [Callee("enough_of_each", (), "flag")] * 2

    def measure(self, name: str) -> None:
        kinds: tuple[Kind, ...] = self.rng.choice([(), (), ("Level",), ("Region",)])
        kind = self.rng.choice(["count", "count", "USD", "percent", "number"])
        written, variables = self.parameters(kinds)
        phrase = self.phrases.number(kind, variables, 2)
        bounds = self.bounds(kind) if self.rng.random() < 0.15 else ""
        self.write(f'measure {name}{written} {_type(kind)}{bounds} "Measure {name}"', [phrase])
        self.measures.append(Callee(name, kinds, kind))
        self.phrases.callees += [self.measures[-1]] * 2

    def bounds(self, kind: Kind) -> str:
        """Bounds that now and then do not hold."""
        most, unit = self.rng.choice([20, 100, 1000]), {"USD": " USD", "percent": "%"}.get(kind, "")
        return f" {self.rng.choice([0, 0, -most])}{unit} to {most}{unit}"

    def exclusion(self, number: int) -> None:
        kind, name = self.rng.choice(["Item", "Item", "Link"]), self.phrases.variable()
        calm = Phrases(self.rng, named=1000 * (number + 1))
        only = f" from {self.rng.choice(self.measures).name}" if self.rng.random() < 0.4 else ""
        head = f'excluded {kind} {name} "reason {number}"{only}'
        self.write(head, [f"when {calm.some('flag', ((name, kind),), 2)}"])

    def precedence(self) -> None:
        name = self.phrases.variable()
        kind, group = self.rng.choice([("Item", "owner"), ("Item", "region"), ("Link", "holder")])
        self.write(f"precedence {kind} {name} for each {name}.{group} by {name}.level", ["high over low"])

    # ------------------------------------------------------------ scores and designations

    def score(self, name: str) -> None:
        kinds: tuple[Kind, ...] = self.rng.choice([(), ("Level",)])
        written, variables = self.parameters(kinds)
        lines = []
        for number in range(self.rng.randrange(2, 5)):
            most = self.rng.choice(["10", "20", "bonus"])
            scoring = self.scoring(variables, 2)
            gate = f" only if {self.phrases.some('flag', variables, 1)}" if self.rng.random() < 0.3 else ""
            gate += f" else {self.rng.choice(['1 point', '2 points'])}" if gate and self.rng.random() < 0.4 else ""
            lines.append(f"part part{number} up to {most} {scoring}{gate}")
        if self.rng.random() < 0.4:
            inner = [f"  {self.scoring(variables, 1)}" for _ in range(2)]
            lines += ["part either up to 10 best of", *inner]
        if self.rng.random() < 0.4:
            first, second = (self.phrases.some("flag", variables, 1) for _ in range(2))
            lines += [
                "part stepwise up to 20 step by step",
                f'  gate first "First" {first}',
                f"  {self.scoring(variables, 1)}",
                f"  gate second {second} worth 4 points",
                f"  {self.scoring(variables, 1)}",
            ]
        self.write(f"score {name}{written} out of 100", lines)
        self.scores.append(Callee(name, kinds, "points"))
        self.phrases.callees += [self.scores[-1]] * 2

    def scoring(self, variables: Variables, depth: int) -> str:
        some, pick = self.phrases.some, self.rng.choice
        kind = pick(NUMERIC)
        full = {"count": "3", "number": "2.5", "points": "6 points", "percent": "50%", "USD": "40 USD"}[kind]
        full_count = f"(greatest of (1, {some('count', variables, 1)}))"
        name = self.phrases.variable()
        ways = [
            f"in proportion to {some(kind, variables, depth)} full at {full}",
            f"in proportion to {some('count', variables, depth)} full at {full_count}",
            f"{pick(['4 points', '2.5 points'])} for each {some('count', variables, depth)}",
            f"all or nothing when {some('flag', variables, depth)}",
            f"worth {some('points', variables, depth)}",
        ]
        if depth > 1:
            ways.append(f"best for {name} in Level: {self.scoring((*variables, (name, 'Level')), 1)}")
        return pick(ways)

    def requirement(self, name: str, variables: Variables) -> str:
        pick = self.rng.choice
        ways = [self.phrases.some("flag", variables, 2)] * 3
        for callee in self.scores:
            called = self.phrases.call(callee, variables, 1)
            ways += [f"{called} at least {pick([1, 5, 10, 20])}", f"each part of {called} more than {pick([0, 1])}"]
            ways += [f"{called}.part0 at least 5", f"{called} at least maximum of {called}"]
        for callee in self.measures:
            called = self.phrases.call(callee, variables, 1)
            literal = self.phrases.literal(callee.result)
            ways += [f"{called} {pick(['at least', 'at most', 'more than'])} {literal}"]
        ways += self.statuses
        return f'require {name} "Requirement {name}" {pick(ways)}'

    def designation(self, name: str) -> None:
        lines, variables = [], ()
        tracked = self.rng.random() < 0.5
        if tracked:
            track = self.phrases.variable()
            variables = ((track, "Level"),)  # type: ignore[assignment]
            by = self.phrases.some(self.rng.choice(["points", "count"]), variables, 2)
            lines.append(self.rng.choice([f"best for {track} in Level by {by}", f"any for {track} in Level"]))
        lines += [self.requirement(f"common{each}", variables) for each in range(self.rng.randrange(1, 3))]
        if self.rng.random() < 0.4:
            lines += self.options(variables)
        tiers = self.rng.choice([(), ("silver", "gold")])
        for tier in tiers:
            lines += [f"tier {tier}", *(f"  {self.requirement(f'own{each}', variables)}" for each in range(1, 3))]
            if self.rng.random() < 0.4:
                lines += [f"  {line}" for line in self.options(variables)]
        self.write(f'designation {name} "Designation {name}"', lines)
        words = ["is met", "is not met", "is gold", "at least silver"] if tiers else ["is met", "is not met"]
        self.statuses += [f"{name} {word}" for word in words]
        self.statuses.append(f"{name}.common0 is met")
        if tracked:
            self.statuses += [f"{name}({self.rng.choice(ENUMS['Level'])}) is met"]

    def options(self, variables: Variables) -> list[str]:
        lines = []
        for option in ("first", "second"):
            lines += [f"option {option}", f"  {self.requirement('only', variables)}"]
        return lines

    # ------------------------------------------------------------ changes

    def change(self, number: int) -> None:
        pick = self.rng.choice
        cost = pick(["1 USD", "5 USD", "7.5 USD", "price_for(2)"])
        takes = pick(["takes 2 weeks", "takes 1 month", "takes 40 days"])
        item = "owner: new Person, level: l, region: south, amount: 3, price: 25 USD, ratio: 50%, weight: 2, "
        item += "merit: 4 points, begun: plan date, booked: last month, active: yes, size: 2, group: none"
        link = "holder: p, level: high, since: plan date, strong: yes, value: 1.5, post: south, bonus: 2"
        match number:
            case 0:
                head, lines = "change add_item(l Level) by 1 to 2", [f"adds Item {{ {item} }}", f"cost {cost} each"]
            case 1:
                unheld = "no Link k where k.holder is p and k.level is high"
                head, lines = "change link(p Person)", [f"when {unheld}", f"adds Link {{ {link} }}", f"cost {cost}"]
            case 2:
                head = "change enlarge(i Item) by 1 to 20 - i.amount"
                lines = ["when i.amount at least 18", "raises i.amount by 1", f"cost {cost} each"]
            case 3:
                head, lines = "change activate(i Item)", ["when not (i.active)", "sets i.active to yes", f"cost {cost}"]
            case 4:
                head, lines = "change drop(k Link)", ["removes k", f"cost {cost}"]
            case _:
                measure = pick(self.measures)
                called = self.phrases.call(Callee(measure.name, measure.arguments, measure.result), (), 0)
                unit = {"count": "1", "number": "0.5", "percent": "10%", "USD": "10 USD"}[measure.result]
                word = self.rng.choice(["raises", "raises", "lowers"])
                head, lines = "change gain by 1 to 3", [f"{word} {called} by {unit}", f"cost {cost} each"]
        limit = [f"at most {pick([1, 2, 3])}"] if self.rng.random() < 0.5 else []
        self.write(head, [*lines, takes, *limit])


def _type(kind: Kind) -> str:
    return "money USD" if kind == "USD" else kind
