"""Read a policy file: from its text to its tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.chunks import begins_declaration, split
from attain_compiler.syntax.limits import check_brackets, check_numbers, check_text, check_tokens
from attain_compiler.syntax.qualified import qualifiers, with_qualified
from attain_compiler.syntax.tokens import Token, scan
from attain_compiler.syntax.usable import unusable
from attain_compiler.syntax.walk import Trouble, walk


class Declared(NamedTuple):
    """A declaration that was read, and its tokens as the grammar saw them, with their layout."""

    node: ast.Declaration
    tokens: tuple[Token, ...]


class Reading(NamedTuple):
    """Everything that was read of a file: what the tree says, and what the formatter needs besides."""

    declared: tuple[Declared, ...]
    comments: tuple[Token, ...]
    diagnostics: tuple[Diagnostic, ...]


Declare = Callable[[SourceFile, list[Token]], tuple[Declared | None, list[Diagnostic]]]
"""Reads one declaration of a file from its tokens, and says what is wrong with it."""


def parse(source: SourceFile, declare: Declare | None = None) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    """The tree of a file, and everything that is wrong with how it is written, in the order of the text.

    The tree has every declaration that could be read; one with a mistake in it is left out. Never raises. `declare` is
    used instead of `declaration_of`, if given.
    """
    written = read(source, declare)
    comments = [ast.Comment(each.text, span=Span(source.path, each.start, each.end)) for each in written.comments]
    nodes = [each.node for each in written.declared]
    return ast.File(tuple(nodes), tuple(comments), span=Span(source.path, 0, len(source.text))), written.diagnostics


def read(source: SourceFile, declare: Declare | None = None) -> Reading:
    """Read a file; `parse` is what most callers want."""
    declare = declare or declaration_of
    found = list(check_text(source))
    if found:
        return Reading((), (), tuple(found))
    written = scan(source.text)
    found += check_tokens(source, written)
    declared: list[Declared] = []
    for chunk in split(with_qualified(written.tokens, qualifiers(written.tokens))):
        if written.tabs and _indented_both_ways(source, chunk):
            continue  # the tab is reported; which of its lines belong to which cannot be told
        declaration, report = declare(source, chunk)
        if declaration is not None:
            declared.append(declaration)
        found += report
    return Reading(tuple(declared), tuple(written.comments), _in_order(found))


def _indented_both_ways(source: SourceFile, chunk: list[Token]) -> bool:
    """Whether some lines of a declaration are indented with tabs, and others with spaces alone."""
    margins = [source.text[each.start - each.indent : each.start] for each in chunk if each.indent > 0]
    return any("\t" in each for each in margins) and not all("\t" in each for each in margins)


def declaration_of(source: SourceFile, chunk: list[Token]) -> tuple[Declared | None, list[Diagnostic]]:
    """A declaration, None if anything is wrong with it."""
    if not begins_declaration(chunk[0]):
        return None, [_explain_head(source, chunk)]
    unreadable = check_brackets(source, chunk) or check_numbers(source, chunk)
    if unreadable is not None:
        return None, [unreadable]
    report: list[Diagnostic] = []
    walked = walk(chunk, source.path, MAKERS, report)
    if walked.troubles:  # what is missing may only have been unreadable, what is there twice may belong elsewhere
        report = [each for each in report if each.code not in ("missing-clause", "repeated-clause")]
        report += _explain_all(source, walked.troubles, chunk)
    if walked.node is not None:
        report += unusable(walked.node, walked.tokens)
    if report:
        return None, list(dict.fromkeys(report))
    return Declared(walked.node, walked.tokens), []


def _explain_head(source: SourceFile, chunk: list[Token]) -> Diagnostic:
    from attain_compiler.syntax.trouble import no_declaration  # most policies have no use for it

    return no_declaration(source, chunk[0])


def _explain_all(source: SourceFile, troubles: Iterable[Trouble], chunk: list[Token]) -> list[Diagnostic]:
    from attain_compiler.syntax.trouble import explain  # most policies have no use for it

    return [explain(source, trouble, chunk) for trouble in troubles]


def _in_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda each: each.span))
