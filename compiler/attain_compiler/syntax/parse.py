"""Read a policy file: from its text to its tree."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.automaton import walk
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.chunks import split
from attain_compiler.syntax.layout import with_layout
from attain_compiler.syntax.limits import check_brackets, check_text, check_tokens
from attain_compiler.syntax.tables import tables
from attain_compiler.syntax.tokens import Token, scan
from attain_compiler.syntax.trouble import check_head, explain


def parse(source: SourceFile) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The tree of a file, and everything that is wrong with how it is written, in the order of the text.

    The tree has every declaration that could be read; one with a mistake in it is left out. Never raises.
    """
    whole = Span(source.path, 0, len(source.text))
    found = list(check_text(source))
    if found:
        return ast.File((), span=whole), tuple(found)
    written = scan(source.text)
    found += check_tokens(source, written)
    declarations: list[ast.Declaration] = []
    for chunk in split(written.tokens):
        node, report = _declaration(source, chunk)
        if node is not None:
            declarations.append(node)
        found += report
    comments = tuple([ast.Comment(each.text, span=Span(source.path, each.start, each.end)) for each in written.comments])
    return ast.File(tuple(declarations), comments, span=whole), _in_order(found)


def _declaration(source: SourceFile, chunk: list[Token]) -> tuple[ast.Declaration | None, list[Diagnostic]]:
    """The node of a declaration, None if anything is wrong with it."""
    unreadable = check_head(source, chunk) or check_brackets(source, chunk)
    if unreadable is not None:
        return None, [unreadable]
    report: list[Diagnostic] = []
    node, troubles = walk(tables(), with_layout(chunk), source.path, MAKERS, report)
    if troubles:  # what is missing may only have been unreadable
        report = [each for each in report if each.code != "missing-clause"]
    report += [explain(source, tables(), trouble, chunk) for trouble in troubles]
    return None if report else node, list(dict.fromkeys(report))


def _in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda each: each.span))
