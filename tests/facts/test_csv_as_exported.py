"""CSV as spreadsheet programs and others write it: read right, or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.facts.policy import said
from tests.facts.sheets import read

HEADER = "tenant,track,month,seats\n"
ROW = "a,smb,2024-05,3\n"

RIGHT = {
    "a byte order mark": b"\xef\xbb\xbf" + (HEADER + ROW).encode(),
    "semicolons": (HEADER + ROW).replace(",", ";").encode(),
    "a line that says semicolons": ("sep=;\n" + (HEADER + ROW).replace(",", ";")).encode(),
    "a line that says commas": ("sep=,\r\n" + HEADER + ROW).encode(),
    "a mark and a line": b"\xef\xbb\xbfsep=;\r\n" + (HEADER + ROW).replace(",", ";").encode(),
    "old line ends": (HEADER + ROW).replace("\n", "\r").encode(),
    "no end of the last line": (HEADER + ROW).rstrip().encode(),
    "lines of blanks": (" \n\n" + HEADER + ROW + "   \n\t\n\n").encode(),
    "quoted cells": b'"tenant","track","month","seats"\n"a","smb","2024-05","3"\n',
    "blanks around": ("tenant , track,month,seats\n a ,smb,2024-05,\u00a03\n").encode(),
}


@pytest.mark.parametrize("case", RIGHT)
def test_it_is_read(case: str, tmp_path: Path) -> None:
    (tmp_path / "Usage.csv").write_bytes(RIGHT[case])
    facts, mistakes, _ = read(tmp_path)
    assert said(mistakes) == []
    assert facts is not None
    assert [row.values["seats"] for row in facts.tables["club.Usage"]] == [3]


REFUSED: dict[str, tuple[str, bytes, int | None, str]] = {
    "UTF-16": ("Usage", (HEADER + ROW).encode("utf-16"), None, "the file is UTF-16, not UTF-8"),
    "UTF-16 without a mark": ("Usage", (HEADER + ROW).encode("utf-16-le"), 1, "the file is not text"),
    "Latin 1": ("Usage", (HEADER + "é,smb,2024-05,3\n").encode("latin-1"), 2, "byte 0xe9 cannot be read"),
    "tabs": ("Usage", (HEADER + ROW).replace(",", "\t").encode(), 1, "the columns are separated by tabs"),
    "a zero byte": ("Usage", (HEADER + "a\0,smb,2024-05,3\n").encode(), 2, "it has a zero byte"),
    "a line break in a name": (
        "Usage",
        (HEADER + '"a\nb",smb,2024-05,3\n').encode(),
        2,
        "has a character that cannot be printed",
    ),
    "what stands after a line break": ("Usage", (HEADER + 'a,smb,"2024\n05",3\n').encode(), 2, "is not a month"),
    "a decimal comma": ("ExamResult", b"holder;passed;score\nana;2024-01-01;1,5\n", 2, "`1,5` is not a number"),
    "thousands": ("ExamResult", b'holder,passed,score\nana,2024-01-01,"1,250"\n', 2, "`1,250` is not a number"),
    "a dot in doubt": ("ExamResult", b"holder;passed;score\nana;2024-01-01;1.250\n", 2, "could be 1.25 or 1250"),
    "a dot in doubt below a line": (
        "ExamResult",
        b"sep=;\nholder;passed;score\nana;2024-01-01;1.250\n",
        3,
        "could be 1.25 or 1250",
    ),
    "an error for a name": (
        "ExamResult",
        b"holder,passed\n#N/A,2024-01-01\n",
        2,
        "`#N/A` is an error of the spreadsheet",
    ),
    "a separator at the end": (
        "Usage",
        b"tenant,track,month,seats,\na,smb,2024-05,3,\n",
        1,
        "column 5 has no name",
    ),
    "rows of nothing below": ("Usage", (HEADER + ROW + ",,,\n").encode(), 3, "the row is empty"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    table, content, line, message = REFUSED[case]
    (tmp_path / f"{table}.csv").write_bytes(content)
    _, mistakes, _ = read(tmp_path)
    assert [(each.line, message in each.message, bool(each.help)) for each in mistakes] == [(line, True, True)], said(
        mistakes
    )
