"""Designations, their tracks, requirements, options and tiers."""

from __future__ import annotations

from attain_compiler.syntax import ast
from attain_compiler.syntax.build.clauses import formal, notes, own_name
from attain_compiler.syntax.build.parts import Written, all_of, at_most_one, expressions, first_of, the
from attain_compiler.syntax.making import Make


def designation(it: Written) -> ast.Designation:
    return ast.Designation(
        own_name(it.parts),
        formal(it.parts),
        first_of(it.parts, ast.Text),
        at_most_one(it.parts, ast.Tracks, "what it is assessed on", it.report),
        all_of(it.parts, ast.Require),
        all_of(it.parts, ast.Option),
        all_of(it.parts, ast.Tier),
        notes(it),
        span=it.span,
    )


def tracks_best(it: Written) -> ast.Tracks:
    return ast.Tracks(the(it.parts, ast.Binder), expressions(it.parts)[0], span=it.span)


def tracks_any(it: Written) -> ast.Tracks:
    return ast.Tracks(the(it.parts, ast.Binder), None, span=it.span)


def require(it: Written) -> ast.Require:
    return ast.Require(
        own_name(it.parts), first_of(it.parts, ast.Text), expressions(it.parts)[0], notes(it), span=it.span
    )


def option(it: Written) -> ast.Option:
    return ast.Option(
        own_name(it.parts), first_of(it.parts, ast.Text), all_of(it.parts, ast.Require), notes(it), span=it.span
    )


def tier(it: Written) -> ast.Tier:
    return ast.Tier(
        own_name(it.parts),
        first_of(it.parts, ast.Text),
        all_of(it.parts, ast.Require),
        all_of(it.parts, ast.Option),
        notes(it),
        span=it.span,
    )


MAKERS: dict[str, Make] = {
    "designation": designation,
    "tracks_best": tracks_best,
    "tracks_any": tracks_any,
    "require": require,
    "option": option,
    "tier": tier,
}
