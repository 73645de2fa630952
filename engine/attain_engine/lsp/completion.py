"""Completion: the words and names that may stand where the cursor is, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attain_compiler.frozen import frozen
from attain_compiler.model.types import EnumType, SetType, Type
from attain_compiler.model.units import described, fits
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.allowed import Allowed, allowed_at
from attain_compiler.syntax.tokens import Token
from attain_engine.lsp import scope
from attain_engine.lsp.half_written import without_broken_lines
from attain_engine.lsp.parts import symbol_of
from attain_engine.lsp.symbols import Kind
from attain_engine.lsp.workspace import Analysis, Workspace
from attain_engine.policies import SUFFIX

_TYPES = ("count", "number", "points", "percent", "date", "month", "duration", "flag", "text")


@frozen
class Completion:
    """`text` instead of that of `span`, with `$1` where an argument is to be written; `rank` puts the likely ones
    first."""

    label: str
    kind: Kind | Literal["word", "type", "file"]
    detail: str
    span: Span
    text: str
    rank: int = 2


def completions(workspace: Workspace, path: str, offset: int) -> tuple[Completion, ...]:
    analysis = without_broken_lines(workspace, path, offset)
    if analysis is None:
        return ()
    allowed = allowed_at(path, analysis.source.text, offset)
    if allowed is None:
        return ()
    found = {each.label: each for each in _words(allowed)}
    if allowed.name:
        for each in _names(workspace, analysis, allowed):
            found.setdefault(each.label, each)
    fitting = [each for each in found.values() if _fits(analysis.source.slice(each.span), each.label)]
    return tuple(sorted(fitting, key=lambda each: (each.rank, each.label)))


def _fits(written: str, label: str) -> bool:
    """Whether the letters that are written stand in a name in this order, the first where a word of it begins."""
    letters, name = written.casefold(), label.casefold()
    begins = [index for index in range(len(name)) if index == 0 or name[index - 1] in " _-"]
    return not letters or any(name[begin] == letters[0] and _in_order(letters, name[begin:]) for begin in begins)


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(each in rest for each in letters)


def _words(allowed: Allowed) -> Iterator[Completion]:
    for each in allowed.phrases:
        yield Completion(each.text, "word", "", each.span, each.text, 3)


def _names(workspace: Workspace, analysis: Analysis, allowed: Allowed) -> Iterator[Completion]:
    """The names that may stand here: what the grammar allows decides, then the words before."""
    tokens, things = allowed.tokens, allowed.things
    before = tokens[-1].text if tokens else ""
    if before == "import":
        yield from _modules(workspace, analysis, allowed)
    elif before == ".":
        yield from _members(analysis, allowed)
    elif "type" in things or "_plain_type" in things:
        for each in _TYPES:
            yield Completion(each, "type", "", allowed.span, each)
        yield from _declared(analysis, allowed, (ast.Enum, ast.Entity, ast.Record))
    elif "binder" in things:
        yield from _declared(analysis, allowed, (ast.Record, ast.Entity, ast.Enum))
    elif before == "the":
        yield from _declared(analysis, allowed, (ast.Record,))
    elif before == "new":
        yield from _declared(analysis, allowed, (ast.Entity,))
    elif before == "reading" and tokens[0].text == "example":
        yield from _declared(analysis, allowed, (ast.Reading,))
    elif before == "is" and len(tokens) > 2 and tokens[-3].text == "reading" and tokens[0].text == "example":
        yield from _alternatives(analysis, allowed, tokens[-2].text)
    elif before == "adds" or (before == "given" and "reference" not in things):
        yield from _declared(analysis, allowed, (ast.Record,))
    elif "field_value" in things or "given_header" in things:
        yield from _fields(analysis, allowed, scope.record_around(tokens))
    elif "_given_target" in things:
        yield from _declared(analysis, allowed, (ast.Record, ast.Measure, ast.Define, ast.Score))
    elif "reference" in things:
        yield from _values(analysis, allowed)
    elif before in ("removes", "sets"):
        yield from _variables(analysis, allowed)
    elif tokens and tokens[0].text == "record" and "unique" in [each.text for each in tokens[-4:]]:
        own = [
            each.text for index, each in enumerate(tokens[:-1]) if each.indent > 0 and each.text != "unique" and index
        ]
        yield from (Completion(each, "field", "", allowed.span, each) for each in dict.fromkeys(own))
    elif _heading(tokens) == "from":
        yield from _declared(analysis, allowed, (ast.Measure,))


def _heading(tokens: Sequence[Token]) -> str:
    """The word before the list of names that is being written: `from` of `from revenue, `."""
    index = len(tokens) - 1
    while index > 1 and tokens[index].text == ",":
        index -= 2
    return tokens[index].text if index >= 0 else ""


def _declared(analysis: Analysis, allowed: Allowed, kinds: tuple[type, ...]) -> Iterator[Completion]:
    for name, each in analysis.visible.named:
        if isinstance(each.written, kinds):
            yield Completion(name, symbol_of(each).kind, _title(each.written), allowed.span, name)


def _values(analysis: Analysis, allowed: Allowed) -> Iterator[Completion]:
    """What may stand for a value or a condition; what has the type that is expected comes first."""
    known = scope.variables(analysis, allowed.tokens)
    wanted = scope.expected_type(analysis, allowed.tokens, known, begins_line=allowed.begins_line)
    heads = analysis.understood.heads
    for name, domain in known.items():
        yield Completion(name, "variable", domain, allowed.span, name, 1)
    if isinstance(wanted, EnumType | SetType):
        owner = wanted.element if isinstance(wanted, SetType) else wanted
        yield from _values_of(analysis, allowed, owner, 0)
    for name, declared in analysis.visible.declarations.items():
        head = heads.values.get(declared.id)
        if head is not None:
            arguments = ", ".join(f"${{{number}:{each.name}}}" for number, each in enumerate(head.formals, 1))
            text = f"{name}({arguments})" if head.formals else name
            rank = 1 if wanted is not None and fits(head.type, wanted) else 2
            yield Completion(name, symbol_of(declared).kind, described(head.type), allowed.span, text, rank)
        elif isinstance(declared.written, ast.Designation | ast.Enum):
            yield Completion(name, symbol_of(declared).kind, _title(declared.written), allowed.span, name)
    if not isinstance(wanted, EnumType):
        for name, values in analysis.visible.values.items():
            for value in values:
                owner_name = value.enum.rpartition(".")[2]
                yield Completion(name, "value", f"a value of {owner_name}", allowed.span, name)


def _values_of(analysis: Analysis, allowed: Allowed, owner: Type, rank: int) -> Iterator[Completion]:
    for name, values in analysis.visible.values.items():
        if isinstance(owner, EnumType) and any(each.enum == owner.base.id for each in values):
            yield Completion(name, "value", f"a value of {owner}", allowed.span, name, rank)
    if isinstance(owner, EnumType) and owner.or_none:
        yield Completion("none", "value", "no value", allowed.span, "none", rank)


def _alternatives(analysis: Analysis, allowed: Allowed, reading: str) -> Iterator[Completion]:
    declared = analysis.visible.declarations.get(reading)
    if declared is not None and isinstance(declared.written, ast.Reading):
        for each in declared.written.alternatives:
            detail = each.title.value if each.title is not None else ""
            yield Completion(each.name.text, "value", detail, allowed.span, each.name.text, 0)


def _members(analysis: Analysis, allowed: Allowed) -> Iterator[Completion]:
    """What may stand after the dot: fields of a row, parts of a score, values of an enum, requirements."""
    tokens = allowed.tokens[:-1]
    known = scope.variables(analysis, tokens)
    subject = _subject(tokens)
    if subject in known:
        yield from _fields(analysis, allowed, known[subject])
        return
    if len(tokens) > 1 and tokens[-2].text == "the":
        yield from _fields(analysis, allowed, subject)
        return
    declared = analysis.visible.declarations.get(subject)
    match declared.written if declared is not None else None:
        case ast.Score(parts=parts):
            yield from _written("part", parts, allowed)
        case ast.Enum(values=members):
            yield from _written("value", members, allowed)
        case ast.Reading(alternatives=alternatives):
            yield from _written("value", alternatives, allowed)
        case ast.Designation(requirements=requirements, options=options, tiers=tiers):
            yield from _written("requirement", requirements, allowed)
            yield from _written("option", options, allowed)
            yield from _written("tier", tiers, allowed)
        case _:
            pass


def _subject(tokens: tuple[Token, ...]) -> str:
    """The name before the dot; of a call, that before its parenthesis."""
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        depth += (tokens[index].text == ")") - (tokens[index].text == "(")
        if depth == 0 and tokens[index].kind == "NAME":
            return tokens[index].text
    return ""


def _written(
    kind: Kind,
    nodes: Iterable[ast.Part | ast.EnumValue | ast.Alternative | ast.Require | ast.Option | ast.Tier],
    allowed: Allowed,
) -> Iterator[Completion]:
    for each in nodes:
        yield Completion(each.name.text, kind, _title(each), allowed.span, each.name.text, 0)


def _fields(analysis: Analysis, allowed: Allowed, record: str | None) -> Iterator[Completion]:
    found = analysis.understood.heads.records.get(scope.record_of(analysis, record or "") or "")
    types = {each.name: described(each.type) for each in found.fields} if found is not None else {}
    declared = analysis.visible.declarations.get(record or "")
    if declared is not None and isinstance(declared.written, ast.Record):
        for field in declared.written.fields:  # also one whose type is not known
            types.setdefault(field.name.text, "")
    for name, described_type in types.items():
        yield Completion(name, "field", described_type, allowed.span, name, 0)


def _variables(analysis: Analysis, allowed: Allowed) -> Iterator[Completion]:
    known: Mapping[str, str] = scope.variables(analysis, allowed.tokens)
    for name, domain in known.items():
        yield Completion(name, "variable", domain, allowed.span, name, 0)


def _modules(workspace: Workspace, analysis: Analysis, allowed: Allowed) -> Iterator[Completion]:
    """The policies that can be imported: those beside the file, and in `shared` inside and beside its folder."""
    home = os.path.dirname(analysis.path)
    folders = (home, os.path.join(home, "shared"), os.path.normpath(os.path.join(home, os.pardir, "shared")))
    for path in workspace.beside(folders):
        name = os.path.basename(path).removesuffix(SUFFIX)
        if path != analysis.path:
            yield Completion(name, "file", os.path.relpath(path, home), allowed.span, name, 0)


def _title(node: ast.Node) -> str:
    title = getattr(node, "title", None)
    return title.value if isinstance(title, ast.Text) else ""
