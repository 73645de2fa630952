"""Imports, several policies in one program, and what a run reports."""

from __future__ import annotations

import pytest

from attain_compiler.pipeline import compile_policies, compile_policy
from attain_compiler.source import SourceFile
from tests.model.policies import compiled, errors, program, warnings

PEOPLE = 'library people "People"\n\nentity Person\n\nrecord Certificate\n  holder Person\n'
MAIN = (
    'policy p "P"\n\nimport people\n\ndesignation d\n  require people some Certificate c where c.holder is c.holder\n'
)


def nothing(_: str, __: str) -> None:
    return None


def test_ids_name_the_module() -> None:
    found = program(MAIN, people=PEOPLE)
    assert (found.main, list(found.policies)) == ("p", ["people", "p"])
    assert list(found.records) == ["people.Certificate"]
    assert list(found.designations) == ["p.d"]
    assert set(found.files) == {"p.attain", "people.attain"}


def test_what_an_import_imports_is_seen_as_well() -> None:
    partner = 'library partner "Partner"\nimport people\n'
    assert errors(MAIN.replace("import people", "import partner"), people=PEOPLE, partner=partner) == []


def test_a_file_imported_twice_is_one_module() -> None:
    other = 'library other "Other"\nimport people\nmeasure m count\n  distinct c.holder among Certificate c\n'
    source = MAIN.replace("import people", "import people\nimport other") + "  require m m at least 1\n"
    assert list(program(source, people=PEOPLE, other=other).policies) == ["people", "other", "p"]


def test_an_importer_is_not_seen() -> None:
    source = 'library people "P"\nentity Person\nrecord R\n  holder Person\ndefine it\n  d is met\n'
    assert errors(MAIN.replace("Certificate", "R"), people=source) == ["unknown-name"]


@pytest.mark.parametrize(
    ("source", "modules", "code"),
    [
        (MAIN, {}, "missing-import"),
        (MAIN, {"people": PEOPLE.replace("library people", "library persons")}, "wrong-module-name"),
        (MAIN + "\nentity Person\n", {"people": PEOPLE}, "duplicate-name"),
        (MAIN, {"people": PEOPLE + "\nimport other\n", "other": 'library other "O"\nimport people\n'}, "import-cycle"),
        ('policy p "P"\nimport p\n', {"p": 'policy p "P"\n'}, "import-cycle"),
        ("entity Person\n", {}, "missing-header"),
        ('policy p "P"\npolicy q "Q"\n', {}, "duplicate-header"),
        ('policy p "P"\n  in force from 2023-01-01 to 2022-01-01\n', {}, "dates-reversed"),
    ],
)
def test_files_that_do_not_fit_together(source: str, modules: dict[str, str], code: str) -> None:
    assert code in errors(source, **modules)


def test_a_long_chain_of_imports_is_refused() -> None:
    modules = {f"m{i}": f'library m{i} "M"\nimport m{i + 1}\n' for i in range(300)}
    assert "import-cycle" in errors('policy p "P"\nimport m0\n', **modules)


def test_the_same_name_from_two_imports_is_reported_once() -> None:
    modules = {
        "a": 'library a "A"\nentity Person\n',
        "b": 'library b "B"\nentity Person\n',
        "c": 'library c "C"\nimport a\nimport b\n',
    }
    assert errors('policy p "P"\nimport c\n', **modules) == ["duplicate-name"]


def test_mistakes_of_all_files_are_reported_in_one_run() -> None:
    source = MAIN + "\ndefine one\n  nowhere is 3\n\ndefine two\n  5\n"
    people = PEOPLE + "\ndefine three\n  elsewhere is 3\n"
    assert sorted(errors(source, people=people)) == ["type-mismatch", "unknown-name", "unknown-name"]


def test_mistakes_are_reported_after_a_syntax_error() -> None:
    source = MAIN + "\ndefine broken(\n\ndefine one\n  nowhere is 3\n\ndefine two\n  broken(5) is 3\n"
    found = errors(source, people=PEOPLE)
    assert found.count("unknown-name") == 1
    assert len(found) > 1


def test_there_is_no_program_with_a_mistake() -> None:
    assert compiled(MAIN)[0] is None


def test_doubts_do_not_prevent_a_program() -> None:
    assert warnings(MAIN + "\nparameter unused count\n  5\n", people=PEOPLE) == ["unused"]


def test_an_import_that_nothing_needs_is_a_doubt() -> None:
    assert warnings('policy p "P"\nimport people\n', people=PEOPLE) == ["unused"]


def test_a_library_is_there_for_others() -> None:
    assert warnings(PEOPLE) == []


def test_an_empty_file_is_refused_once() -> None:
    result, diagnostics = compile_policy("p.attain", "", nothing)
    assert result is None
    assert len(diagnostics) == 1


def test_several_policies_become_one_program() -> None:
    def load(_: str, module: str) -> SourceFile | None:
        return SourceFile("people.attain", PEOPLE) if module == "people" else None

    sources = [SourceFile("p.attain", MAIN), SourceFile("q.attain", MAIN.replace("policy p", "policy q"))]
    found, diagnostics = compile_policies(sources, load)
    assert diagnostics == ()
    assert found is not None
    assert (found.main, list(found.designations)) == ("p", ["p.d", "q.d"])


def test_policies_of_one_name_do_not_go_together() -> None:
    source = 'policy p "P"\n'
    found, diagnostics = compile_policies([SourceFile("a.attain", source), SourceFile("b.attain", source)], nothing)
    assert found is None
    assert [each.code for each in diagnostics] == ["duplicate-name"]


SMALL = (
    'library small "Small"\n\nenum Size { low, high }\n\nentity Person\n\nrecord Seat\n  holder Person\n  size Size\n'
)
SMALL += "\nmeasure seats(s Size) count\n  count of Seat x where x.size is s\n\nparameter needed count\n  2\n"
LARGE = SMALL.replace("small", "large").replace("Small", "Large").replace("  2\n", "  20\n")
BOTH = """policy p "P"

import small as s
import large as l

define sits(h s.Person)
  some s.Seat x where x.holder is h and x.size is high and x.size is not s.Size.low

define free(x l.Seat)
  x.size is low and l.seats(low) at least l.needed

measure pairs count
  count of l.Seat x where free(x)

excluded s.Seat x "an empty one" from s.seats
  when x.holder is "nobody"

change hire(h s.Person) "Seat {h}"
  adds s.Seat { holder: new s.Person, size: high }
  cost 1 USD

designation both
  require small "At least {s.needed} seats" s.seats(high) at least s.needed and (pairs at least 1 or sits("ana"))

example "both"
  given s.Seat { holder: "ana", size: high }
  given l.seats(low) = 20
  given l.Seat
    holder  size
    "bo"    low
  given nothing else
  expect pairs is 1
  expect s.seats(high) is 1
  expect both is not met
"""


def test_names_of_two_policies_are_told_apart_by_what_their_imports_are_called() -> None:
    found = program(BOTH, small=SMALL, large=LARGE)
    assert list(found.records) == ["small.Seat", "large.Seat"]
    assert found.imported == (("small", "s"), ("large", "l"))
    assert found.called(found.measures["large.seats"]) == "l.seats"
    assert found.called(found.measures["p.pairs"]) == "pairs"
    assert [text for text, _ in found.designations["p.both"].requirements[0].puts] == ["s.needed"]


def test_without_what_they_are_called_they_clash() -> None:
    source = BOTH.replace(" as s", "").replace(" as l", "").replace("s.", "").replace("l.", "")
    assert "duplicate-name" in errors(source, small=SMALL, large=LARGE)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("count of l.Seat", "count of Seat", "unknown-name"),
        ("l.seats(low)", "l.seat(low)", "unknown-name"),
        ("import large as l", "import large as s", "duplicate-name"),
        ("import large as l", "import large as l\nimport large as pairs", "duplicate-name"),
        ("measure pairs", "measure l.pairs", "unusable-name"),
        ("define free(x l.Seat)", "define free(l l.Seat)", "shadowed-name"),
        ("count of l.Seat x where free(x)", "count of l.Seat s where free(s)", "shadowed-name"),
        ("s.Size.low", "s.Size.lows", "unknown-name"),
    ],
)
def test_what_such_a_name_cannot_be(before: str, after: str, code: str) -> None:
    assert before in BOTH
    assert code in errors(BOTH.replace(before, after), small=SMALL, large=LARGE)


def test_the_name_that_is_meant_is_said_with_what_it_is_imported_as() -> None:
    _, diagnostics = compiled(BOTH.replace("count of l.Seat", "count of Seat"), small=SMALL, large=LARGE)
    assert any("did you mean `s.Seat`?" in each.label for each in diagnostics)


def test_what_is_imported_under_a_name_is_not_handed_on() -> None:
    middle = 'library middle "M"\nimport small as s\nmeasure all count\n  s.seats(low)\n'
    source = 'policy p "P"\nimport middle\ndefine q\n  all at least 1 and {} at least 1\nclaim q\n'
    assert errors(source.replace("{}", "seats(low)"), small=SMALL, middle=middle) == ["unknown-name"]
    assert errors(source.replace("{}", "all"), small=SMALL, middle=middle) == []


def test_one_file_may_be_imported_both_ways() -> None:
    source = BOTH.replace("import small as s", "import small as s\nimport small")
    found = program(source, small=SMALL, large=LARGE)
    assert found.called(found.measures["small.seats"]) == "seats"
