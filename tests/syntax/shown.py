"""Trees as short texts, to be compared by eye: `(and (is u.month m) (valid c))`."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

from attain_compiler.source import SourceFile
from attain_compiler.syntax import ast
from attain_compiler.syntax.parse import parse


def source(text: str) -> SourceFile:
    return SourceFile("test.attain", text)


def parsed(text: str) -> ast.File:
    """The tree of a text that must be free of errors."""
    tree, diagnostics = parse(source(text))
    assert not diagnostics, [each.message for each in diagnostics]
    return tree


def declared(text: str) -> ast.Declaration:
    """The only declaration of a text."""
    (declaration,) = parsed(text).declarations
    return declaration


def expression(text: str) -> ast.Expression:
    """The body of a definition."""
    declaration = declared("define it\n  " + text.replace("\n", "\n  "))
    assert isinstance(declaration, ast.Define)
    return declaration.body


def codes(text: str) -> list[str]:
    return [each.code for each in parse(source(text))[1]]


def shown(node: object) -> str:
    """A tree without its places. Names and literals stand for themselves."""
    match node:
        case ast.Name(text=text) | ast.Reference(name=ast.Name(text=text), qualifier=None) | ast.Word(word=text):
            return text
        case ast.Text(value=value) | ast.TextLiteral(value=value):
            return f'"{value}"'
        case ast.Number(value=value, unit=unit):
            return f"{value}{unit}"
        case ast.Member(subject=subject, field=field):
            return f"{shown(subject)}.{shown(field)}"
        case ast.DateLiteral(value=date):
            return date.isoformat()
        case ast.MonthLiteral(value=month):
            return f"{month // 12}-{month % 12 + 1:02}"
        case ast.DurationLiteral(value=number, unit=unit):
            return f"{number}{unit}"
        case ast.Binary(operator=operator, left=left, right=right):
            return f"({operator} {shown(left)} {shown(right)})"
        case ast.Comparison(operator=operator, left=left, right=right):
            return f"({operator.replace(' ', '-')} {shown(left)} {shown(right)})"
        case ast.TypeName():
            return _type(node)
        case ast.Notes():
            return _notes(node)
        case ast.Node():
            parts = [shown(getattr(node, field.name)) for field in fields(node) if field.name != "span"]
            return f"({' '.join([type(node).__name__, *parts])})"
        case tuple():
            return f"[{' '.join([shown(each) for each in node])}]"
        case None:
            return "-"
        case str() | bool() | int() | Fraction():
            return str(node).replace(" ", "-")
        case _:
            raise AssertionError(node)


def _type(node: ast.TypeName) -> str:
    """`:count?`, `:money USD`, `:set of :Tag`."""
    parts = [f":{node.name.text}"]
    parts += [node.currency.text] if node.currency else []
    parts += ["of", shown(node.element)] if node.element else []
    parts += ["or never"] if node.or_never else []
    return " ".join(parts) + ("?" if node.optional else "")


def _notes(notes: ast.Notes) -> str:
    parts = [shown(each) for each in notes.sources]
    parts += [f"recovered from {shown(each)}" for each in notes.recovered]
    parts += [f"because {shown(notes.because)}"] if notes.because else []
    parts += [f"advice {shown(notes.advice)}"] if notes.advice else []
    return f"<{', '.join(parts)}>"
