"""Facts that are right: what each way of writing a value means."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from attain_compiler.model.types import NEVER, Duration, EnumValue, Value
from attain_engine.facts import UNKNOWN, Facts, Origin, Unknown, load_facts
from tests.facts.policy import ENTERPRISE, PROGRAM, SMB, read
from tests.facts.test_bad_values import row

GOOD = [
    ("share", '"40%"', Fraction(2, 5)),
    ("share", "0.4", Fraction(2, 5)),
    ("share", '"40 %"', Fraction(2, 5)),
    ("share", '"1/3"', Fraction(1, 3)),
    ("fee", "5", 5),
    ("fee", '"5 USD"', 5),
    ("fee", '"1_530.50 USD"', Fraction(3061, 2)),
    ("expires", '"never"', NEVER),
    ("expires", "null", NEVER),
    ("expires", '"9999-12-31"', NEVER),
    ("notice", '"90 days"', Duration(months=0, days=90)),
    ("notice", '"1 month 5 days"', Duration(months=1, days=5)),
    ("worth", "4", 4),
    ("worth", "0.5", Fraction(1, 2)),
    ("worth", '"1/3"', Fraction(1, 3)),
    ("tries", "3", 3),
    ("remark", '""', ""),
    ("remark", '"a b"', "a b"),
    ("tracks", '["smb"]', frozenset({SMB})),
    ("tracks", "[]", frozenset()),
    ("tracks", "null", UNKNOWN),
    ("level", '"Basic"', EnumValue("club.Level", "low")),
    ("level", '"low"', EnumValue("club.Level", "low")),
    ("score", "1e2", 100),
    ("seats", "5.0", 5),
    ("tries", "1e2", 100),
    ("fee", "0.1", Fraction(1, 10)),
    ("fee", '"1/3 USD"', Fraction(1, 3)),
    ("share", '"100/3%"', Fraction(1, 3)),
    ("tracks", '["SMB", "enterprise", "smb"]', frozenset({ENTERPRISE, SMB})),
    ("level", '"Advanced"', EnumValue("club.Level", "high")),
    ("holder", '"Jose\\u0301"', "José"),
    ("notice", '"2 years"', Duration(months=24, days=0)),
    ("notice", '"6 weeks"', Duration(months=0, days=42)),
    ("worth", "-0.25", Fraction(-1, 4)),
    ("score", "-0", 0),
    ("score", "1.10", Fraction(11, 10)),
    ("remark", '"two\\nlines"', "two\nlines"),
]


def loaded(folder: Path, files: str | dict[str, str | bytes]) -> Facts:
    facts, problems = read(folder, files)
    assert problems == []
    assert facts is not None
    return facts


@pytest.mark.parametrize(("field", "written", "value"), GOOD)
def test_a_value_in_json_means_this(tmp_path: Path, field: str, written: str, value: Value | Unknown) -> None:
    (rows,) = loaded(tmp_path, row(field, written)).tables.values()
    read_value = rows[0].values[field]
    assert (read_value, type(read_value)) == (value, type(value))


CELLS = [
    ("tenant", "a", "a"),
    ("tenant", "  a b ", "a b"),
    ("tenant", '"a, b"', "a, b"),
    ("tenant", '"a ""b"""', 'a "b"'),
    ("track", "smb", SMB),
    ("track", " Small and medium ", SMB),
    ("track", "SMB", SMB),
    ("track", "Enterprise", ENTERPRISE),
    ("month", "2024-05", 2024 * 12 + 4),
    ("seats", "1_000", 1000),
    ("seats", "5.0", 5),
    ("trial", "yes", True),
    ("trial", "TRUE", True),
    ("trial", "no", False),
    ("trial", "false", False),
    ("trial", "", False),
]


@pytest.mark.parametrize(("field", "cell", "value"), CELLS)
def test_a_cell_means_this(tmp_path: Path, field: str, cell: str, value: Value) -> None:
    cells = {"tenant": "t", "track": "smb", "month": "2024-01", "seats": "1", "trial": "no"} | {field: cell}
    table = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    (only,) = loaded(tmp_path, {"Usage.csv": table}).tables["club.Usage"]
    assert (only.values[field], type(only.values[field])) == (value, type(value))


TABLES = [
    pytest.param(b"holder,passed\nana,2024-01-01\n", id="commas"),
    pytest.param(b"holder;passed\nana;2024-01-01\n", id="semicolons"),
    pytest.param(b"\xef\xbb\xbfholder,passed\r\nana,2024-01-01\r\n", id="as a spreadsheet saves it"),
    pytest.param(b"passed,holder\n2024-01-01,ana", id="in another order"),
    pytest.param(b'"holder";"passed"\n"ana";"2024-01-01"\n', id="in quotes"),
    pytest.param(b"\nholder,passed\n\nana,2024-01-01\n\n", id="empty lines"),
    pytest.param(b"holder;passed;remark\nana;2024-01-01;\n", id="nothing written"),
    pytest.param(b"holder,passed,expires,fee\nana,2024-01-01,never,12.5\n", id="what is left out is written"),
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["ExamResult.csv", "exam_result.csv"])
def test_tables_that_say_the_same_are_the_same(tmp_path: Path, name: str, table: bytes) -> None:
    (only,) = loaded(tmp_path, {name: table}).tables["club.ExamResult"]
    assert only.values == {
        "holder": "ana",
        "passed": datetime.date(2024, 1, 1),
        "expires": NEVER,
        "score": UNKNOWN,
        "share": UNKNOWN,
        "fee": Fraction(25, 2),
        "notice": UNKNOWN,
        "worth": UNKNOWN,
        "tries": UNKNOWN,
        "remark": UNKNOWN,
        "tracks": UNKNOWN,
        "level": UNKNOWN,
    }


def test_items_of_a_set_stand_in_one_cell(tmp_path: Path) -> None:
    table = "holder,passed,tracks\nana,2024-01-01,smb | Enterprise\n"
    (only,) = loaded(tmp_path, {"ExamResult.csv": table}).tables["club.ExamResult"]
    assert only.values["tracks"] == frozenset({SMB, ENTERPRISE})


def test_a_table_without_rows_is_known_to_be_empty_and_one_that_is_absent_is_not(tmp_path: Path) -> None:
    assert loaded(tmp_path, {"Usage.csv": "tenant,track,month,seats\n"}).tables == {"club.Usage": ()}


def test_hidden_files_and_readmes_are_passed_over(tmp_path: Path) -> None:
    assert loaded(tmp_path, {".DS_Store": "", "README": "", "README.md": ""}).tables == {}


def test_tables_for_other_policies_are_left_aside_and_named(tmp_path: Path) -> None:
    facts = loaded(tmp_path, {"Usage.csv": "tenant,track,month,seats\n", "Payment.csv": "not, for this\npolicy"})
    assert (list(facts.tables), facts.unused) == (["club.Usage"], ("Payment.csv",))


def test_rows_for_other_policies_are_left_aside_and_named(tmp_path: Path) -> None:
    facts = loaded(tmp_path, '{"facts": {"Usage": [], "Payment": [{"amount": 1}]}}')
    assert (list(facts.tables), facts.unused) == (["club.Usage"], ("Payment",))


def test_a_folder_can_say_what_is_no_table(tmp_path: Path) -> None:
    head = '{"$schema": "club.schema.json", "organisation": "Contoso", "as_of": "2024-06-30", "given": {"rate": "5%"}}'
    facts = loaded(tmp_path, {"organisation.json": head, "Membership.csv": "anniversary\n2024-10-01\n"})
    assert (facts.organisation, facts.as_of, facts.closed) == ("Contoso", datetime.date(2024, 6, 30), False)
    assert facts.values == {("club.rate", ()): Fraction(1, 20)}
    assert list(facts.tables) == ["club.Membership"]


def test_facts_without_a_name_are_called_like_their_file(tmp_path: Path) -> None:
    assert loaded(tmp_path, "{}").organisation == "contoso"


@pytest.mark.parametrize("name", ["a\x1b[31mb", "a\nb", "a\u202eb"])
def test_what_cannot_be_printed_of_the_name_of_a_file_is_not(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.json").write_text("{}")
    facts, _ = load_facts(PROGRAM, tmp_path / f"{name}.json")
    assert facts is not None
    assert facts.organisation == name.replace(name[1], "\ufffd")


def test_facts_without_a_name_are_called_like_their_folder(tmp_path: Path) -> None:
    assert loaded(tmp_path, {}).organisation == "contoso"


def test_closed_facts_say_that_there_is_nothing_else(tmp_path: Path) -> None:
    assert loaded(tmp_path, '{"closed": true}').closed


def test_the_one_row_of_a_record_needs_no_list(tmp_path: Path) -> None:
    facts = loaded(tmp_path, '{"facts": {"Membership": {"anniversary": "2024-10-01"}}}')
    assert [each.values for each in facts.tables["club.Membership"]] == [{"anniversary": datetime.date(2024, 10, 1)}]


def test_measures_and_defines_are_given_by_their_arguments(tmp_path: Path) -> None:
    facts = loaded(
        tmp_path,
        """{"given": {"growth": {"SMB": {"2024-12": 0.5}}, "rate": "40%", "revenue": "5 USD", "authorised": true,
                      "starts": {"ana": "2024-01-01"}, "over": {"5": {"yes": 3, "no": -3}}, "net_adds": {}}}""",
    )
    assert facts.values == {
        ("club.growth", (SMB, 2024 * 12 + 11)): Fraction(1, 2),
        ("club.rate", ()): Fraction(2, 5),
        ("club.revenue", ()): 5,
        ("club.authorised", ()): True,
        ("club.starts", ("ana",)): datetime.date(2024, 1, 1),
        ("club.over", (5, True)): 3,
        ("club.over", (5, False)): -3,
    }


def test_rows_with_an_unknown_value_are_never_taken_for_alike(tmp_path: Path) -> None:
    facts = loaded(tmp_path, {"Visit.csv": "room,guest\n1,\n1,\n2,a\n"})
    assert len(facts.tables["club.Visit"]) == 3


ORIGINS = [
    (Origin("data/usage.csv", "Usage", 12, 13), "Usage row 12 (usage.csv line 13)"),
    (Origin("data\\contoso.json", "Usage", 12), "Usage row 12 (contoso.json)"),
    (Origin("", "Usage", 1), "Usage row 1"),
]


@pytest.mark.parametrize(("origin", "name"), ORIGINS)
def test_a_row_is_called_by_its_place(origin: Origin, name: str) -> None:
    assert origin.name == name


def test_a_row_knows_its_line(tmp_path: Path) -> None:
    rows = loaded(tmp_path, {"Membership.csv": "anniversary\n\n\n2024-10-01\n"}).tables["club.Membership"]
    assert [(each.origin.row, each.origin.line) for each in rows if each.origin] == [(1, 4)]
