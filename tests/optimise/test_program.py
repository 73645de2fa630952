"""The program of a plan, as it reads."""

from __future__ import annotations

from pathlib import Path

from attain_compiler.asp import Origin, render
from attain_compiler.source import SourceFile, Span
from attain_engine.open.conditions import Amount, Formula, conjunction, decision, disjunction, negation
from attain_engine.open.quantities import add, at_least, of_amount, scale, stairs, weighted
from attain_engine.optimise import Choice, Problem, program
from attain_engine.solve.answer_sets import encoding

GOLDEN = Path(__file__).parent / "golden" / "plan.lp"

POLICY = SourceFile("p.attain", "require people at least 2\nrequire points at least 10\n")


def test_the_program_of_a_plan_reads_like_this() -> None:
    ana = disjunction((decision("ana first"), decision("ana second")))
    people = weighted([(ana, 1), (decision("bo"), 1), (decision("cy"), 1)])
    users = Amount("decision", "users", 0, 4)
    enough = at_least(people, 2)
    points = at_least(add(stairs(scale(people, 4), high=10), scale(of_amount(users), 2)), 10)
    not_both = negation(conjunction((decision("bo"), decision("cy"))))
    assert isinstance(enough, Formula)
    assert isinstance(points, Formula)
    problem = Problem(
        conjunction((enough, points)),
        (
            Choice("ana first", None, 165, 0, 42, 0),
            Choice("ana second", None, 110, 0, 42, 0),
            Choice("bo", None, 55, 0, 14, 0),
            Choice("cy", None, 55, 0, 7, 0),
            Choice("users", users, 0, 11, 0, 7),
        ),
        (not_both,),
    )
    made = program(
        problem,
        origins={
            enough: Origin("requirement people", Span("p.attain", 8, 14)),
            points: Origin("requirement points", Span("p.attain", 34, 40)),
        },
    )
    text = render(made, {"p.attain": POLICY}, {name: encoding(name) for name in made.encodings})
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_a_goal_that_is_reached_has_an_empty_program() -> None:
    assert program(Problem(True, ())).facts == ()
