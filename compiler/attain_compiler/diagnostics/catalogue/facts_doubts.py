"""Doubts about facts."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="facts-look-alike",
        severity=Severity.WARNING,
        summary="two names look alike and are not the same",
        why="""\
Names of people, customers and the like are the same when they are the same letter by letter. Two that differ only in
blanks, in capitals, in characters that cannot be seen (a zero-width space, a soft hyphen) or in letters that look alike
are nearly always one, typed or exported in two ways; they count as two. Write them in one way. The same is so of a name
of the facts that looks like one which the policy itself says.

In a mapping, a field may say which it wants: `alike = "same"` takes such names as the first of them, `alike =
"different"` says that they are known to be two.""",
        avoid="""\
holder,course
ana b,cafe
ana  b,cafe""",
        prefer="""\
holder,course
ana b,cafe
ana b,cafe""",
    ),
    Entry(
        code="facts-identical-rows",
        severity=Severity.WARNING,
        summary="two rows are the same in every field",
        why="""\
The record does not say with `unique` what tells its rows apart, so two that are the same may both be meant, and each of
them counts. As often one was exported twice. Remove it, or have the author of the policy add a field by which they
differ.""",
        avoid="""\
holder,course
ana,cafe
ana,cafe""",
        prefer="""\
holder,course
ana,cafe""",
    ),
    Entry(
        code="facts-hidden-sheet",
        severity=Severity.WARNING,
        summary="a sheet, or rows or a column of one, that are not shown count",
        why="""\
The sheet is called like a record, so its rows are read, although nobody who opens the workbook sees it; or a filter
hides some of its rows, or a column of it is hidden: they are read all the same. Show them, or remove them if they are
not meant.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="facts-total-row",
        severity=Severity.WARNING,
        summary="the last row looks like the total of those above it",
        why="""\
People write a total below a table. Where such a row lacks what a row must have, it is refused; where a name and numbers
are all that a row needs, it counts like one, and everything is counted twice. The last row is doubtful if it holds a
name and numbers alone, and the name says so ("Total"), or each number is the sum of those above it. Say in the mapping
that it is not read (`ignore_rows = ["Total"]`), or remove it.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="facts-more-digits",
        severity=Severity.WARNING,
        summary="a number has more digits than a spreadsheet shows",
        why="""\
Spreadsheets and many databases compute in binary and show 15 digits. What they worked out can lie a little beside what
they show: 0.1 + 0.2 is kept as 0.30000000000000004. Numbers are taken exactly as they are kept, and a threshold may be
missed by the last digit. Round in the spreadsheet where the number that is shown is meant.""",
        avoid="",
        prefer="",
    ),
)
