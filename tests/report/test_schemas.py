"""The schemas of all answers are those in docs/schemas, and the answers keep to them.

Where a test here fails because an answer has changed, what readers rely on has changed. Something new may be added;
what is removed or means something else needs another `format_version`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from attain_engine.report.schemas import schemas, texts
from attain_engine.serve.models import SERVED
from tests.cli.conftest import Attain, Write
from tests.cli.policies import FUND, SHORT

FOLDER = Path(__file__).parent.parent.parent / "docs" / "schemas"


def meaning(schema: Any) -> Any:
    """A schema without what says nothing: older pydantic leaves `"additionalProperties": true` out."""
    if isinstance(schema, list):
        return [meaning(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        name: meaning(value) for name, value in schema.items() if not (name == "additionalProperties" and value is True)
    }


def test_the_schemas_are_those_in_the_documents() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert {name: meaning(json.loads(text)) for name, text in written.items()} == {
        name: meaning(json.loads(text)) for name, text in (schemas() | texts(SERVED)).items()
    }


@pytest.mark.parametrize("name", schemas() | texts(SERVED))
def test_a_schema_is_one(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((schemas() | texts(SERVED))[name]))


COMMANDS = {
    "assessment": ("assess", "fund.attain", "short.json", "--output-format", "json"),
    "plan": ("plan", "fund.attain", "short.json", "--output-format", "json"),
    "why": ("why", "fund.attain", "short.json", "Member:1", "--output-format", "json"),
    "worksheet": ("why", "fund.attain", "short.json", "fund", "--output-format", "json"),
    "comparisons": ("diff", "fund.attain", "other.attain", "--output-format", "json"),
    "contents": ("list", "fund.attain", "--output-format", "json"),
    "findings": ("check", "broken.attain", "--output-format", "json"),
    "nearest": ("nearest", "fund.attain", "short.json", "--output-format", "json"),
    "front": ("plan", "fund.attain", "short.json", "--front", "--output-format", "json"),
    "most": ("plan", "fund.attain", "short.json", "--most", "--output-format", "json"),
    "closest": ("plan", "fund.attain", "short.json", "--closest", "--budget", "20", "--output-format", "json"),
    "sensitivity": ("plan", "fund.attain", "short.json", "--sensitivity", "--output-format", "json"),
    "what-if": ("what-if", "fund.attain", "short.json", "recruit", "--output-format", "json"),
    "forecast": ("forecast", "fund.attain", "short.json", "--output-format", "json"),
    "report": ("report", "fund.attain", "short.json", "-o", "report.json"),
}


@pytest.mark.parametrize("kind", COMMANDS)
def test_an_answer_keeps_to_its_schema(kind: str, attain: Attain, write: Write, tmp_path: Path) -> None:
    write("fund.attain", FUND)
    write("other.attain", FUND.replace("at least 3", "at least 4"))
    write("broken.attain", FUND.replace("m.left", "m.lft", 1))
    write("short.json", SHORT)
    done = attain(*COMMANDS[kind])
    text = (tmp_path / "report.json").read_text(encoding="utf-8") if kind == "report" else done.out
    answer: dict[str, Any] = json.loads(text)
    jsonschema.validate(answer, json.loads(schemas()[f"{kind}.json"]))
    if kind != "findings":
        assert answer["kind"] == kind


def test_every_answer_has_a_command_here() -> None:
    assert {f"{kind}.json" for kind in COMMANDS} == set(schemas())
