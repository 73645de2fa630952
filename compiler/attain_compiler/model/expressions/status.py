"""Asking for the status of a designation or a requirement: `is met`, `is gold`, `at least silver`."""

from __future__ import annotations

import dataclasses

from attain_compiler.diagnostics.model import Label
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.names import arguments_for
from attain_compiler.model.heads import DesignationHead, Head
from attain_compiler.model.program.expressions import StatusWord
from attain_compiler.model.types import FLAG
from attain_compiler.source import Span
from attain_compiler.syntax import ast

MOST_MEANT = 3
"""So many requirements are offered where a name alone could be any of them."""


@frozen
class Asked:
    """What is asked about: a designation, on a track perhaps, or one of its requirements."""

    designation: DesignationHead
    arguments: tuple[ast.Expression, ...]
    path: tuple[ast.Name, ...]
    name: Span


def asked(env: Env, node: ast.Expression) -> Asked | None:
    """The designation or requirement that an expression names; None where it names something else."""
    path: list[ast.Name] = []
    subject = node
    while isinstance(subject, ast.Member):
        path.append(subject.field)
        subject = subject.subject
    match subject:
        case ast.Reference(name=name, qualifier=None):
            arguments: tuple[ast.Expression, ...] = ()
        case ast.Reference(name=field, qualifier=ast.Name() as name):
            arguments = ()
            path.append(field)
        case ast.Call(name=name, arguments=arguments):
            pass
        case _:
            return None
    declared = env.visible.declarations.get(name.text)
    if name.text in env.locals or declared is None or not isinstance(declared.written, ast.Designation):
        return None
    env.use(declared.id, name.span)
    return Asked(env.heads.designations[declared.id], arguments, tuple(reversed(path)), name.span)


def status(env: Env, node: ast.Status) -> model.Expression:
    """`modern_work is met`, `pci.total is not met`."""
    env = env.uncovered()
    found = asked(env, node.subject)
    nothing = model.Constant(True, type=FLAG, span=node.span)
    if found is None:
        _no_designation(env, node.subject)
        return nothing
    requirement = _requirement(env, found)
    arguments, track = _arguments(env, found)
    word: StatusWord = "undetermined" if node.word == "undetermined" else "met"
    result: model.Expression = model.StatusIs(
        found.designation.id, word, None, requirement, track, arguments, type=FLAG, span=node.span
    )
    if (node.word == "failed") != node.negated:
        result = model.Not(result, type=FLAG, span=node.span)
    return result


def _no_designation(env: Env, subject: ast.Expression) -> None:
    """Report a status asked of something that has none."""
    name = subject
    while isinstance(name, ast.Member):
        name = name.subject
    match name:
        case ast.Reference(name=written) | ast.Call(name=written):
            declared = env.visible.declarations.get(written.text)
            if written.text in env.visible.broken:
                return
            if declared is None and written.text not in env.locals:
                known = env.visible.of_kind(ast.Designation)
                message = f"no designation is called `{written.text}`"
                env.findings.unknown(message, written.span, written.text, known)
                return
        case _:
            declared = None
    env.findings.error(
        "not-a-designation",
        "only designations and their requirements are met or not",
        subject.span,
        secondary=(Label(declared.span, f"this is a {declared.kind}"),) if declared else (),
        help="write a condition by itself, without `is met`",
    )


def award(env: Env, found: Asked, node: ast.Comparison) -> model.Expression:
    """`pci is gold`, `pci at least silver`, `pci less than gold`."""
    nothing = model.Constant(True, type=FLAG, span=node.span)
    head = found.designation
    label = (Label(head.span, "declared here"),)
    arguments, track = _arguments(env, found)
    if found.path:
        _requirement(env, found)
        env.findings.error(
            "not-a-value",
            "a requirement is met or not, it has no tier",
            node.span,
            secondary=label,
            help=f"write `{env.source.slice(node.left.span)} is met`",
        )
        return nothing
    if not isinstance(node.right, ast.Reference):
        env.findings.error(
            "type-mismatch",
            f"a designation is compared with one of its tiers: `{head.name}`",
            node.right.span,
            secondary=label,
            help=f"write `{head.name} is met`" + (f" or `{head.name} at least {head.tiers[0]}`" if head.tiers else ""),
        )
        return nothing
    tier = node.right.name
    if tier.text not in head.tiers:
        env.findings.unknown(
            f"`{head.name}` has no tier `{tier.text}`" if head.tiers else f"`{head.name}` has no tiers",
            tier.span,
            tier.text,
            [*head.tiers, "met"],
            label,
            help="" if head.tiers else f"write `{head.name} is met`",
        )
        return nothing
    if node.operator not in ("is", "is not", "at least", "less than"):
        env.findings.error(
            "wrong-comparison",
            f"`{node.operator}` does not compare tiers",
            node.span,
            secondary=label,
            help="write `is`, `is not`, `at least` or `less than`",
        )
        return nothing
    award: StatusWord = "exactly" if node.operator in ("is", "is not") else "at least"
    result = model.StatusIs(head.id, award, tier.text, None, track, arguments, type=FLAG, span=node.span)
    if node.operator in ("is not", "less than"):
        return model.Not(result, type=FLAG, span=node.span)
    return result


def _requirement(env: Env, found: Asked) -> str | None:
    """The path of the requirement that is asked about, None where it is the designation itself."""
    if not found.path:
        return None
    path = ".".join(each.text for each in found.path)
    head = found.designation
    if path not in head.paths:
        span = found.path[0].span.to(found.path[-1].span)
        message = f"no requirement `{path}` in `{head.name}`"
        inside = [each for each in head.paths if each.endswith(f".{path}")]
        better = f"{head.name} at least {path}" if path in head.tiers else ""
        better = better or " or ".join(f"{head.name}.{each}" for each in inside[:MOST_MEANT])
        label = (Label(head.span, "its requirements are declared here"),)
        if better:
            env.findings.error("unknown-name", message, span, secondary=label, help=f"write `{better}`")
        else:
            env.findings.unknown(message, span, path, head.paths, label)
    return path


def _arguments(env: Env, found: Asked) -> tuple[tuple[model.Expression, ...], model.Expression | None]:
    """What is awarded for what, where it is awarded for each of something, and the track that is asked about."""
    head = found.designation
    number = len(head.formals)
    shape = Head(head.id, "designation", head.formals, FLAG, head.span)
    arguments = arguments_for(env, shape, found.arguments[:number], found.name) if number else ()
    return arguments, _track(env, dataclasses.replace(found, arguments=found.arguments[number:]))


def _track(env: Env, found: Asked) -> model.Expression | None:
    """The track that is asked about, None where the designation chooses it."""
    head = found.designation
    if not found.arguments:
        return None
    label = Label(head.span, "declared here")
    if head.track is None or len(found.arguments) > 1:
        env.findings.error(
            "wrong-arguments",
            f"`{head.name}` takes no arguments" if head.track is None else f"`{head.name}` takes one track",
            found.name,
            secondary=(label,),
            help=f"write `{head.name}`" if head.track is None else f"write `{head.name}(TRACK) is met`",
        )
        return None
    return env.wanted(found.arguments[0], head.track, label)
