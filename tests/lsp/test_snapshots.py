"""What the features say of a policy, drawn under its lines. The snapshots are read before they are committed."""

from __future__ import annotations

import datetime

from attain_compiler.source import SourceFile, Span
from attain_engine.lsp.fixes import diagnostics, quick_fixes
from attain_engine.lsp.hints import hints
from attain_engine.lsp.hover import hover
from attain_engine.lsp.lenses import lenses
from attain_engine.lsp.names import names_in
from attain_engine.lsp.navigation import definition, references
from attain_engine.lsp.outline import Item, folds, outline, workspace_symbols
from attain_engine.lsp.results import Ran, Standing
from attain_engine.lsp.tokens import semantic_tokens
from attain_engine.lsp.workspace import Analysis, Workspace
from tests.lsp.drawing import GRANT, PEOPLE, draw, must_be, place, where, workspace


def analysed(files: Workspace, path: str = GRANT) -> Analysis:
    found = files.analysis(path)
    assert found is not None
    return found


def source(files: Workspace, path: str = GRANT) -> SourceFile:
    return analysed(files, path).source


def test_hover_shows_each_declaration_with_its_unit_and_its_source() -> None:
    files = workspace()
    shown: dict[object, tuple[Span, str]] = {}
    for each in names_in(analysed(files), GRANT):
        found = hover(files, GRANT, each.span.start)
        if found is not None:
            shown.setdefault(each.symbol, (found.span, f"hover:\n{found.text}"))
    must_be("hover", draw(source(files), shown.values()))


def test_every_name_leads_to_its_declaration() -> None:
    files = workspace()
    marks = []
    for each in names_in(analysed(files), GRANT):
        found = definition(files, GRANT, each.span.start)
        if found is not None and not each.declares:
            marks.append((each.span, f"→ {where(files.source(found.path), found)}"))
    must_be("definition", draw(source(files), marks))


def test_references_are_found_in_every_policy() -> None:
    files = workspace()
    found = references(files, PEOPLE, place(PEOPLE, "  elder", '   "'))
    lines = [where(files.source(each.path), each) for each in found]
    assert lines == ["grant.attain:33:87 elder", "grant.attain:52:39 elder", "people.attain:4:3 elder"]


def test_the_outline_has_every_declaration_and_its_parts() -> None:
    files = workspace()

    def lines(items: tuple[Item, ...], depth: int) -> list[str]:
        found = []
        for each in items:
            found.append(f"{'  ' * depth}{each.kind} {each.name}  {each.detail}".rstrip())
            found += lines(each.inside, depth + 1)
        return found

    must_be("outline", "\n".join(lines(outline(files, GRANT), 0)) + "\n")


def test_workspace_symbols_are_found_by_their_letters_in_every_policy() -> None:
    found = workspace_symbols(workspace(), "mem")
    assert [each.name for each in found] == ["members_needed", "members", "win", "{n} members", "Member"]


def test_folds_are_the_declarations_and_their_parts() -> None:
    files = workspace()
    lines = source(files).text.split("\n")
    drawn = [f"{each.first + 1}-{each.last + 1}  {lines[each.first]}" for each in folds(files, GRANT)]
    must_be("folds", "\n".join(drawn) + "\n")


def test_semantic_tokens_say_what_each_word_means() -> None:
    files = workspace()
    marks = []
    for each in semantic_tokens(files, GRANT):
        marks.append((each.span, each.kind + " declaration" * each.declaration + " readonly" * each.readonly))
    must_be("tokens", draw(source(files), marks))


def test_hints_show_the_value_of_a_parameter_at_the_date_and_the_points_of_a_part() -> None:
    files = workspace()
    points = {("standing", "people"): "16", ("standing", "elders"): "20"}
    standing = Standing(analysed(files).files, "oak", datetime.date(2024, 6, 30), points)
    found = hints(files, GRANT, datetime.date(2025, 6, 30), standing)
    marks = [(Span(GRANT, each.offset, each.offset), f"{each.text} ({each.tooltip})") for each in found]
    must_be("hints", draw(source(files), marks))


def test_lenses_offer_to_run_to_assess_and_to_plan() -> None:
    files = workspace()
    here = analysed(files).files
    ran = {
        (GRANT, "{n} members"): Ran(here, 2, 0, ""),
        (GRANT, "🏡 wrong"): Ran(here, 1, 1, "`standing(small).people` is 40"),
    }
    marks = [
        (each.span, f"{each.title} → {each.command}({', '.join(each.arguments)})")
        for each in lenses(files, GRANT, ran, "facts/oak")
    ]
    must_be("lenses", draw(source(files), marks))


def test_results_are_not_shown_once_the_policy_has_changed() -> None:
    files = workspace()
    here = analysed(files).files
    ran = {(GRANT, "{n} members"): Ran(here, 2, 0, "")}
    standing = Standing(here, "oak", datetime.date(2024, 6, 30), {("standing", "people"): "16"})
    files.open(GRANT, source(files).text.replace("small 10", "small 11"))
    assert not [each for each in lenses(files, GRANT, ran) if "passed" in each.title]
    assert not [each for each in hints(files, GRANT, datetime.date(2025, 1, 1), standing) if "oak" in each.tooltip]


def test_mistakes_are_marked_and_can_be_mended() -> None:
    wrong = (
        source(workspace()).text.replace("m.joined on", "m.joind on").replace("at least points_needed or", "over 3 or")
    )
    files = workspace(grant=wrong)
    marks = []
    for each in diagnostics(files, GRANT):
        fixed = [fix.title for fix in quick_fixes(files, GRANT, each.span.start, each.span.start)]
        marks.append((each.span, "\n".join([f"{each.severity.value}: {each.message}", *fixed])))
    must_be("diagnostics", draw(source(files), marks))


def test_comments_of_several_lines_fold() -> None:
    files = workspace(people="library people\n\n# one\n# two\nentity Person  # a person\n\n# alone\n")
    assert [(each.first, each.last) for each in folds(files, PEOPLE) if each.comment] == [(2, 3)]
