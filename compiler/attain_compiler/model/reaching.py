"""What is to be reached that is no designation of the policy, as one: an amount, one track of a designation."""

from __future__ import annotations

from dataclasses import replace

from attain_compiler.model import program as model
from attain_compiler.model.awards import award_id
from attain_compiler.model.types import FLAG, EntityType, SetType, Value


def on_track(designation: model.Designation, track: Value) -> model.Designation:
    """The designation with this track alone: `safe(linz)`. It must have tracks."""
    assert designation.tracks is not None
    binder = designation.tracks.binder
    only = model.Constant(track, type=binder.type, span=binder.span)
    domain = model.SetOf((only,), type=SetType(binder.type), span=binder.span)
    tracks = model.Tracks(replace(binder, domain=domain), None, span=designation.tracks.span)
    inside = designation.id[:-1].rpartition("(") if designation.id.endswith(")") else (designation.id, "", "")
    id_ = award_id(inside[0], (*((inside[2],) if inside[1] else ()), track))
    return replace(designation, id=id_, tracks=tracks)


def track_of(designation: model.Designation) -> Value | None:
    """The track of a designation that was made of one alone; None of any other."""
    match designation.tracks:
        case model.Tracks(binder=model.Binder(domain=model.SetOf((model.Constant(value),)))):
            return value
        case _:
            return None


def is_award_of_each(designation: model.Designation) -> bool:
    """Whether there is an award for each identifier that facts name: `any for s in Site`."""
    tracks = designation.tracks
    if tracks is None or tracks.by is not None or track_of(designation) is not None:
        return False
    return isinstance(tracks.binder.type, EntityType)


def reaching(id_: str, title: str, value: model.Expression, sign: str, bound: model.Constant) -> model.Designation:
    """The designation that is met where the value of the declaration `id_` is `at least` the bound, or `at most`."""
    operator: model.Comparison = ">=" if sign == "at least" else "<="
    condition = model.Compare(operator, value, bound, type=FLAG, span=value.span)
    amount = model.Requirement("amount", title, condition, model.Notes(), span=value.span)
    name = f"{id_}_{sign.replace(' ', '_')}"
    return model.Designation(name, title, model.Notes(), None, (amount,), (), (), span=value.span)
