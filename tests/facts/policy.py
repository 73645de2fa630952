"""A policy with fields of every type, put together by hand: what facts mean does not hang on how a policy is read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from attain_compiler.model.program import (
    Constant,
    Declared,
    Define,
    Entity,
    Enum,
    EnumMember,
    Field,
    Formal,
    Measure,
    Notes,
    Program,
    Record,
    Score,
)
from attain_compiler.model.types import (
    COUNT,
    DATE,
    DURATION,
    FLAG,
    MONTH,
    NUMBER,
    PERCENT,
    POINTS,
    TEXT,
    EntityType,
    EnumType,
    EnumValue,
    Quantity,
    RecordType,
    SetType,
    Type,
    Value,
)
from attain_compiler.source import Span
from attain_engine.facts import Facts, FactsProblem, load_facts, render_problems

HERE = Span("club.attain", 0, 0)
USD = Quantity("money", "USD")
TRACK, LEVEL, PERSON = EnumType("club.Track"), EnumType("club.Level"), EntityType("club.Person")
SMB, ENTERPRISE = EnumValue("club.Track", "smb"), EnumValue("club.Track", "enterprise")


def enum(name: str, *values: tuple[str, str, tuple[str, ...]]) -> Enum:
    enum_id = f"club.{name}"
    members = tuple(
        EnumMember(EnumValue(enum_id, value), title, synonyms, Notes(), span=HERE) for value, title, synonyms in values
    )
    return Enum(enum_id, name, Notes(), members, span=HERE)


def field(
    name: str,
    of: Type,
    *,
    optional: bool = False,
    or_never: bool = False,
    default: Value | None = None,
    low: Value | None = None,
    high: Value | None = None,
) -> Field:
    return Field(name, of, name, optional, or_never, default, low, high, span=HERE)


def record(name: str, *fields: Field, unique: tuple[tuple[str, ...], ...] = (), single: bool = False) -> Record:
    return Record(f"club.{name}", name, Notes(), single, fields, unique, span=HERE)


def formal(number: int, name: str, of: Type) -> Formal:
    return Formal(number, name, of, span=HERE)


def measure(name: str, of: Type, *parameters: Formal, low: Value | None = None, high: Value | None = None) -> Measure:
    return Measure(f"club.{name}", name, Notes(), parameters, of, low, high, NOTHING, span=HERE)


def define(name: str, of: Type, *parameters: Formal) -> Define:
    return Define(f"club.{name}", name, Notes(), parameters, of, NOTHING, span=HERE)


def by_id(*declared: Any) -> Mapping[str, Any]:
    return {each.id: each for each in declared if isinstance(each, Declared)}


NOTHING = Constant(0, span=HERE, type=COUNT)

USAGE = record(
    "Usage",
    field("tenant", EntityType("club.Tenant")),
    field("track", TRACK),
    field("month", MONTH),
    field("seats", COUNT, low=0, high=1_000),
    field("trial", FLAG, default=False),
    unique=(("tenant", "month"),),
)
CERTIFICATE = record(
    "ExamResult",
    field("holder", PERSON),
    field("passed", DATE, low=datetime.date(2000, 1, 1)),
    field("expires", DATE, or_never=True),
    field("score", NUMBER, optional=True),
    field("share", PERCENT, optional=True, low=0, high=Fraction(3, 2)),
    field("fee", USD, default=Fraction(25, 2)),
    field("notice", DURATION, optional=True),
    field("worth", POINTS, optional=True),
    field("tries", COUNT, optional=True),
    field("remark", TEXT, optional=True),
    field("tracks", SetType(TRACK), optional=True),
    field("level", LEVEL, optional=True),
)
VISIT = record(
    "Visit", field("room", EntityType("club.Room")), field("guest", PERSON, optional=True), unique=(("room", "guest"),)
)
MEMBERSHIP = record("Membership", field("anniversary", DATE), single=True)

PROGRAM = Program(
    main="club",
    files={},
    policies={},
    enums=by_id(
        enum("Track", ("smb", "Small and medium", ("SMB", "Small business")), ("enterprise", "Enterprise", ())),
        enum("Level", ("low", "Basic", ("entry",)), ("high", "Advanced", ("entry",)), ("entry2", "low", ())),
    ),
    entities=by_id(
        Entity("club.Tenant", "Tenant", Notes(), span=HERE), Entity("club.Person", "Person", Notes(), span=HERE)
    ),
    records=by_id(USAGE, CERTIFICATE, MEMBERSHIP, VISIT),
    tables={},
    readings={},
    defines=by_id(
        define("authorised", FLAG),
        define("starts", DATE, formal(0, "p", PERSON)),
        define("eligible", FLAG, formal(0, "u", RecordType("club.Usage"))),
    ),
    exclusions={},
    measures=by_id(
        measure("net_adds", COUNT, formal(0, "t", TRACK)),
        measure("growth", NUMBER, formal(0, "t", TRACK), formal(1, "m", MONTH)),
        measure("rate", PERCENT, low=0, high=1),
        measure("revenue", USD),
        measure("certified", COUNT, formal(0, "p", PERSON), low=0, high=500),
        measure("over", COUNT, formal(0, "n", COUNT), formal(1, "x", FLAG)),
    ),
    scores=by_id(Score("club.capability", "Capability", Notes(), (), NOTHING, (), span=HERE)),
    designations={},
    changes={},
    examples={},
    claims={},
    reports={},
)


def read(
    folder: Path, files: str | bytes | Mapping[str, str | bytes], *sets: str
) -> tuple[Facts | None, list[FactsProblem]]:
    """Load one JSON file (a text) or the files of a folder. Places in problems are relative to `folder`."""
    path = folder / "contoso"
    if isinstance(files, str | bytes):
        path = path.with_suffix(".json")
        put(path, files)
    else:
        path.mkdir()
        for name, content in files.items():
            put(path / name, content)
    facts, problems = load_facts(PROGRAM, path, sets=sets)
    return facts, [_relative(problem, folder) for problem in problems]


def put(path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def _relative(problem: FactsProblem, folder: Path) -> FactsProblem:
    return replace(problem, file=problem.file.removeprefix(f"{folder}/"))


def said(problems: list[FactsProblem]) -> list[str]:
    """What is said about each: place, code, spot, message, and after `/` the help."""
    return [
        render_problems([problem], "concise").rstrip("\n") + (f" / {problem.help}" if problem.help else "")
        for problem in problems
    ]
