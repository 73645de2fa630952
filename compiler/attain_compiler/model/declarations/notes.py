"""What people read in a declaration: titles, sources, reasons, and texts with `{names}` in them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping

from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.types import FLAG, BandType, RecordType, Type
from attain_compiler.model.units import described
from attain_compiler.syntax import ast
from attain_compiler.syntax.placeholders import PLACEHOLDER, expressions_in


def notes(node: ast.Notes) -> model.Notes:
    sources = tuple(each.value if isinstance(each, ast.Text) else each.text for each in node.sources)
    return model.Notes(
        sources,
        node.because.value if node.because else "",
        node.advice.value if node.advice else "",
        tuple(each.value for each in node.recovered),
    )


def title(written: ast.Text | None, name: ast.Name) -> str:
    """The title, or the name where none is given."""
    return written.value if written is not None and written.value else name.text


def template(env: Env, text: ast.Text | None, names: Mapping[str, Type | None]) -> None:
    """Report every `{name}` of a text that is not among `names` (a row's fields are `{u.tenant}`)."""
    if text is None:
        return
    for found in PLACEHOLDER.findall(text.value):
        name, _, field = found.partition(".")
        if name not in names:
            meant = env.findings.nearest(name, names)
            env.findings.error(
                "unknown-placeholder",
                f"`{{{found}}}` stands for nothing",
                text.span,
                f"did you mean `{{{meant}}}`?" if meant else "",
                help=_choices(names),
            )
            continue
        type_ = names[name]
        if not field:
            continue
        fields = [each.name for each in env.heads.records[type_.id].fields] if isinstance(type_, RecordType) else []
        if field not in fields:
            meant = env.findings.nearest(field, fields)
            env.findings.error(
                "unknown-placeholder",
                f"`{{{found}}}` stands for nothing: `{name}` has no field `{field}`",
                text.span,
                f"did you mean `{{{name}.{meant}}}`?" if meant else "",
                help=_choices([f"{name}.{each}" for each in fields]),
            )


def puts(env: Env, text: ast.Text | None) -> tuple[tuple[str, model.Expression], ...]:
    """The values that the title of a rule has in braces, typed where the rule stands, by what is written there."""
    found: list[tuple[str, model.Expression]] = []
    env = dataclasses.replace(env, owner=f"{env.owner}()")  # nothing is defined by what its title shows
    for written, span, expression in expressions_in(text, frozenset(env.visible.called)) if text is not None else ():
        value = env.typed(expression) if expression is not None else None
        if value is None or value.type == FLAG or isinstance(value.type, RecordType | BandType):
            what = f" but {described(value.type)}" if value is not None else ""
            env.findings.error(
                "unknown-placeholder",
                f"`{{{written}}}` stands for no value{what}",
                span,
                help="put in a parameter or a value of the rule, as in `{points_needed}`",
            )
        else:
            found.append((written, value))
    return tuple(found)


def _choices(names: Collection[str]) -> str:
    if not names:
        return "leave it out: reports say of what it is, as in `seats(east)`; the title of a rule may hold a value"
    return "these can be put in: " + ", ".join(f"`{{{each}}}`" for each in list(names)[:8])


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values put in the place of their names."""
    return PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group(0)), text)
