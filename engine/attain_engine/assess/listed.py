"""What a policy has that can be asked for: designations, scores, measures, readings, changes; and its JSON."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from attain_compiler.model import program as model
from attain_engine.assess.assess import designations_of
from attain_engine.assess.clauses import place_of, text_of
from attain_engine.assess.models import Report
from attain_engine.evaluate.designations import requirements_of

_Declared = TypeVar("_Declared", bound=model.Declared)


class ListedParameter(Report):
    """A parameter of a declaration: its name, and its type as the policy writes it (`Track`, `month`)."""

    name: str
    type: str


class Listed(Report):
    """A declaration: `id` is unique, `place` its file and line."""

    id: str
    name: str
    title: str
    place: str


class ListedRequirement(Report):
    path: str
    title: str


class ListedDesignation(Listed):
    """`tracks` says over what its tracks run (empty where it has none); `tiers` are lowest first."""

    tracks: str
    tiers: tuple[str, ...]
    requirements: tuple[ListedRequirement, ...]


class ListedScore(Listed):
    parameters: tuple[ListedParameter, ...]
    parts: tuple[str, ...]


class ListedMeasure(Listed):
    """Its value can be given with `--set` (`net_adds.smb=66`); `type` is what it counts in (`count`, `points`, ...)."""

    parameters: tuple[ListedParameter, ...]
    type: str


class ListedReading(Listed):
    """`default` is the alternative that counts where none is chosen with `--reading`."""

    default: str
    alternatives: tuple[str, ...]


class ListedChange(Listed):
    """`parameters` are what it is made for; `amount`: it can be made several times at once."""

    parameters: tuple[ListedParameter, ...]
    amount: bool


class PolicyContents(BaseModel):
    """What `attain list` answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: Literal[1] = 1
    kind: Literal["contents"] = "contents"
    policy: str
    policy_title: str
    in_force_from: datetime.date | None
    in_force_to: datetime.date | None
    designations: tuple[ListedDesignation, ...]
    scores: tuple[ListedScore, ...]
    measures: tuple[ListedMeasure, ...]
    readings: tuple[ListedReading, ...]
    changes: tuple[ListedChange, ...]
    records: tuple[Listed, ...]


def contents(program: model.Program) -> PolicyContents:
    """What a policy has, with what it imports, in the order of the files."""
    policy = program.policies[program.main]
    return PolicyContents(
        policy=policy.id,
        policy_title=policy.title,
        in_force_from=policy.force_from,
        in_force_to=policy.force_to,
        designations=tuple(_designation(program, each) for each in designations_of(program)),
        scores=tuple(
            ListedScore(
                **_head(program, each),
                parameters=_parameters(program, each.parameters),
                parts=tuple(part.name for part in each.parts),
            )
            for each in _in_order(program.scores)
        ),
        measures=tuple(
            ListedMeasure(**_head(program, each), parameters=_parameters(program, each.parameters), type=str(each.type))
            for each in _in_order(program.measures)
        ),
        readings=tuple(
            ListedReading(
                **_head(program, each),
                default=each.default,
                alternatives=tuple(one.name for one in each.alternatives),
            )
            for each in _in_order(program.readings)
        ),
        changes=tuple(
            ListedChange(
                **_head(program, each),
                parameters=_parameters(program, each.parameters),
                amount=each.amount is not None,
            )
            for each in _in_order(program.changes)
        ),
        records=tuple(Listed(**_head(program, each)) for each in _in_order(program.records)),
    )


def _in_order(declared: Mapping[str, _Declared]) -> list[_Declared]:
    return list(declared.values())


def _head(program: model.Program, declared: model.Declared) -> dict[str, str]:
    place = place_of(program, declared.span)
    return {"id": declared.id, "name": declared.name, "title": declared.title, "place": place}


def _parameters(program: model.Program, formals: tuple[model.Formal, ...]) -> tuple[ListedParameter, ...]:
    return tuple(
        ListedParameter(name=each.name, type=text_of(program, each).removeprefix(each.name).strip()) for each in formals
    )


def _designation(program: model.Program, designation: model.Designation) -> ListedDesignation:
    tracks = designation.tracks
    return ListedDesignation(
        **_head(program, designation),
        tracks="" if tracks is None else text_of(program, tracks.binder),
        tiers=tuple(each.name for each in designation.tiers),
        requirements=tuple(
            ListedRequirement(path=each.path, title=each.title) for each in requirements_of(designation)
        ),
    )
