"""Fields that may be `none`, on the command line: in facts, claims, comparisons, schemas, suggested examples."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Attain, Write
from tests.model.test_or_none import POLICY

SMALL = """policy p "P"

enum Hazard { flammable, toxic }

record Product
  hazard  Hazard or none
  seen    Hazard or none?
  litres  count 0 to 100

define harmless(x Product)
  x.hazard is none

define plain(x Product)
  x.seen is not none and x.seen is x.hazard

designation licence
  require some "A harmless one" some Product x where harmless(x)
  require seen "All were seen" no Product x where x.seen is none
"""


def verdicts(out: str) -> dict[str, str]:
    tracks = json.loads(out)["designations"][0]["tracks"]
    return {each["path"]: each["verdict"] for each in tracks[0]["requirements"]}


@pytest.mark.parametrize(
    ("rows", "some", "seen"),
    [
        ('{"hazard": "none", "seen": "none"}', "met", "failed"),
        ('{"hazard": null, "seen": null}', "met", "undetermined"),
        ("{}", "met", "undetermined"),
        ('{"hazard": "toxic", "seen": "toxic"}', "failed", "met"),
    ],
)
def test_missing_is_none_unless_it_may_be_unknown(
    attain: Attain, write: Write, rows: str, some: str, seen: str
) -> None:
    write("p.attain", SMALL)
    row = json.loads(rows) | {"litres": 1}
    write("facts.json", json.dumps({"as_of": "2024-01-31", "closed": True, "facts": {"Product": [row]}}))
    found = attain("assess", "p.attain", "facts.json", "--output-format", "json")
    assert verdicts(found.out) == {"some": some, "seen": seen}, found.err


def test_empty_cells_and_the_word(attain: Attain, write: Write) -> None:
    write("p.attain", SMALL)
    write("facts/Product.csv", "hazard,seen,litres\n,toxic,1\nnone,flammable,2\n")
    found = attain("assess", "p.attain", "facts", "--as-of", "2024-01-31", "--output-format", "json")
    assert verdicts(found.out) == {"some": "met", "seen": "met"}, found.err


def test_a_claim_that_only_none_breaks_is_refuted(attain: Attain, write: Write) -> None:
    write("p.attain", f"{SMALL}\nclaim no Product x where x.hazard is not flammable and x.hazard is not toxic\n")
    found = attain("check", "p.attain")
    assert found.code == 1
    assert "claim-fails" in found.out + found.err


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        ("x.hazard is none", "x.hazard is not flammable and x.hazard is not toxic", "equivalent"),
        ("x.hazard is none", "x.hazard is none or x.hazard is toxic", "looser"),
        ("seen    Hazard or none?", "seen    Hazard or none", "seen: none where it is left out, was nothing"),
    ],
)
def test_editions_are_compared_with_none_in_mind(
    attain: Attain, write: Write, before: str, after: str, word: str
) -> None:
    write("base/p.attain", SMALL)
    write("head/p.attain", SMALL.replace(before, after))
    found = attain("diff", "base/p.attain", "head/p.attain")
    assert word in found.out, found.out + found.err


def test_a_field_that_may_now_be_none_makes_a_difference(attain: Attain, write: Write) -> None:
    base = SMALL.replace("hazard  Hazard or none", "hazard  Hazard").replace("x.hazard is none", "x.hazard is toxic")
    head = SMALL.replace("x.hazard is none", "x.hazard is not flammable")
    write("base/p.attain", base)
    write("head/p.attain", head)
    found = attain("diff", "base/p.attain", "head/p.attain")
    assert "Hazard or none" in found.out, found.out + found.err


def test_the_schema_and_suggested_examples_know_none(attain: Attain, write: Write) -> None:
    write("p.attain", SMALL)
    schema = json.loads(attain("schema", "p.attain").out)
    assert schema["$defs"]["p.Hazard or none"]["enum"] == ["flammable", "toxic", "none"]
    found = attain("test", "--suggest", "p.attain")
    assert found.code == 0, found.err
    write("p_suggested_examples.attain", found.out)
    assert attain("test", ".").code == 0


def test_plans_write_none(attain: Attain, write: Write) -> None:
    write("degree.attain", POLICY)
    assert attain("test", "degree.attain").code == 0
