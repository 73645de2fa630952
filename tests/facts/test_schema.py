"""The JSON Schema of the facts: it is one, takes what is right, and refuses what it can of what is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from attain_engine.facts.schema import schema_text
from tests.facts.policy import PROGRAM, read
from tests.facts.test_bad_values import row
from tests.facts.test_good_facts import GOOD

SCHEMA = json.loads(schema_text(PROGRAM))
BAD_FILES = sorted((Path(__file__).parent / "bad_json").glob("*.json"))

NOT_JSON = {"a_comma_too_many", "a_file_that_breaks_off", "an_empty_file"}
BEYOND_A_SCHEMA = {
    "a_field_twice": "keys that occur twice are gone when a schema sees the file",
    "a_measure_twice": "keys that occur twice are gone when a schema sees the file",
    "a_table_twice": "keys that occur twice are gone when a schema sees the file",
    "an_argument_twice": "keys that occur twice are gone when a schema sees the file",
    "facts_twice": "keys that occur twice are gone when a schema sees the file",
    "a_value_beyond_its_bounds": "the bounds of a percentage that is written as text",
    "two_rows_alike": "rows that must differ in some of their fields",
    "two_spellings_of_an_argument": "texts that mean the same",
}


def fits(data: Any) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(data)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("field", "written", "value"), GOOD)
def test_what_is_right_fits(field: str, written: str, value: object) -> None:
    assert fits(json.loads(row(field, written))), value


@pytest.mark.parametrize(
    "path", [path for path in BAD_FILES if path.stem not in {*NOT_JSON, *BEYOND_A_SCHEMA}], ids=lambda path: path.stem
)
def test_what_is_wrong_does_not_fit(path: Path) -> None:
    assert not fits(json.loads(path.read_text()))


@pytest.mark.parametrize("name", BEYOND_A_SCHEMA)
def test_what_a_schema_cannot_say_is_found_when_facts_are_loaded(tmp_path: Path, name: str) -> None:
    text = (Path(__file__).parent / "bad_json" / f"{name}.json").read_text()
    assert fits(json.loads(text))
    assert read(tmp_path, text)[0] is None


BAD_VALUES = [
    ("seats", "-1"),
    ("seats", "1001"),
    ("seats", "0.5"),
    ("seats", '"12"'),
    ("seats", "null"),
    ("share", "1.5"),
    ("share", '"x%"'),
    ("fee", '"5"'),
    ("fee", '"5 EUR"'),
    ("passed", '"2024-06"'),
    ("passed", '"never"'),
    ("expires", '"soon"'),
    ("notice", '"90"'),
    ("tracks", '["x"]'),
    ("level", '"Entry"'),
    ("holder", '" ana"'),
    ("remark", "5"),
]


@pytest.mark.parametrize(("field", "written"), BAD_VALUES)
def test_a_wrong_value_does_not_fit(field: str, written: str) -> None:
    assert not fits(json.loads(row(field, written)))


def test_bounds_are_exact() -> None:
    """A percentage of up to 150 % may be written as the fraction only up to 1."""
    share = SCHEMA["$defs"]["club.ExamResult"]["properties"]["share"]["anyOf"][0]
    assert share["anyOf"][1] == {"type": "number", "minimum": 0, "maximum": 1}


def test_the_schema_tells_what_may_be_left_out() -> None:
    record = SCHEMA["$defs"]["club.ExamResult"]
    assert record["required"] == ["holder", "passed"]
    assert record["properties"]["fee"]["default"] == 12.5
    assert record["properties"]["expires"]["default"] == "never"
