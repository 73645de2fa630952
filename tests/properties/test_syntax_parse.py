"""What holds of reading any text at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from hypothesis import given

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.source import SourceFile, Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.parse import parse
from tests.properties.texts import ANYTHING, DERIVED, WRITTEN, damaged


def read(text: str) -> tuple[ast.File, tuple[Diagnostic, ...]]:
    return parse(SourceFile("any.attain", text))


def children(node: object) -> Iterator[ast.Node]:
    """The nodes right below a node, in the order of its fields."""
    if isinstance(node, ast.Node):
        for field in fields(node):
            yield from children_of(getattr(node, field.name))


def children_of(value: object) -> Iterator[ast.Node]:
    if isinstance(value, ast.Node):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from children_of(each)


def within(node: ast.Node) -> Iterator[tuple[ast.Node, ast.Node]]:
    """Every node with the one above it."""
    for child in children(node):
        yield node, child
        yield from within(child)


@given(ANYTHING)
def test_no_text_stops_the_parser(text: str) -> None:
    read(text)


@given(damaged())
def test_no_damaged_policy_stops_the_parser(text: str) -> None:
    read(text)


@given(ANYTHING | damaged())
def test_every_mistake_lies_within_the_text(text: str) -> None:
    _, found = read(text)
    assert all(0 <= each.span.start <= each.span.end <= len(text) for each in found)


@given(ANYTHING | damaged())
def test_mistakes_come_in_the_order_of_the_text(text: str) -> None:
    spans = [each.span for each in read(text)[1]]
    assert spans == sorted(spans)


@given(DERIVED)
def test_what_the_grammar_allows_is_read(text: str) -> None:
    """Save that some things can be said only once, and that a comma may look like one inside a number: these are no
    matter of the grammar."""
    codes = {each.code for each in read(text)[1]}
    assert codes <= {"missing-clause", "repeated-clause", "uneven-row", "malformed-number"}


@given(WRITTEN | DERIVED)
def test_a_node_lies_within_the_one_above_it(text: str) -> None:
    tree, _ = read(text)
    outside = [
        (above, below)
        for above, below in within(tree)
        if not isinstance(
            above, ast.FieldValue | ast.Notes
        )  # a table names its fields once, above; notes may lie apart
        and not (isinstance(above, ast.TableRow) and isinstance(below, ast.DateLiteral))  # a date heads several rows
        and not (above.span.start <= below.span.start <= below.span.end <= above.span.end)
    ]
    assert not outside


@given(WRITTEN | DERIVED)
def test_the_text_of_a_name_is_the_name(text: str) -> None:
    tree, _ = read(text)
    source = SourceFile("any.attain", text)
    names = [node for _, node in within(tree) if isinstance(node, ast.Name)]
    assert [source.slice(name.span) for name in names] == [name.text for name in names]


@given(WRITTEN | DERIVED)
def test_a_node_begins_and_ends_with_something_written(text: str) -> None:
    tree, _ = read(text)
    texts = [text[node.span.start : node.span.end] for above, node in within(tree) if not isinstance(node, ast.Notes)]
    assert texts == [each.strip() for each in texts]


@given(WRITTEN, WRITTEN)
def test_a_declaration_means_the_same_wherever_it_stands(first: str, second: str) -> None:
    alone = [*read(first)[0].declarations, *read(second)[0].declarations]
    together = read(first + "\n" + second)[0].declarations
    assert list(together) == alone


@given(damaged(), WRITTEN)
def test_a_mistake_hides_no_declaration_below_it(broken: str, whole: str) -> None:
    declared = read(whole)[0].declarations
    below = read(broken.rstrip("\n") + "\n\n" + whole)[0].declarations
    assert below[len(below) - len(declared) :] == declared


def test_a_span_is_offsets_into_the_whole_file() -> None:
    text = "enum A { x }\n\n# between\n\nenum B { y }\n"
    second = read(text)[0].declarations[1]
    assert second.span == Span("any.attain", text.index("enum B"), len(text) - 1)
