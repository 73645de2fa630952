"""What an example expects of the best plan: resolved, with constants for everything that it names."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.awards import award_id
from attain_compiler.model.constants import constant, folded, not_constant
from attain_compiler.model.declarations.signatures import formals
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.names import arguments_for
from attain_compiler.model.heads import DesignationHead, Head
from attain_compiler.model.reaching import reaching
from attain_compiler.model.types import COUNT, FLAG, NUMBER, Quantity, RecordType, Value
from attain_compiler.model.units import described, is_broken
from attain_compiler.syntax import ast


def plan_expected(env: Env, node: ast.PlanExpectation) -> model.PlanExpected | None:
    """The expectation; None where it was wrong, which is reported."""
    target: tuple[str | None, str | None] | None = (None, None)
    track: model.Constant | None = None
    reach: model.Designation | None = None
    if node.target is not None and node.target.amount is not None:
        reach = _amount(env, node.target, node.target.amount)
        target = target if reach is not None else None
    elif node.target is not None:
        target = _target(env, node.target)
        track = _track(env, node.target)
    cost: model.Constant | None = None
    steps: tuple[model.PlannedStep | None, ...] = ()
    match node:
        case ast.PlanCosts(amount=amount):
            cost = _cost(env, amount)
            if cost is None:
                return None
        case ast.PlanHas(steps=written):
            steps = tuple(_step(env, each) for each in written)
        case ast.NoPlan():
            pass
    known = tuple(each for each in steps if each is not None)
    if target is None or len(known) < len(steps):
        return None
    return model.PlanExpected(*target, cost, known, reach, track, span=node.span)


def _target(env: Env, node: ast.PlanTarget) -> tuple[str | None, str | None] | None:
    name = node.designation
    declared = env.visible.declarations.get(name.text)
    if declared is None or not isinstance(declared.written, ast.Designation):
        if name.text not in env.visible.broken:
            known = env.visible.of_kind(ast.Designation)
            env.findings.unknown(f"no designation is called `{name.text}`", name.span, name.text, known)
        return None
    env.use(declared.id, name.span)
    tiers = [each.name.text for each in declared.written.tiers]
    if node.tier is not None and node.tier.text not in tiers:
        env.findings.unknown(
            f"no tier `{node.tier.text}` in `{name.text}`",
            node.tier.span,
            node.tier.text,
            tiers,
            (Label(declared.span, "its tiers are declared here"),),
        )
        return None
    id_ = _award(env, node, env.heads.designations[declared.id])
    return None if id_ is None else (id_, node.tier.text if node.tier is not None else None)


def _award(env: Env, node: ast.PlanTarget, head: DesignationHead) -> str | None:
    """The id of the designation that is to be reached; None where its arguments are wrong, which is reported."""
    shape = Head(head.id, "designation", head.formals, FLAG, head.span)
    arguments = node.arguments or ()
    if head.track is not None and len(arguments) == len(head.formals) + 1:
        arguments = arguments[:-1]  # the last is a track
    given = arguments_for(env, shape, arguments, node.designation.span)
    values = [folded(each) for each in given]
    if len(values) != len(head.formals) or len(arguments) != len(values):
        return None
    for each, value in zip(given, values, strict=True):
        if value is None:
            not_constant(env, each.span)
    if None in values:
        return None
    return award_id(head.id, tuple(each for each in values if each is not None)) if values else head.id


def _track(env: Env, node: ast.PlanTarget) -> model.Constant | None:
    """The track on which the designation is to be reached, if one is named."""
    declared = env.visible.declarations.get(node.designation.text)
    head = env.heads.designations.get(declared.id) if declared is not None else None
    arguments = node.arguments or ()
    if head is None or head.track is None or len(arguments) != len(head.formals) + 1:
        return None
    found = constant(env, arguments[-1], head.track)
    return None if found is None else model.Constant(found, type=head.track, span=arguments[-1].span)


def _amount(env: Env, node: ast.PlanTarget, amount: ast.Expression) -> model.Designation | None:
    """`benefit at least 200 USD`."""
    name = node.designation
    written: ast.Expression = ast.Reference(name, span=name.span)
    if node.arguments is not None:
        written = ast.Call(name, node.arguments, span=name.span)
    found = env.typed(written)
    if not isinstance(found.type, Quantity):
        if not is_broken(found.type):
            env.mismatch(written, found.type, NUMBER)
        return None
    bound = constant(env, amount, found.type)
    if bound is None:
        return None
    declared = env.visible.declarations[name.text]
    title = getattr(declared.written, "title", None)
    shown = title.value if title is not None and "{" not in title.value else env.source.slice(name.span)
    limit = model.Constant(bound, type=found.type, span=amount.span)
    return reaching(declared.id, f"{shown} {node.sign} {env.source.slice(amount.span)}", found, node.sign, limit)


def _cost(env: Env, node: ast.Expression) -> model.Constant | None:
    found = env.typed(node)
    money = isinstance(found.type, Quantity) and found.type.kind == "money"
    if is_broken(found.type):
        return None
    if not money:
        env.findings.error(
            "unit-mismatch" if isinstance(found.type, Quantity) else "type-mismatch",
            f"a cost is money, and this is {described(found.type)}",
            node.span,
            f"this is {described(found.type)}",
            help="write the currency, as in `165 USD`",
        )
        return None
    value = folded(found)
    if value is None:
        not_constant(env, node.span)
        return None
    return model.Constant(value, type=found.type, span=node.span)


def _step(env: Env, node: ast.Planned) -> model.PlannedStep | None:
    declared = env.visible.changes.get(node.change.text)
    if declared is None:
        if node.change.text not in env.visible.broken:
            known = env.visible.of_kind(ast.Change)
            env.findings.unknown(f"no change is called `{node.change.text}`", node.change.span, node.change.text, known)
        return None
    env.use(declared.id, node.change.span)
    times: int | None = None
    if node.times is not None:
        found = constant(env, node.times, COUNT)
        if not isinstance(found, int):
            return None
        times = found
        if times < 0:
            env.findings.error("out-of-bounds", "a plan has a change 0 times or more", node.times.span)
            return None
    arguments: tuple[Value, ...] | None = None
    if node.arguments is not None:
        assert isinstance(declared.written, ast.Change)
        arguments = _arguments(env, node, declared.written)
        if arguments is None:
            return None
    return model.PlannedStep(declared.id, arguments, times, span=node.span)


def _arguments(env: Env, node: ast.Planned, change: ast.Change) -> tuple[Value, ...] | None:
    parameters = formals(env, change.parameters)
    label = Label(change.name.span, "declared here")
    given = node.arguments or ()
    if len(given) != len(parameters):
        names = ", ".join(each.name for each in parameters)
        env.findings.error(
            "wrong-arguments",
            f"`{change.name.text}` takes {len(parameters) or 'no'} argument{'' if len(parameters) == 1 else 's'}",
            node.span,
            secondary=(label,),
            help=f"write `{change.name.text}({names})`" if names else f"write `{change.name.text}`",
        )
        return None
    found: list[Value] = []
    for written, formal in zip(given, parameters, strict=True):
        if isinstance(formal.type, RecordType):
            env.findings.error(
                "not-given",
                f"`{formal.name}` is {described(formal.type)}, and rows have no names here",
                written.span,
                secondary=(label,),
                help=f"leave the arguments out: `{change.name.text}` stands for all of its rows together",
            )
            return None
        value = constant(env, written, formal.type, Label(formal.span, "its parameter is declared here"))
        if value is None:
            return None
        found.append(value)
    return tuple(found)
