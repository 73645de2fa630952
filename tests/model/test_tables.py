"""Records, parameters and readings."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from attain_compiler.model import program as model
from attain_compiler.model.types import COUNT, Band, EnumType, EnumValue, Quantity
from tests.model.policies import VOCABULARY, compiled, error, errors, program, warnings


def table(text: str) -> model.Table:
    return program(f"{VOCABULARY}\nparameter it {text}\n").tables["p.it"]


def test_fields_say_what_a_missing_value_means() -> None:
    fields = {each.name: each for each in program(VOCABULARY).records["p.Certificate"].fields}
    assert (fields["expires"].or_never, fields["expires"].default) == (True, datetime.date.max)
    assert (fields["score"].optional, fields["score"].low, fields["score"].high) == (True, 0, 1_000)
    assert (fields["earned"].optional, fields["earned"].default) == (False, None)


def test_a_count_is_0_or_more_unless_its_bounds_say_otherwise() -> None:
    source = 'policy p "P"\nrecord R\n  a count\n  b count -5 to 5\n  c number\n'
    assert [each.low for each in program(source).records["p.R"].fields] == [0, -5, None]


def test_keys_and_values_have_their_types() -> None:
    found = table("for Track, count percent\n  enterprise from 1 to 5 10%\n  smb otherwise 20%")
    assert found.keys == (EnumType("p.Track"), COUNT)
    first, second = found.entries
    assert first.keys == (EnumValue("p.Track", "enterprise"), Band(1, 5))
    assert (first.value, second.keys[1], second.value) == (Fraction(1, 10), None, Fraction(1, 5))


def test_entries_of_a_line_share_its_dates_and_sources() -> None:
    text = "for Track money USD\n  from 2015-07-01 to 2017-09-30 enterprise 1_530 USD, smb 3_940 USD source S1-14"
    found = table(text).entries
    dates = {(each.force_from, each.force_to) for each in found}
    assert dates == {(datetime.date(2015, 7, 1), datetime.date(2017, 9, 30))}
    assert {each.notes.sources for each in found} == {("S1-14",)}


def test_a_figure_that_was_not_published_is_kept_with_its_reason() -> None:
    assert table('money USD\n  unknown "never published"').entries[0].value == model.Unpublished("never published")


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("5", "count"),
        ("0.5", "number"),
        ("5%", "percent"),
        ("5 points", "points"),
        ("5 USD", "money USD"),
        ("2020-01-01", "date"),
        ("2020-01", "month"),
        ("3 months", "duration"),
        ("yes", "flag"),
        ("{ cpor }", "set of Association"),
        ("from 1 to 5", "band of count"),
        ("at least 0.5", "band of number"),
    ],
)
def test_a_value_says_what_a_parameter_holds(value: str, type_: str) -> None:
    assert str(table(f"\n  {value}").type) == type_


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("for Track count\n  enterprise 5, smb 6 USD", "unit-mismatch"),
        ("for Track count\n  enterprise 5, cpor 6", "type-mismatch"),
        ("for Track count\n  enterprise 5, smaall 6", "unknown-name"),
        ("for Track count\n  enterprise 5, smb", "wrong-keys"),
        ("for Track count\n  enterprise from 1 to 3 5", "wrong-keys"),
        ("for Track count\n  from 1 to 3 5, smb 5", "type-mismatch"),
        ("for Usage count\n  otherwise 5", "type-mismatch"),
        ("for count count\n  from 5 to 1 3, otherwise 3", "bounds-reversed"),
        ("band of Track\n  from smb to enterprise", "type-mismatch"),
        ("band of count\n  5", "type-mismatch"),
        ("count\n  from 2020-01-01 to 2019-01-01 5", "dates-reversed"),
        ("for Track count\n  smb 5, enterprise 5, smb 6", "duplicate-entry"),
        ("count\n  5\n  6", "duplicate-entry"),
        ("for count count\n  from 1 to 5 1\n  from 5 to 9 2\n  otherwise 3", "overlapping-entries"),
        ("for count count\n  at least 5 1\n  7 2\n  otherwise 3", "overlapping-entries"),
        ("for Track, Association count\n  smb otherwise 1, otherwise cpor 2", "overlapping-entries"),
        ("for count, count count\n  at least 5 at least 5 1, at most 9 at most 9 2", "overlapping-entries"),
        ('for Track\n  smb unknown "x", enterprise unknown "x"', "missing-type"),
    ],
)
def test_a_table_with_a_mistake(text: str, code: str) -> None:
    assert errors(f"{VOCABULARY}\nparameter it {text}\n") == [code]


@pytest.mark.parametrize(
    "text",
    [
        "for Track count\n  from 2020-01-01 smb 5, enterprise 5\n  from 2021-01-01 smb 6",
        "for count count\n  less than 5 1\n  from 5 to 9 2\n  more than 9 3",
        "for number count\n  less than 5 1\n  at least 5 2",
        "for Track, Association count\n  smb cpor 1, smb otherwise 2, otherwise otherwise 3",
        "for count, count count\n  at least 5 at least 5 1, at most 4 at most 4 2, otherwise otherwise 3",
        "for month count\n  from 2020-01 to 2020-06 1, from 2020-07 to 2020-12 2",
        "for month count\n  otherwise 2",
        "for count, Track count\n  from 1 to 2 smb 5, otherwise smb 7, from 1 to 2 otherwise 6, otherwise otherwise 8",
    ],
)
def test_entries_that_never_answer_together_are_accepted(text: str) -> None:
    assert errors(f"{VOCABULARY}\nparameter it {text}\n") == []


USE = "\ndefine use(t Track, a Association, n count, x number)\n  it({}) at least 1\n\ndesignation d\n  require r yes\n"


@pytest.mark.parametrize(
    ("text", "arguments", "doubt"),
    [
        ("for Track count\n  smb 5", "t", "missing-entry"),
        ("for Track, Association count\n  smb otherwise 5, enterprise cpor 5", "t, a", "missing-entry"),
        ("for count count\n  from 0 to 5 1\n  at least 7 2", "n", "gap-in-bands"),
        ("for count count\n  from 2 to 5 1\n  at least 6 2", "n", "gap-in-bands"),
        ("for count count\n  from 0 to 5 1\n  from 6 to 9 2", "n", "gap-in-bands"),
        ("for number count\n  less than 5 1\n  more than 5 2", "x", "gap-in-bands"),
        ("for Track, count count\n  smb at least 0 1\n  enterprise more than 0 2", "t, n", "gap-in-bands"),
    ],
)
def test_a_key_without_an_entry_is_a_doubt(text: str, arguments: str, doubt: str) -> None:
    assert doubt in warnings(f"{VOCABULARY}\nparameter it {text}\n{USE.format(arguments)}")


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("for Track count\n  smb 5, otherwise 6", "t"),
        ("for Track, Association count\n  smb otherwise 5, enterprise otherwise 5", "t, a"),
        ("for count count\n  from 0 to 5 1\n  at least 6 2", "n"),
        ("for count count\n  less than 5 1\n  at least 5 2", "n"),
        ("for count count\n  from 3 to 5 1\n  otherwise 2", "n"),
        ("for number count\n  less than 5 1\n  at least 5 2", "x"),
    ],
)
def test_a_table_without_holes_is_no_doubt(text: str, arguments: str) -> None:
    found = warnings(f"{VOCABULARY}\nparameter it {text}\n{USE.format(arguments)}")
    assert not {"missing-entry", "gap-in-bands"} & set(found)


@pytest.mark.parametrize(
    ("alternatives", "type_", "values"),
    [
        ("  a 5 points default\n  b 15 points", Quantity("points"), [5, 15]),
        ("  a 5 default\n  b 0.5", Quantity("number"), [5, Fraction(1, 2)]),
        ("  a default\n  b", EnumType("p.it"), [EnumValue("p.it", "a"), EnumValue("p.it", "b")]),
    ],
)
def test_a_reading_is_a_value_or_one_of_its_alternatives(
    alternatives: str, type_: object, values: list[object]
) -> None:
    found = program(f"{VOCABULARY}\nreading it\n{alternatives}\n").readings["p.it"]
    assert (found.type, [each.value for each in found.alternatives], found.default) == (type_, values, "a")


@pytest.mark.parametrize(
    ("alternatives", "code"),
    [
        ("  a 5 default\n  b 5%", "unit-mismatch"),
        ("  a 5 default\n  b", "missing-value"),
        ("  a\n  b", "one-default"),
        ("  a default\n  b default", "one-default"),
        ("  a default\n  a", "duplicate-name"),
    ],
)
def test_a_reading_with_a_mistake(alternatives: str, code: str) -> None:
    assert errors(f"{VOCABULARY}\nreading it\n{alternatives}\n") == [code]


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        ("enum E { a, b, a }", "duplicate-name"),
        ("entity month", "shadowed-name"),
        ('enum E\n  a "X"\n  b aka "x"', "duplicate-name"),
        ("record R\n  a count\n  a date", "duplicate-name"),
        ("record R\n  a count\n  unique b", "unknown-name"),
        ("record R\n  a Usage", "type-mismatch"),
        ("record R\n  a band of count", "type-mismatch"),
        ("record R\n  a count or never", "type-mismatch"),
        ("record R\n  a text 0 to 5", "type-mismatch"),
        ("record R\n  a count 5 to 0", "bounds-reversed"),
        ("record R\n  a count default 5%", "unit-mismatch"),
        ("record R\n  a count default -5", "out-of-bounds"),
        ("record R\n  a count? default 5", "optional-default"),
        ("record R\n  a Trak", "unknown-name"),
        ("record R\n  a capability", "unknown-name"),
        ("measure m date\n  2020-01-01", "type-mismatch"),
        ("measure m count 5 to 1\n  3", "bounds-reversed"),
        ("define d as count?\n  3", "field-only"),
    ],
)
def test_a_declaration_with_a_mistake(declaration: str, code: str) -> None:
    assert errors(f"{VOCABULARY}\n{declaration}\n") == [code]


def test_the_title_of_a_value_may_repeat_its_name() -> None:
    assert errors('policy p "P"\nenum E\n  a "A" aka "a"\n') == []


def test_what_is_missing_is_named() -> None:
    source = f"{VOCABULARY}\nparameter it for Association count\n  cpor 5\n{USE.format('a')}"
    (found,) = (each for each in compiled(source)[1] if each.code == "missing-entry")
    assert found.message == "`it` has no entry for `dpor`, `csp`"


def test_a_hint_says_how_an_entry_is_written() -> None:
    found = error(f"{VOCABULARY}\nparameter it for Track count\n  5\n")
    assert found.help == "separate entries with commas; each is written `TRACK VALUE`"


def test_lines_below_a_date_have_its_dates_and_its_notes() -> None:
    text = """for Track money USD
  from 2015-07-01 to 2017-09-30  source S1
    enterprise 1_530 USD source S2
    smb 3_940 USD
  from 2018-01-01 smb 5 USD"""
    below = table(text).entries
    beside = table(
        """for Track money USD
  from 2015-07-01 to 2017-09-30 enterprise 1_530 USD source S2 source S1
  from 2015-07-01 to 2017-09-30 smb 3_940 USD source S1
  from 2018-01-01 smb 5 USD"""
    ).entries
    assert below == beside


def sets(entry: str, date: str = "2021-01-01") -> str:
    return f"""for Track set of Association
  from 2019-01-01 enterprise {{ cpor, csp }}, smb {{ csp }}
  from 2020-01-01 smb {{ cpor, dpor }}
  from {date} {entry}"""


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("smb without { dpor }", {"cpor"}),
        ("smb with { csp }", {"cpor", "dpor", "csp"}),
        ("smb without { cpor, dpor } with { csp }", {"csp"}),
        ("enterprise without { csp }", {"cpor"}),
    ],
)
def test_a_set_as_before_but_for_these(entry: str, expected: set[str]) -> None:
    value = table(sets(entry)).entries[-1].value
    assert isinstance(value, frozenset)
    assert {each.name for each in value if isinstance(each, EnumValue)} == expected


def test_the_former_set_is_that_of_the_date_before() -> None:
    value = table(sets("smb with { cpor }", "2019-06-01")).entries[-1].value
    assert isinstance(value, frozenset)
    assert len(value) == 2


@pytest.mark.parametrize(
    "text",
    [
        sets("smb without { csp }"),
        sets("smb with { cpor }"),
        sets("smb with { csp }", "2018-01-01"),
        "for Track set of Association\n  smb { csp }\n  enterprise with { cpor }",
        "count\n  from 2020-01-01 3\n  from 2021-01-01 with { cpor }",
        'set of Track\n  from 2020-01-01 unknown "lost"\n  from 2021-01-01 with { smb }',
    ],
)
def test_what_cannot_be_as_before_is_refused(text: str) -> None:
    assert errors(f"{VOCABULARY}\nparameter it {text}\n") == ["as-before"]
