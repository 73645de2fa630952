"""What people read in a declaration: titles, sources, reasons, and texts with `{names}` in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from attain_compiler.model import program as model
from attain_compiler.model.env import Env
from attain_compiler.model.types import RecordType, Type
from attain_compiler.syntax import ast

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


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
    for found in _PLACEHOLDER.findall(text.value):
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


def _choices(names: Collection[str]) -> str:
    if not names:
        return "there is nothing here to put into a text"
    return "these can be put in: " + ", ".join(f"`{{{each}}}`" for each in list(names)[:8])


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values put in the place of their names."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group(0)), text)
