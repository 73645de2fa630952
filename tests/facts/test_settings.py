"""`--set`: values given straight to a measure on the command line."""

from __future__ import annotations

import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from attain_compiler.model.types import Value
from attain_engine.facts import load_facts
from tests.facts.policy import PROGRAM, SMB, read

BAD = [
    (
        ("net_adds.smb=",),
        [
            (
                "facts-bad-setting",
                "",
                "`net_adds.smb=` is not a name and a value",
                "write `--set measure=value` or `--set measure.argument=value`",
            ),
        ],
    ),
    (
        ("net_adds.smb",),
        [
            (
                "facts-bad-setting",
                "",
                "`net_adds.smb` is not a name and a value",
                "write `--set measure=value` or `--set measure.argument=value`",
            ),
        ],
    ),
    (
        ("=5",),
        [
            (
                "facts-bad-setting",
                "",
                "`=5` is not a name and a value",
                "write `--set measure=value` or `--set measure.argument=value`",
            ),
        ],
    ),
    (
        ("net_adds=5",),
        [
            (
                "facts-wrong-arguments",
                "net_adds",
                "`net_adds` takes 1 argument, and has none",
                "write `--set net_adds.smb=...`",
            ),
        ],
    ),
    (
        ("net_adds.smb.x=5",),
        [
            (
                "facts-wrong-arguments",
                "net_adds.smb.x",
                "`net_adds` takes 1 argument, and has 2",
                "write `--set net_adds.smb=...`",
            ),
        ],
    ),
    (
        ("rate.smb=1",),
        [
            (
                "facts-wrong-arguments",
                "rate.smb",
                "`rate` takes no arguments, and has 1",
                "write `--set rate=...`",
            ),
        ],
    ),
    (
        ("net_adds.Smb=5",),
        [
            (
                "facts-unknown-value",
                "net_adds.Smb",
                "`Smb` is not a value of `Track`",
                "did you mean `smb`?",
            ),
        ],
    ),
    (
        ("net_ads.smb=5",),
        [
            (
                "facts-unknown-measure",
                "net_ads.smb",
                "no measure `net_ads`",
                "did you mean `net_adds`?",
            ),
        ],
    ),
    (
        ("capability.smb=5",),
        [
            (
                "facts-unknown-measure",
                "capability.smb",
                "`capability` cannot be given: it is a score",
                "give the measures that it is worked out from",
            ),
        ],
    ),
    (
        ("certified.=3",),
        [
            (
                "facts-bad-setting",
                "",
                "`certified.=3` is not a name and a value",
                "write `--set measure=value` or `--set measure.argument=value`",
            ),
        ],
    ),
    (
        ('certified."ana=3',),
        [
            (
                "facts-bad-setting",
                "",
                '`certified."ana=3` is not a name and a value',
                "write `--set measure=value` or `--set measure.argument=value`",
            ),
        ],
    ),
    (
        ("a..b=3",),
        [
            (
                "facts-bad-setting",
                "",
                "`a..b=3` is not a name and a value",
                "write `--set measure=value` or `--set measure.argument=value`",
            ),
        ],
    ),
    (
        ("authorised=maybe",),
        [
            (
                "facts-bad-value",
                "authorised",
                "`maybe` is not yes or no",
                "write `yes` or `no`",
            ),
        ],
    ),
    (
        ("revenue=5 EUR",),
        [
            (
                "facts-bad-value",
                "revenue",
                "`5 EUR` is in EUR, not in USD",
                "convert the amount to USD; nothing is converted here",
            ),
        ],
    ),
    (
        ("rate=40",),
        [
            (
                "facts-bad-value",
                "rate",
                "`40` could be 40% or 4000%",
                'write "40%" or "4000%"',
            ),
        ],
    ),
    (
        ("starts.ana=2024-02-30",),
        [
            (
                "facts-bad-value",
                "starts.ana",
                "there is no day `2024-02-30`",
                "the last day of that month is `2024-02-29`",
            ),
        ],
    ),
    (
        ("net_adds.smb=1.5",),
        [
            (
                "facts-bad-value",
                "net_adds.smb",
                "`1.5` is not a whole number",
                "a count has no decimals",
            ),
        ],
    ),
    (
        ("growth.smb=3",),
        [
            (
                "facts-wrong-arguments",
                "growth.smb",
                "`growth` takes 2 arguments, and has 1",
                "write `--set growth.smb.2024-06=...`",
            ),
        ],
    ),
    (
        ("certified.ana=501",),
        [
            (
                "facts-out-of-bounds",
                "certified.ana",
                "`501` is more than 500",
                "correct the value; if it is right, the bounds in the policy are too narrow",
            ),
        ],
    ),
    (
        ("starts=2024-01-01",),
        [
            (
                "facts-wrong-arguments",
                "starts",
                "`starts` takes 1 argument, and has none",
                'write `--set starts."name of a Person"=...`',
            ),
        ],
    ),
    (
        ("over.x.y=1",),
        [
            (
                "facts-bad-value",
                "over.x.y",
                "`x` is not a whole number",
                "write a number, such as `120`",
            ),
            (
                "facts-bad-value",
                "over.x.y",
                "`y` is not yes or no",
                "write `yes` or `no`",
            ),
        ],
    ),
    (
        ("net_adds.smb=1", "net_adds.SMB=2"),
        [
            (
                "facts-given-twice",
                "net_adds.SMB",
                "`net_adds.SMB` is set twice",
                "keep one",
            ),
        ],
    ),
    (
        ("x=1", "rate=2"),
        [
            (
                "facts-unknown-measure",
                "x",
                "no measure `x`",
                "there is `net_adds`, `growth`, `rate`, `revenue`, `certified`, `over`, `authorised` and `starts`",
            ),
            (
                "facts-bad-value",
                "rate",
                "`2` could be 2% or 200%",
                'write "2%" or "200%"',
            ),
        ],
    ),
]

GOOD = [
    ("net_adds.smb=-59", ("club.net_adds", (SMB,)), -59),
    ('net_adds."Small and medium"=4', ("club.net_adds", (SMB,)), 4),
    ("net_adds.Small business=4", ("club.net_adds", (SMB,)), 4),
    ('certified."ana.b"=3', ("club.certified", ("ana.b",)), 3),
    ('certified."ana=b" = 3 ', ("club.certified", ("ana=b",)), 3),
    ("growth.smb.2024-05=1_000.5", ("club.growth", (SMB, 2024 * 12 + 4)), Fraction(2001, 2)),
    ("authorised=yes", ("club.authorised", ()), True),
    ("revenue=1_530 USD", ("club.revenue", ()), 1530),
    ("rate=40%", ("club.rate", ()), Fraction(2, 5)),
    ("rate=0.4", ("club.rate", ()), Fraction(2, 5)),
    ("over.5.yes=3", ("club.over", (5, True)), 3),
    ("starts.ana=2024-02-29", ("club.starts", ("ana",)), datetime.date(2024, 2, 29)),
]


@pytest.mark.parametrize(("settings", "expected"), BAD)
def test_a_setting_that_is_not_right_is_refused(
    tmp_path: Path, settings: tuple[str, ...], expected: list[tuple[str, str, str, str]]
) -> None:
    facts, problems = read(tmp_path, "{}", *settings)
    assert facts is None
    assert [(each.code, each.field, each.message, each.help) for each in problems] == expected
    assert {(each.file, each.table) for each in problems} == {("--set", "given")}


@pytest.mark.parametrize(("setting", "key", "value"), GOOD)
def test_a_setting_gives_a_value(
    tmp_path: Path, setting: str, key: tuple[str, tuple[Value, ...]], value: Value
) -> None:
    facts, problems = read(tmp_path, "{}", setting)
    assert problems == []
    assert facts is not None
    assert facts.values == {key: value}


def test_a_setting_replaces_what_the_file_gives(tmp_path: Path) -> None:
    facts, _ = read(tmp_path, '{"given": {"net_adds": {"smb": 7, "enterprise": 8}}}', "net_adds.SMB=1")
    assert facts is not None
    assert facts.values["club.net_adds", (SMB,)] == 1
    assert len(facts.values) == 2


def test_settings_need_no_file() -> None:
    facts, problems = load_facts(PROGRAM, None, sets=["rate=40%"])
    assert problems == ()
    assert facts is not None
    assert (facts.organisation, facts.tables, facts.values) == (
        "the organisation",
        {},
        {("club.rate", ()): Fraction(2, 5)},
    )
