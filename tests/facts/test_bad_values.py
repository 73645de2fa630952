"""Values in JSON that are refused: what is said, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.facts.policy import read

IF_IN_USD = "if the amount is in USD; nothing is converted here"

BAD = [
    ("seats", '"12"', "facts-bad-value", '"12" is text, not a number', "write 12 without quotes"),
    ("seats", "12.5", "facts-bad-value", "`12.5` is not a whole number", "a count has no decimals"),
    ("seats", '"12.5"', "facts-bad-value", '"12.5" is text, not a number', "write 12.5 without quotes"),
    ("seats", "true", "facts-bad-value", "`true` is not a whole number", "write a number, such as `120`"),
    (
        "seats",
        "null",
        "facts-missing-value",
        "`seats` is missing",
        "write its value; only a field with `?`, `default`, `or never` or `or none` may be left out",
    ),
    ("seats", '"x"', "facts-bad-value", "`x` is not a whole number", "write a number, such as `120`"),
    (
        "seats",
        "-1",
        "facts-out-of-bounds",
        "`-1` is less than 0",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    (
        "seats",
        "1001",
        "facts-out-of-bounds",
        "`1001` is more than 1_000",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    (
        "seats",
        "1e999999",
        "facts-bad-value",
        "`1e999999` is not a number that can be worked with",
        "a number has at most 100 digits",
    ),
    (
        "seats",
        "NaN",
        "facts-bad-value",
        "`NaN` is not a number that can be worked with",
        "write a number, or leave it out",
    ),
    ("seats", "[1]", "facts-bad-value", "`[ ... ]` is not a whole number", "write a number, such as `120`"),
    ("seats", "{}", "facts-bad-value", "`{}` is not a whole number", "write a number, such as `120`"),
    ("seats", '"1_0"', "facts-bad-value", '"1_0" is text, not a number', "write 10 without quotes"),
    ("seats", '""', "facts-bad-value", "`` is not a whole number", "write a number, such as `120`"),
    (
        "seats",
        "0.3333333333333333333333",
        "facts-bad-value",
        "`0.3333333333333333333333` is not a whole number",
        "a count has no decimals",
    ),
    ("share", "40", "facts-bad-value", "`40` could be 40% or 4000%", 'write "40%" or "4000%"'),
    ("share", '"40"', "facts-bad-value", '"40" is text, not a number', 'write "40%"'),
    ("share", '"0.4"', "facts-bad-value", '"0.4" is text, not a number', 'write 0.4 without quotes, or "40%"'),
    ("share", "2", "facts-bad-value", "`2` could be 2% or 200%", 'write "2%" or "200%"'),
    (
        "share",
        '"200%"',
        "facts-out-of-bounds",
        "`200%` is more than 150%",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    (
        "share",
        '"160%"',
        "facts-out-of-bounds",
        "`160%` is more than 150%",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    (
        "share",
        '"-1%"',
        "facts-out-of-bounds",
        "`-1%` is less than 0%",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    (
        "share",
        '"x%"',
        "facts-bad-value",
        "`x%` is not a percentage",
        "write it with its sign, such as `40%`, or as the fraction `0.4`",
    ),
    (
        "share",
        "true",
        "facts-bad-value",
        "`true` is not a percentage",
        "write it with its sign, such as `40%`, or as the fraction `0.4`",
    ),
    (
        "share",
        '"forty"',
        "facts-bad-value",
        "`forty` is not a percentage",
        "write it with its sign, such as `40%`, or as the fraction `0.4`",
    ),
    ("share", "-1.5", "facts-bad-value", "`-1.5` could be -1.5% or -150%", 'write "-1.5%" or "-150%"'),
    ("fee", '"5"', "facts-bad-value", '"5" is text, not a number', "write 5 without quotes"),
    (
        "fee",
        '"5 EUR"',
        "facts-bad-value",
        "`5 EUR` is in EUR, not in USD",
        "convert the amount to USD; nothing is converted here",
    ),
    *(
        ("fee", f'"{text}"', "facts-bad-value", f"`{text}` is not an amount in USD", f"write `{plain}` {IF_IN_USD}")
        for text, plain in (("$5", "5"), ("€ 1.250,00", "1250.00"), ("£1,250.00", "1250.00"))
    ),
    (
        "fee",
        '"USD 5"',
        "facts-bad-value",
        "`USD 5` is not an amount in USD",
        "write a number, such as `1530`, or with its currency, `1530 USD`",
    ),
    (
        "fee",
        '"1,530 USD"',
        "facts-bad-value",
        "`1,530 USD` is not an amount in USD",
        "write `1530`, or `1.53` if the comma stands before decimals",
    ),
    (
        "fee",
        '"5usd"',
        "facts-bad-value",
        "`5usd` is not an amount in USD",
        "write a number, such as `1530`, or with its currency, `1530 USD`",
    ),
    (
        "fee",
        '"x"',
        "facts-bad-value",
        "`x` is not an amount in USD",
        "write a number, such as `1530`, or with its currency, `1530 USD`",
    ),
    (
        "passed",
        '"2024-06-31"',
        "facts-bad-value",
        "there is no day `2024-06-31`",
        "the last day of that month is `2024-06-30`",
    ),
    ("passed", '"2024-06"', "facts-bad-value", "`2024-06` is not a date", "add the day: `2024-06-01`"),
    (
        "passed",
        '"2024-13-01"',
        "facts-bad-value",
        "there is no day `2024-13-01`",
        "write year, month and day, as in `2024-06-30`",
    ),
    (
        "passed",
        '"31/12/2024"',
        "facts-bad-value",
        "`31/12/2024` is not a date",
        "write year, month and day, as in `2024-06-30`",
    ),
    ("passed", '"2024-6-1"', "facts-bad-value", "`2024-6-1` is not a date", "write `2024-06-01`: year, month, day"),
    (
        "passed",
        '"2024-06-30T10:00"',
        "facts-bad-value",
        "`2024-06-30T10:00` is not a date",
        "leave out the time: `2024-06-30`",
    ),
    (
        "passed",
        '"1999-12-31"',
        "facts-out-of-bounds",
        "`1999-12-31` is earlier than 2000-01-01",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    (
        "passed",
        '"9999-12-31"',
        "facts-bad-value",
        "`9999-12-31` stands for `never`, which is no date here",
        "write the day, or leave the row out if there is none",
    ),
    ("passed", '"never"', "facts-bad-value", "`never` is not a date", "write year, month and day, as in `2024-06-30`"),
    (
        "passed",
        "20240630",
        "facts-bad-value",
        "`20240630` is not a date",
        "write year, month and day, as in `2024-06-30`",
    ),
    ("passed", '"0000-01-01"', "facts-bad-value", "there is no day `0000-01-01`", "years begin at 0001"),
    (
        "passed",
        '"2023-02-29"',
        "facts-bad-value",
        "there is no day `2023-02-29`",
        "the last day of that month is `2023-02-28`",
    ),
    (
        "passed",
        '" 2024-01-01"',
        "facts-bad-value",
        "` 2024-01-01` is not a date",
        "write year, month and day, as in `2024-06-30`",
    ),
    (
        "passed",
        '"2024-06-30x"',
        "facts-bad-value",
        "`2024-06-30x` is not a date",
        "write year, month and day, as in `2024-06-30`",
    ),
    ("passed", '"today"', "facts-bad-value", "`today` is not a date", "write year, month and day, as in `2024-06-30`"),
    ("expires", '"soon"', "facts-bad-value", "`soon` is not a date", "write year, month and day, as in `2024-06-30`"),
    (
        "notice",
        '"90"',
        "facts-bad-value",
        "`90` is not a duration",
        "write it as `90 days`, `6 weeks`, `12 months` or `2 years`",
    ),
    (
        "notice",
        "90",
        "facts-bad-value",
        "`90` is not a duration",
        "write it as `90 days`, `6 weeks`, `12 months` or `2 years`",
    ),
    (
        "notice",
        '"1 fortnight"',
        "facts-bad-value",
        "`1 fortnight` is not a duration",
        "write it as `90 days`, `6 weeks`, `12 months` or `2 years`",
    ),
    (
        "notice",
        '"-1 days"',
        "facts-bad-value",
        "`-1 days` is not a duration",
        "write it as `90 days`, `6 weeks`, `12 months` or `2 years`",
    ),
    (
        "notice",
        '"90days"',
        "facts-bad-value",
        "`90days` is not a duration",
        "write it as `90 days`, `6 weeks`, `12 months` or `2 years`",
    ),
    (
        "worth",
        '"4 points"',
        "facts-bad-value",
        "`4 points` is not a number of points",
        "write a number, such as `120` or `0.5`",
    ),
    (
        "tries",
        "-1",
        "facts-out-of-bounds",
        "`-1` is less than 0",
        "correct the value; if it is right, the bounds in the policy are too narrow",
    ),
    ("tries", '"7 "', "facts-bad-value", '"7 " is text, not a number', "write 7 without quotes"),
    ("score", '"1/0"', "facts-bad-value", "`1/0` is not a number", "write a number, such as `120` or `0.5`"),
    ("score", '"1.000,5"', "facts-bad-value", "`1.000,5` is not a number", "write `1000.5`"),
    ("score", '"1,5"', "facts-bad-value", "`1,5` is not a number", "write `1.5`"),
    ("score", '"x"', "facts-bad-value", "`x` is not a number", "write a number, such as `120` or `0.5`"),
    ("score", '"1%"', "facts-bad-value", "`1%` is a percentage, not a number", "remove the `%`"),
    ("score", "true", "facts-bad-value", "`true` is not a number", "write a number, such as `120` or `0.5`"),
    ("score", '"1.000"', "facts-bad-value", '"1.000" is text, not a number', "write 1 without quotes"),
    ("score", '"1\'000"', "facts-bad-value", "`1'000` is not a number", "write `1000`"),
    (
        "score",
        '"1e5"',
        "facts-bad-value",
        "`1e5` is not a number",
        "write all its digits: a spreadsheet that shows an exponent has often dropped some",
    ),
    ("score", '"0x10"', "facts-bad-value", "`0x10` is not a number", "write a number, such as `120` or `0.5`"),
    (
        "score",
        '"99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"',
        "facts-bad-value",
        "`99999999999999999999999999999999999999999999999999999999999…` is too long for a number",
        "shorten it",
    ),
    (
        "score",
        "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
        "facts-bad-value",
        "`99999999999999999999999999999999999999999999999999999999999…` is not a number that can be worked with",
        "a number has at most 100 digits",
    ),
    ("remark", "5", "facts-bad-value", "`5` is not text", 'write it in quotes: "5"'),
    ("remark", '"\\u0007"', "facts-bad-value", "`\\x07` has a character that cannot be printed", "remove it"),
    ("remark", '"\\ud800"', "facts-bad-value", "`\\ud800` has a character that cannot be printed", "remove it"),
    ("remark", '["x"]', "facts-bad-value", "`[ ... ]` is not text", "write it in quotes"),
    ("tracks", '"smb"', "facts-bad-value", "`smb` is not a list", "write a list: [ ... ]"),
    ("tracks", '["smb","x"]', "facts-unknown-value", "`x` is not a value of `Track`", "write `smb` or `enterprise`"),
    ("tracks", '[["smb"]]', "facts-bad-value", "`[ ... ]` is not a value of `Track`", "write it in quotes"),
    (
        "level",
        '"entry"',
        "facts-unknown-value",
        "`entry` can be more than one value of `Level`",
        "write `low` or `high`",
    ),
    ("level", '"Entry"', "facts-unknown-value", "`Entry` is not a value of `Level`", "did you mean `entry2`?"),
    ("level", '"Advancd"', "facts-unknown-value", "`Advancd` is not a value of `Level`", "did you mean `Advanced`?"),
    ("level", "1", "facts-bad-value", "`1` is not a value of `Level`", 'write it in quotes: "1"'),
    ("level", '"zzz"', "facts-unknown-value", "`zzz` is not a value of `Level`", "write `low`, `high` or `entry2`"),
    ("holder", '""', "facts-bad-value", "the name is empty", "write a name"),
    ("holder", '" ana"', "facts-bad-value", '" ana" has blanks around it', 'write "ana"'),
    ("holder", '"a\\nb"', "facts-bad-value", "`a\\nb` has a character that cannot be printed", "remove it"),
    ("holder", "5", "facts-bad-value", "`5` is not the identifier of a `Person`", 'write it in quotes: "5"'),
    ("holder", "true", "facts-bad-value", "`true` is not the identifier of a `Person`", "write it in quotes"),
    *(
        (
            field,
            f'"a\\u{mark}b"',
            "facts-bad-value",
            f"`a\\u{mark}b` has a character that cannot be printed",
            "remove it",
        )
        for field in ("holder", "remark")
        for mark in ("202e", "2066", "2028")  # they turn the numbers after them around, or begin a new line
    ),
    ("holder", '"a\\u0000"', "facts-bad-value", "`a\\x00` has a character that cannot be printed", "remove it"),
    (
        "holder",
        "null",
        "facts-missing-value",
        "`holder` is missing",
        "write its value; only a field with `?`, `default`, `or never` or `or none` may be left out",
    ),
    ("holder", '["x"]', "facts-bad-value", "`[ ... ]` is not the identifier of a `Person`", "write it in quotes"),
]


def row(field: str, written: str) -> str:
    """Facts with one row, in which `field` is written so."""
    record, others = "ExamResult", {"holder": '"ana"', "passed": '"2024-01-01"'}
    if field == "seats":
        record, others = "Usage", {"tenant": '"fabrikam"', "track": '"smb"', "month": '"2024-05"'}
    fields = ", ".join(f'"{name}": {text}' for name, text in (others | {field: written}).items())
    return f'{{"facts": {{"{record}": [{{{fields}}}]}}}}'


@pytest.mark.parametrize(
    ("field", "written", "code", "message", "help_line"),
    BAD,
    ids=[f"{field} {written[:30]}" for field, written, *_ in BAD],
)
def test_a_value_that_is_not_right_is_refused_with_a_reason_and_what_to_do(
    tmp_path: Path, field: str, written: str, code: str, message: str, help_line: str
) -> None:
    facts, problems = read(tmp_path, row(field, written))
    assert facts is None
    assert [(each.code, each.field, each.message, each.help) for each in problems] == [
        (code, field, message, help_line)
    ]
