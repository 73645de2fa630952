"""A designation or report with parameters means as many without as they have values, written out by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from attain_compiler.model import program as model
from attain_engine.compare.rewriting import Rewriting
from tests.oracle.compiled import compiled
from tests.regressions.asked import codes

WORDS = """\
policy p "P"

enum Area { cloud "The Cloud", edge "The Edge" }

enum Level { low, high }

record Win
  area   Area
  level  Level
  open   Area?
  n      count 0 to 100

measure wins(a Area, l Level) count
  sum of w.n among Win w where w.area is a and w.level is l

"""
EACH = """\
designation status(a Area, l Level) "{a}, {l}"
  require some_won wins(a, l) at least 1
  tier silver "Silver, {a}"
    require lots wins(a, l) at least 5 and (some Win w where w.area is a and w.n at least 2)

designation best(a Area) "Best"
  best for l in Level by wins(a, l)
  require won wins(a, l) at least 3

report shown(a Area) "Won: {a}" as count
  wins(a, low)
"""
LISTED = "\n".join(
    f"""\
designation status_{a}_{level} "{title}, {level}"
  require some_won wins({a}, {level}) at least 1
  tier silver "Silver, {title}"
    require lots wins({a}, {level}) at least 5 and (some Win w where w.area is {a} and w.n at least 2)
"""
    for a, title in (("cloud", "The Cloud"), ("edge", "The Edge"))
    for level in ("low", "high")
) + "\n".join(
    f"""
designation best_{a} "Best: {title}"
  best for l in Level by wins({a}, l)
  require won wins({a}, l) at least 3

report shown_{a} "Won: {title}" as count
  wins({a}, low)
"""
    for a, title in (("cloud", "The Cloud"), ("edge", "The Edge"))
)


def written_out(id_: str) -> str:
    return id_.replace("(", "_").replace(", ", "_").replace(")", "")


def bare(declared: Any) -> Any:
    """Without the places; the id as one would write it."""
    return dataclasses.replace(Rewriting({})(declared), id=written_out(declared.id))


def bodies(text: str) -> dict[str, Any]:
    program = compiled(WORDS + text)
    return {written_out(each.id): bare(each) for each in (*program.designations.values(), *program.reports.values())}


def test_a_pattern_is_what_one_would_write_for_each_value() -> None:
    assert bodies(EACH) == bodies(LISTED)


@pytest.mark.parametrize(
    ("asked", "means"),
    [
        ("status(cloud, low) is met", "status_cloud_low is met"),
        ("status(edge, high).silver.lots is not met", "status_edge_high.silver.lots is not met"),
        ("best(cloud) is failed", "best_cloud is failed"),
        ("best(cloud, low) is met", "best_cloud(low) is met"),
        ("some Win w where best(w.area) is met",
         "some Win w where (w.area is cloud and best_cloud is met) or (w.area is edge and best_edge is met)"),
        ("some Win w where status(w.area, high) is silver",
         ("some Win w where (w.area is cloud and status_cloud_high is silver) or "
          "(w.area is edge and status_edge_high is silver)")),
        ("every Area a has best(a) is undetermined",
         "every Area a has (a is cloud and best_cloud is undetermined) or (a is edge and best_edge is undetermined)"),
    ],
)  # fmt: skip
def test_asking_of_one_that_is_not_constant_is_asking_of_each(asked: str, means: str) -> None:
    def body(text: str, definition: str) -> Any:
        program = compiled(f"{WORDS}{text}\ndefine it\n  {definition}\n")
        names = {id_: written_out(id_) for id_ in program.designations}
        return Rewriting(names)(program.defines["p.it"]).body

    assert body(EACH, asked) == body(LISTED, means)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("designation d(n count)\n  require a n at least 1\n", "type-mismatch"),
        ("report r(w Win) as count\n  1\n", "type-mismatch"),
        ("entity Site\n\nreport r(s Site, a Area, t Site) as count\n  1\n", "type-mismatch"),
        ("designation d\n  any for w in Win\n  require x w.n at least 1\n", "type-mismatch"),
        ("designation d(a Area)\n  require x wins(a, low) at least 1\n\ndefine e\n  d is met\n", "wrong-arguments"),
        ("designation d(a Area)\n  require x wins(a, low) at least 1\n\ndefine e\n  d(cloud, low) is met\n",
         "wrong-arguments"),
        ("designation d(a Area)\n  require x wins(a, low) at least 1\n\ndefine e\n  d(low) is met\n", "type-mismatch"),
        ('designation d(a Area) "{b}"\n  require x wins(a, low) at least 1\n', "unknown-placeholder"),
        ("designation d(a Area)\n  require x every Area b has d(b) is met\n", "cyclic-definition"),
        ('designation d(a Area)\n  require x wins(a, low) at least 1\n\nexample "e"\n  expect no plan for d\n',
         "wrong-arguments"),
        ('designation d(a Area)\n  require x wins(a, low) at least 1\n\nexample "e"\n  expect no plan for d(low)\n',
         "type-mismatch"),
        ("".join(f"enum E{i} {{ {', '.join(f'v{i}_{j}' for j in range(15))} }}\n\n" for i in (1, 2))
         + "designation d(a E1, b E2)\n  require x a is v1_1 and b is v2_1\n", "too-long"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, code: str) -> None:
    assert code in codes(WORDS + text)


def test_titles_and_names_say_which() -> None:
    program = compiled(WORDS + EACH)
    first = program.designations["p.status(cloud, low)"]
    assert (first.name, first.title, first.tiers[0].title) == (
        "status(cloud, low)",
        "The Cloud, low",
        "Silver, The Cloud",
    )
    assert program.designations["p.best(edge)"].title == "Best: The Edge"
    assert not any(each.parameters for each in program.designations.values())
    assert isinstance(first, model.Designation)
