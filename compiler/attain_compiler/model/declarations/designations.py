"""Designations: tracks, requirements, options and tiers."""

from __future__ import annotations

from attain_compiler.model import program as model
from attain_compiler.model.declarations.notes import notes, puts, title
from attain_compiler.model.declarations.signatures import inside
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.rows import bound
from attain_compiler.model.types import RecordType
from attain_compiler.model.units import described, is_broken, ordered
from attain_compiler.syntax import ast


def designation(env: Env, id_: str, node: ast.Designation) -> model.Designation:
    """The parameters are variables 0, 1, ..., and the track, if there are tracks, is the next."""
    formals = env.heads.designations[id_].formals
    env = inside(env, formals, tuple(each.name for each in node.parameters))
    tracks: model.Tracks | None = None
    if node.tracks is not None:
        env, binder = bound(env, node.tracks.binder)
        if isinstance(binder.type, RecordType):
            env.findings.error(
                "type-mismatch",
                f"a track has a name of its own, and {described(binder.type)} has none",
                node.tracks.binder.span,
                help="let the rows name an entity, and write `any for s in Site`; or ask `some Visit v where ...`",
            )
        by = env.typed(node.tracks.by) if node.tracks.by is not None else None
        if by is not None and node.tracks.by is not None and not ordered(by.type) and not is_broken(by.type):
            env.findings.error(
                "type-mismatch",
                f"the best track is the one with most of something, and this is {described(by.type)}",
                node.tracks.by.span,
                f"this is {described(by.type)}",
                help="name a score or a measure",
            )
        tracks = model.Tracks(binder, by, span=node.tracks.span)
    if not node.requirements and not node.options and not node.tiers:
        env.findings.error(
            "nothing-required",
            f"`{node.name.text}` requires nothing",
            node.name.span,
            help='add a line `require NAME "title" CONDITION`',
        )
    return model.Designation(
        id_,
        title(node.title, node.name),
        notes(node.notes),
        tracks,
        tuple(_requirement(env, "", each) for each in node.requirements),
        tuple(_option(env, "", each) for each in node.options),
        tuple(_tier(env, each) for each in node.tiers),
        formals,
        span=node.span,
    )


def _requirement(env: Env, prefix: str, node: ast.Require) -> model.Requirement:
    condition = env.condition(node.condition)
    path = prefix + node.name.text
    return model.Requirement(
        path, title(node.title, node.name), condition, notes(node.notes), puts(env, node.title), span=node.span
    )


def _option(env: Env, prefix: str, node: ast.Option) -> model.Option:
    inner = f"{prefix}{node.name.text}."
    requirements = tuple(_requirement(env, inner, each) for each in node.requirements)
    return model.Option(node.name.text, title(node.title, node.name), requirements, notes(node.notes), span=node.span)


def _tier(env: Env, node: ast.Tier) -> model.Tier:
    inner = f"{node.name.text}."
    return model.Tier(
        node.name.text,
        title(node.title, node.name),
        tuple(_requirement(env, inner, each) for each in node.requirements),
        tuple(_option(env, inner, each) for each in node.options),
        notes(node.notes),
        span=node.span,
    )
