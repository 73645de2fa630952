"""Conditions made of conditions: `and`, `or`, `not`, `all of`, `any of`, `at least 2 of`, `is known`."""

from __future__ import annotations

from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.expressions.none import among
from attain_compiler.model.types import COUNT, FLAG, EnumType
from attain_compiler.syntax import ast


def connective(env: Env, node: ast.Connective) -> model.Expression:
    """`a and b and c`, or with `or`. Mixed, they need parentheses: readers disagree about what binds closer."""
    place = among(env, node.operators[0], node.items) if len(set(node.operators)) == 1 else env
    items = tuple(place.condition(each) for each in node.items)
    if len(set(node.operators)) > 1:
        first = node.operators[0]
        turn = next(i for i, each in enumerate(node.operators) if each != first)
        inner = env.source.slice(node.items[0].span.to(node.items[turn].span))
        shown = f"as in `({inner}) {node.operators[turn]} ...`, or the other way" if len(inner) < 60 else ""
        env.findings.error(
            "mixed-and-or",
            "`and` and `or` beside each other can be read in two ways",
            node.span,
            help=f"put parentheses around what belongs together{', ' + shown if shown else ''}",
        )
    if node.operators and node.operators[0] == "or":
        return model.Or(items, type=FLAG, span=node.span)
    return model.And(items, type=FLAG, span=node.span)


def block(env: Env, node: ast.Block) -> model.Expression:
    place = among(env, {"all": "and", "any": "or"}[node.kind], node.items) if node.kind in ("all", "any") else env
    items = tuple(place.condition(each) for each in node.items)
    match node.kind:
        case "all":
            return model.And(items, type=FLAG, span=node.span)
        case "any":
            return model.Or(items, type=FLAG, span=node.span)
        case _:
            if node.least is None:
                return env.broken(node.span)
            least = env.uncovered().wanted(node.least, COUNT)
            if isinstance(least, model.Constant) and isinstance(least.value, int) and least.value > len(items):
                env.findings.error(
                    "too-many-needed",
                    f"{least.value} of {len(items)} conditions can never hold",
                    node.least.span,
                    help=f"ask for at most {len(items)}",
                )
            return model.AtLeast(least, items, type=FLAG, span=node.span)


def negation(env: Env, node: ast.Unary) -> model.Expression:
    return model.Not(env.condition(node.operand), type=FLAG, span=node.span)


def known(env: Env, node: ast.Known) -> model.Expression:
    subject = env.uncovered().typed(node.subject)
    if isinstance(subject.type, EnumType) and subject.type.or_none:
        env.findings.error(
            "type-mismatch",
            "whether a field that may be `none` is known is another question than whether it has a value",
            node.span,
            help=f"write `is {'' if node.negated else 'not '}none`",
        )
    result = model.IsKnown(subject, type=FLAG, span=node.span)
    return model.Not(result, type=FLAG, span=node.span) if node.negated else result
