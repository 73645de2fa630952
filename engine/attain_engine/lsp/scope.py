"""What is seen at a place where something is being written, and the declaration around it cannot be read: from its
words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attain_compiler.model.heads import Head
from attain_compiler.model.types import EnumType, RecordType, SetType, Type
from attain_compiler.syntax import ast
from attain_compiler.syntax.allowed import words_before
from attain_compiler.syntax.tokens import Token
from attain_engine.lsp.workspace import Analysis

_COMPARING = frozenset({"is", "not", "in", "least", "most"})
_CLOSING = {")": "(", "}": "{"}


def variables(analysis: Analysis, tokens: Sequence[Token]) -> Mapping[str, str]:
    """The variables bound in the tokens of a declaration, each with the word that says what it is: `u Usage` in its
    parameters, `Usage u` after `some`, `t in Track`."""
    found: dict[str, str] = {}
    for index in range(1, len(tokens)):
        before, here = tokens[index - 1], tokens[index]
        if before.kind == here.kind == "NAME":
            if _is_domain(analysis, before.text) and not _is_domain(analysis, here.text) and _binds(tokens, index):
                found[here.text] = before.text
            elif _is_parameter(tokens, index):
                found[before.text] = here.text
        if index >= 2 and before.text == "in" and tokens[index - 2].kind == "NAME" and here.kind == "NAME":
            found.setdefault(tokens[index - 2].text, here.text)
    return found


def record_of(analysis: Analysis, name: str) -> str | None:
    """The id of the record of this name."""
    declared = analysis.visible.declarations.get(name)
    return declared.id if declared is not None and isinstance(declared.written, ast.Record) else None


def expected_type(
    analysis: Analysis, tokens: Sequence[Token], known: Mapping[str, str], *, begins_line: bool = False
) -> Type | None:
    """The type that must stand next, where that is plain: after a comparison, for a parameter, as a key."""
    argument = call_around(tokens)
    if tokens and tokens[-1].text in ("(", ",") and argument is not None:
        head = _head(analysis, argument[0])
        if head is not None and argument[1] < len(head.formals):
            return head.formals[argument[1]].type
    if tokens and tokens[-1].text == ":":
        return _field_type(analysis, tokens)
    index = len(tokens)
    while index > 0 and tokens[index - 1].text in _COMPARING | {"at", "{"}:
        index -= 1
    if index == len(tokens):
        return _key_type(analysis, tokens, begins_line)
    found = _value_type(analysis, tokens[:index], known)
    return found.element if isinstance(found, SetType) else found


def call_around(tokens: Sequence[Token]) -> tuple[str, int] | None:
    """The name in front of the parenthesis that is open at the end, and how many commas stand in it."""
    depth, commas = 0, 0
    for index in range(len(tokens) - 1, -1, -1):
        sign = tokens[index].text
        if sign in _CLOSING:
            depth += 1
        elif sign in _CLOSING.values():
            if depth == 0:
                if sign == "(" and index > 0 and tokens[index - 1].kind == "NAME":
                    return tokens[index - 1].text, commas
                return None
            depth -= 1
        elif sign == "," and depth == 0:
            commas += 1
    return None


def record_around(tokens: Sequence[Token]) -> str | None:
    """The name in front of the brace that is open at the end, or of the table of rows that is being given."""
    depth = 0
    for index in range(len(tokens) - 1, 0, -1):
        sign = tokens[index].text
        if sign == "}":
            depth += 1
        elif sign == "{":
            if depth == 0:
                return tokens[index - 1].text
            depth -= 1
    for index in range(len(tokens) - 1, 0, -1):
        if tokens[index - 1].text == "given" and tokens[index - 1].indent >= 0:
            return tokens[index].text
    return None


def _is_domain(analysis: Analysis, name: str) -> bool:
    declared = analysis.visible.declarations.get(name)
    return declared is not None and isinstance(declared.written, ast.Record | ast.Entity | ast.Enum)


def _binds(tokens: Sequence[Token], index: int) -> bool:
    """Whether the two names that end at `index` bind a variable, and are not the field `tenant Tenant` of a record."""
    return index >= 2 and tokens[index - 2].text in words_before("binder")


def _is_parameter(tokens: Sequence[Token], index: int) -> bool:
    """Whether the two names that end at `index` are a parameter of the declaration: `(u Usage, t Track)`."""
    return (
        index >= 2
        and tokens[index - 2].text in ("(", ",")
        and (index + 1 == len(tokens) or tokens[index + 1].text in (")", ","))
    )


def _head(analysis: Analysis, name: str) -> Head | None:
    declared = analysis.visible.declarations.get(name)
    return analysis.understood.heads.values.get(declared.id) if declared is not None else None


def _field_type(analysis: Analysis, tokens: Sequence[Token]) -> Type | None:
    """The type of the field before the colon at the end, `workload` in `Usage { workload:`."""
    record = record_of(analysis, record_around(tokens) or "")
    return type_of_field(analysis, record, tokens[-2].text) if record is not None and len(tokens) > 1 else None


def type_of_field(analysis: Analysis, record: str, field: str) -> Type | None:
    found = analysis.understood.heads.records.get(record)
    return next((each.type for each in found.fields if each.name == field), None) if found is not None else None


def _value_type(analysis: Analysis, tokens: Sequence[Token], known: Mapping[str, str]) -> Type | None:
    """The type of what stands at the end: `u.workload`, `t`, `capability(t)`, `points_needed`."""
    if not tokens:
        return None
    last = tokens[-1]
    if last.text == ")":
        depth = 0
        for index in range(len(tokens) - 1, 0, -1):
            depth += (tokens[index].text == ")") - (tokens[index].text == "(")
            if depth == 0:
                head = _head(analysis, tokens[index - 1].text)
                return head.type if head is not None else None
        return None
    if len(tokens) > 2 and tokens[-2].text == ".":
        record = record_of(analysis, known.get(tokens[-3].text, ""))
        return type_of_field(analysis, record, last.text) if record is not None else None
    if last.text in known:
        return _named_type(analysis, known[last.text])
    head = _head(analysis, last.text)
    return head.type if head is not None else None


def _named_type(analysis: Analysis, name: str) -> Type | None:
    declared = analysis.visible.declarations.get(name)
    match declared.written if declared is not None else None:
        case ast.Enum():
            return EnumType(declared.id)  # type: ignore[union-attr]
        case ast.Record():
            return RecordType(declared.id)  # type: ignore[union-attr]
        case _:
            return None


def _key_type(analysis: Analysis, tokens: Sequence[Token], begins_line: bool) -> Type | None:
    """The type of the key or value of a parameter that is being written."""
    if len(tokens) < 2 or tokens[0].text != "parameter":
        return None
    head = _head(analysis, tokens[1].text)
    begin = max((index for index, each in enumerate(tokens) if each.text == "," or each.indent > 0), default=None)
    if head is None or (begin is None and not begins_line):
        return None
    number = 0 if begins_line or begin is None else len(tokens) - begin - (tokens[begin].text == ",")
    if number < len(head.formals):
        return head.formals[number].type
    return head.type if number == len(head.formals) else None
