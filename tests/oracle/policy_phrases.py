"""Random phrases of the language: expressions of a wanted type over the variables at hand.

Every compound phrase stands in parentheses, so that any may stand in any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

Kind: TypeAlias = str  # a type as the language writes it, `USD` for money
Variables: TypeAlias = tuple[tuple[str, Kind], ...]

ENUMS = {"Level": ("low", "middle", "high"), "Region": ("north", "south")}
RECORDS: dict[str, dict[str, Kind]] = {
    "Item": {
        "owner": "Person",
        "level": "Level",
        "region": "Region",
        "amount": "count",
        "price": "USD",
        "ratio": "percent",
        "weight": "number",
        "merit": "points",
        "begun": "date",
        "ended": "date",
        "booked": "month",
        "active": "flag",
        "size": "count",
    },
    "Link": {
        "holder": "Person",
        "level": "Level",
        "since": "date",
        "strong": "flag",
        "value": "number",
        "post": "Region",
        "bonus": "count",
    },
    "Profile": {"joined": "date", "home": "Region", "staff": "count"},
}
OPTIONAL = (("Item", "size"), ("Link", "bonus"), ("Profile", "staff"))
OF_ONE = {"number": "value", "date": "since", "Region": "post", "count": "bonus"}
"""The fields that are asked of the one row of a holder and a level."""
NUMERIC = ("count", "number", "points", "percent", "USD")
ORDERED = ("date", "month")


@dataclass(frozen=True, slots=True)
class Callee:
    """Something that is called by name with arguments of these kinds."""

    name: str
    arguments: tuple[Kind, ...]
    result: Kind


@dataclass(slots=True)
class Phrases:
    """`callees` grows as the policy's declarations are written: a phrase may use what was declared before it."""

    rng: Random
    callees: list[Callee] = field(default_factory=list)
    named: int = 0

    def some(self, kind: Kind, variables: Variables = (), depth: int = 2) -> str:
        """A phrase of this kind."""
        ways: list[Callable[[], str]] = [lambda: self.literal(kind)]
        held = [name for name, other in variables if other == kind]
        held += [f"{name}.{each}" for name, other in variables for each in self.fields(other, kind)]
        if kind == "Level":
            nothing = [f"({name}.group else low)" for name, other in variables if other == "Item"]
            held += nothing + ["(the Profile.team else high)"] * (self.rng.random() < 0.1)
        held += [f"the Profile.{each}" for each in self.fields("Profile", kind) if self.rng.random() < 0.3]
        if held:
            ways += [lambda: self.rng.choice(held)] * 8
        if kind in OF_ONE and depth > 0 and self.people(variables):
            ways += [lambda: f"({self.of_one(kind, variables, depth)} else {self.literal(kind)})"] * 3
        callable_ = [each for each in self.callees if each.result == kind]
        if callable_ and depth > 0:
            ways += [lambda: self.call(self.rng.choice(callable_), variables, depth)] * 5
        if depth > 0:
            compound = {"flag": self.condition, "date": self.date, "month": self.month}
            if kind in NUMERIC:
                ways += [lambda: self.number(kind, variables, depth - 1)] * 8
            elif kind in compound:
                ways += [lambda: compound[kind](variables, depth - 1)] * 12
        return self.rng.choice(ways)()

    def fields(self, record: Kind, kind: Kind) -> list[str]:
        return [name for name, other in RECORDS.get(record, {}).items() if other == kind]

    def people(self, variables: Variables) -> list[str]:
        """What is a person by itself, or as the field of a row."""
        held = [name for name, kind in variables if kind == "Person"]
        return held + [f"{name}.{each}" for name, kind in variables for each in self.fields(kind, "Person")]

    def of_one(self, kind: Kind, variables: Variables, depth: int) -> str:
        """A field of the one row of a holder and a level, which may meet something else as well."""
        name = self.variable()
        conditions = [
            f"{name}.holder is {self.rng.choice(self.people(variables))}",
            f"{self.some('Level', variables, depth - 1)} is {name}.level",
        ]
        if self.rng.random() < 0.4:
            conditions.append(self.some("flag", (*variables, (name, "Link")), depth - 1))
        self.rng.shuffle(conditions)
        return f"the {name}.{OF_ONE[kind]} of Link {name} where {' and '.join(conditions)}"

    def call(self, callee: Callee, variables: Variables, depth: int) -> str:
        arguments = []
        for kind in callee.arguments:
            if kind in RECORDS or kind == "Person":
                held = [name for name, other in variables if other == kind]
                if not held:
                    return self.literal(callee.result)
                arguments.append(self.rng.choice(held))
            else:
                arguments.append(self.some(kind, variables, depth - 1))
        return f"{callee.name}({', '.join(arguments)})" if arguments else callee.name

    def literal(self, kind: Kind) -> str:
        pick, number = self.rng.choice, self.rng.randrange(7)
        match kind:
            case "count":
                return str(number)
            case "number":
                return pick([str(number), f"{number}.5", f"0.{number}5"])
            case "points":
                return f"{number + 2} points"
            case "percent":
                return f"{pick([5, 25, 50, 100])}%"
            case "USD":
                return f"{pick([0, 1, 10, 25, 100])} USD"
            case "flag":
                return pick(["yes", "no"])
            case "date":
                return pick(["assessment date", "2023-01-31", "2024-02-29", "first day of this month"])
            case "month":
                return pick(["this month", "last month", "2023-02"])
            case _:
                return pick(ENUMS[kind])

    def duration(self) -> str:
        return self.rng.choice(["1 month", "30 days", "6 weeks", "12 months", "365 days", "1 year", "2 years"])

    def variable(self) -> str:
        self.named += 1
        return f"v{self.named}"

    def binder(self, variables: Variables) -> tuple[str, Variables]:
        """What a quantifier runs over, and the variables inside it."""
        kind = self.rng.choice(["Item", "Item", "Item", "Link", "Link", "Person", "Level"])
        name = self.variable()
        if kind == "Level" and self.rng.random() < 0.5:
            return f"{name} in {self.rng.choice(['good_levels', 'levels_in(north)'])}", (*variables, (name, kind))
        return f"{kind} {name}", (*variables, (name, kind))

    # ------------------------------------------------------------ numbers

    def number(self, kind: Kind, variables: Variables, depth: int) -> str:
        def some(other: Kind = kind) -> str:
            return self.some(other, variables, depth)

        def aggregate(word: str, closing: str = "") -> str:
            binder, inner = self.binder(variables)
            value, condition = self.some(kind, inner, depth), self.some("flag", inner, depth)
            return f"({word} {value} among {binder} where {condition}{closing})"

        def best() -> str:
            name = self.variable()
            inner = (*variables, (name, "Level"))
            return f"({self.rng.choice(['best', 'least'])} for {name} in Level: {self.some(kind, inner, depth)})"

        def count() -> str:
            binder, inner = self.binder(variables)
            return f"(count of {binder} where {self.some('flag', inner, depth)})"

        def distinct() -> str:
            binder, inner = self.binder(variables)
            other = self.rng.choice(["Level", "count", "date"])
            return f"(distinct {self.some(other, inner, depth)} among {binder} where {self.some('flag', inner, depth)})"

        ways: list[Callable[[], str]] = [
            lambda: f"({some()} {self.rng.choice('+-')} {some()})",
            lambda: f"({self.rng.choice(['greatest', 'least'])} of ({some()}, {some()}))",
            lambda: aggregate("sum of"),
            lambda: aggregate(self.rng.choice(["greatest of", "least of"]), f" else {self.literal(kind)}"),
            best,
        ]
        if kind != "count":
            step = {"number": "0.5", "points": "0.5 points", "percent": "5%", "USD": "10 USD"}[kind]
            factors = ["50%"] if kind == "percent" else ["2", "50%", "0.5"]
            rounded = f" rounded {self.rng.choice(['down', 'up', 'half up', 'half even'])} to {step}"
            ways += [
                lambda: f"({some()} * {self.rng.choice(factors)})",
                lambda: f"({some()} / {self.rng.choice(['2', '3'])})",
                lambda: f"({some()}{rounded})",
                lambda: aggregate(self.rng.choice(["average of", "median of"]), f" else {self.literal(kind)}"),
            ]
        if kind not in ("count", "number"):
            ways.append(
                lambda: f"({some()} / {some('count')}{self.rng.choice(['', '', rounded])} else {self.literal(kind)})"
            )
        if kind == "percent":
            ways += [lambda: f"({some('USD')} / {some('USD')} else {self.literal(kind)})"] * 2
        if kind == "USD":
            ways.append(lambda: self.paid(variables, depth))
        if kind == "count":
            ways += [count, count, distinct, distinct, lambda: self.days(variables, depth)]
        callees = [each for each in self.callees if each.result == kind]
        if callees:
            ways.append(lambda: self.as_of(self.call(self.rng.choice(callees), variables, depth), variables))
        return self.rng.choice(ways)()

    def paid(self, variables: Variables, depth: int) -> str:
        """What a rate comes to: `fee_for(3)` is in USD a month."""
        rate = f"fee_for({self.some('count', variables, depth)})"
        time = self.rng.choice(["1 month", "2 years", f"({self.some('count', variables, depth)} * 1 month)"])
        return f"({rate} * {time})"

    def days(self, variables: Variables, depth: int) -> str:
        if self.rng.random() < 0.3:
            of, kind = self.rng.choice(["year", "month number"]), self.rng.choice(["date", "month"])
            return f"(({of} of {self.some(kind, variables, depth)}) else 7)"
        unit = self.rng.choice(["days", "months", "years"])
        kind = "date" if unit == "days" else self.rng.choice(["date", "month"])
        first, last = self.some(kind, variables, depth), self.some(kind, variables, depth)
        return f"((number of {unit} from {first} to {last}) else {self.rng.choice([0, 1, 30])})"

    def as_of(self, phrase: str, variables: Variables) -> str:
        return f"(({phrase}) as of {self.some('date', variables, 0)})"

    # ------------------------------------------------------------ dates

    def date(self, variables: Variables, depth: int) -> str:
        date = self.some("date", variables, depth)
        return self.rng.choice(
            [
                f"({self.duration()} {self.rng.choice(['before', 'after'])} {date})",
                f"(({self.small(variables, depth)} * {self.duration()}) {self.rng.choice(['before', 'after'])} {date})",
                f"((last {self.rng.choice(['1 March', '29 February'])} on or before {date}) else {date})",
                f"((first {self.rng.choice(['1 March', '31 December'])} on or after {date}) else {date})",
                f"({self.rng.choice(['first', 'last'])} day of {self.some('month', variables, depth)})",
                f"({self.rng.choice(['earliest', 'latest'])} of ({date}, {self.some('date', variables, depth)}))",
            ]
        )

    def small(self, variables: Variables, depth: int) -> str:
        """A count that moves no date out of the calendar."""
        return f"(least of (5, {self.some('count', variables, depth)}))"

    def month(self, variables: Variables, depth: int) -> str:
        return self.rng.choice(
            [
                f"(month of {self.some('date', variables, depth)})",
                f"({self.rng.choice(['1 month', '12 months'])} before {self.some('month', variables, depth)})",
            ]
        )

    # ------------------------------------------------------------ conditions

    def condition(self, variables: Variables, depth: int) -> str:
        def some(kind: Kind) -> str:
            return self.some(kind, variables, depth)

        pick = self.rng.choice
        number, ordered = pick(NUMERIC), pick(ORDERED)
        equal = pick(["Level", "Level", "Region", "count", "USD", "date", "month"])
        compare = pick(["at least", "more than", "at most", "less than", "is", "is not"])
        conditions = f"({some('flag')}, {some('flag')}, {some('flag')})"

        def quantified() -> str:
            binder, inner = self.binder(variables)
            word = pick(["some", "no"])
            return f"({word} {binder} where {self.some('flag', inner, depth)})"

        def every() -> str:
            binder, inner = self.binder(variables)
            return f"(every {binder} where {self.some('flag', inner, depth)} has {self.some('flag', inner, depth)})"

        def known() -> str:
            held = [f"{name}.size" for name, kind in variables if kind == "Item"] + ["the Profile.staff"]
            return f"({pick(held)} is {pick(['', 'not '])}known)"

        def none() -> str:
            """Whether a field, a parameter or a definition has a value, or what follows where it has one."""
            fields = [f"{name}.group" for name, kind in variables if kind == "Item"] or ["the Profile.team"]
            values = [f"team_for({some('count')})", f"chosen({some('count')}, {some('Level')})"]
            held = pick([*fields, pick(values)])
            is_there = f"{held} is not none and {held} {pick(['is', 'in { low, high } and low is not'])} {held}"
            asked = f"levels_in({some('Region')})"
            return pick(
                [
                    f"({held} is {pick(['', 'not '])}none)",
                    f"({held} is {pick(['', 'not '])}{some('Level')})",
                    f"({held} {pick(['in', 'not in'])} {asked})",
                    f"({is_there})",
                    f"({held} is not none and {some('count')} in sizes({held}))",
                    f"({held} is none or {some('count')} in sizes({held}))",
                ]
            )

        def none_of_one() -> str:
            """The same of a field of the one row: `none` is also that there is no such row."""
            held = f"({self.of_one('Region', variables, depth)})"
            level = some("Level")
            return pick(
                [
                    f"({held} is {pick(['', 'not '])}none)",
                    f"({held} is {pick(['', 'not '])}{some('Region')})",
                    f"({held} is not none and {level} in levels_in({held}))",
                    f"({held} is none or {level} in levels_in({held}))",
                ]
            )

        ways: list[Callable[[], str]] = [
            none,
            *[none_of_one] * (2 if depth > 0 and self.people(variables) else 0),
            lambda: f"({some(number)} {compare} {some(number)})",
            lambda: f"({some(number)} {compare} {self.literal(number)})",
            lambda: (
                f"({some('date')} {pick(['earlier than', 'later than', 'on or before', 'on or after'])} {some('date')})"
            ),
            lambda: f"({some(equal)} {pick(['is', 'is not'])} {some(equal)})",
            lambda: f"({some('Level')} {pick(['in', 'not in'])} {pick(['good_levels', '{ low, high }'])})",
            lambda: f"({some('Level')} in levels_in({some('Region')}))",
            lambda: f"({some('count')} {pick(['in', 'not in'])} sizes({some('Level')}))",
            lambda: f"({some(number)} from {self.literal(number)} to {some(number)})",
            lambda: f"({some(ordered)} within the 12 months {pick(['before', 'to', 'after'])} {some(ordered)})",
            lambda: f"({some('date')} within the {self.duration()} {pick(['before', 'to'])} assessment date)",
            lambda: f"({some('month')} in months from (3 months before this month) to last month)",
            lambda: f"({some('flag')} {pick(['and', 'or'])} {some('flag')})",
            lambda: f"(not ({some('flag')}))",
            lambda: f"({pick(['all of', 'any of', 'at least 2 of'])} {conditions})",
            lambda: f"(counting is {pick(['strictly', 'loosely'])})",
            known,
            quantified,
            quantified,
            every,
        ]
        rows = [
            (one, other) for one, kind in variables for other, same in variables if kind == same and kind in RECORDS
        ]
        if any(one != other for one, other in rows):
            one, other = pick([each for each in rows if each[0] != each[1]])
            ways += [lambda: f"({one} {pick(['is', 'is not'])} {other})"] * 2
        return pick(ways)()
