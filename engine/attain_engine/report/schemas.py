"""The JSON Schemas (2020-12) of all answers that Attain gives as JSON: `docs/schemas` holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

from attain_engine.assess.lines import Worksheet
from attain_engine.assess.listed import PolicyContents
from attain_engine.assess.models import Assessment
from attain_engine.assess.why import Explanation
from attain_engine.compare.models import Comparison
from attain_engine.forecast.models import Forecast
from attain_engine.plan.models import Plan
from attain_engine.questions.models import Closest, Front, Most, Nearest, Sensitivity, WhatIf
from attain_engine.report.full import FullReport

ANSWERS: Final[Mapping[str, type[BaseModel]]] = {
    "assessment": Assessment,
    "plan": Plan,
    "why": Explanation,
    "worksheet": Worksheet,
    "report": FullReport,
    "contents": PolicyContents,
    "nearest": Nearest,
    "front": Front,
    "most": Most,
    "closest": Closest,
    "sensitivity": Sensitivity,
    "what-if": WhatIf,
    "forecast": Forecast,
}
"""The answers that are models, by what `kind` says in their JSON."""

_POSITION: Final = {
    "type": "object",
    "properties": {name: {"type": "integer", "minimum": 0} for name in ("line", "column", "offset")},
    "required": ["line", "column", "offset"],
    "additionalProperties": False,
}
_PLACE: Final = {"path": {"type": "string"}, "start": _POSITION, "end": _POSITION}
_TEXT: Final = {"type": "string"}


def _object(properties: Mapping[str, Any], optional: frozenset[str] = frozenset({"start", "end"})) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def findings_schema() -> dict[str, Any]:
    """What `attain check` and `attain test` write with `--output-format json`."""
    fix = _object({"title": _TEXT, "replacement": _TEXT, "certain": {"type": "boolean"}, **_PLACE})
    diagnostic = {
        "code": _TEXT,
        "severity": {"enum": ["error", "warning", "note"]},
        "message": _TEXT,
        **_PLACE,
        "label": _TEXT,
        "help": _TEXT,
        "secondary": {"type": "array", "items": _object({**_PLACE, "label": _TEXT})},
        "fix": {"anyOf": [fix, {"type": "null"}]},
    }
    count = {"type": "integer", "minimum": 0}
    document = {
        "format_version": {"const": 1},
        "diagnostics": {"type": "array", "items": _object(diagnostic)},
        "summary": _object({"errors": count, "warnings": count, "notes": count}),
        "coverage": {"type": "object"},
    }
    return {"title": "Findings", **_object(document, frozenset({"coverage"}))}


def comparisons_schema() -> dict[str, Any]:
    """What `attain diff` writes: a comparison for each policy that both sides have."""
    comparison = Comparison.model_json_schema(mode="serialization")
    definitions = comparison.pop("$defs")
    document = {
        "format_version": {"const": 1},
        "kind": {"const": "comparisons"},
        "policies": {"type": "array", "items": {"$ref": "#/$defs/Comparison"}},
        "on_one_side": {"type": "array", "items": _TEXT},
    }
    return {"title": "Comparisons", "$defs": {**definitions, "Comparison": comparison}, **_object(document)}


def schemas() -> dict[str, str]:
    """The schemas as the text of files, by their names."""
    return texts(ANSWERS) | _written({"findings": findings_schema(), "comparisons": comparisons_schema()})


def texts(answers: Mapping[str, type[BaseModel]]) -> dict[str, str]:
    """The schemas of models as the text of files, by their names."""
    return _written({kind: answer.model_json_schema(mode="serialization") for kind, answer in answers.items()})


def _written(found: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"{kind}.json": json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2, ensure_ascii=False
        )
        + "\n"
        for kind, schema in found.items()
    }
