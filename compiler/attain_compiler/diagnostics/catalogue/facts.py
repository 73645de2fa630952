"""Diagnostics about the facts that a policy is applied to."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

_FILES = (
    Entry(
        code="facts-unreadable",
        summary="the facts cannot be read",
        why="""\
The file or folder does not exist, or may not be read by whoever runs the command. Without facts nothing can be said
about an organisation, so the command ends as it does for wrong usage (exit code 2).""",
        avoid="""\
attain assess modern_work facts/contso.json""",
        prefer="""\
attain assess modern_work facts/contoso.json""",
    ),
    Entry(
        code="facts-too-large",
        summary="a file of facts is larger than 200 MB",
        why="""\
The facts of one organisation are read into memory and every value is checked. A file beyond 200 MB is nearly always
something else, such as the export of all organisations. Give the rows of the one that is to be assessed.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="facts-not-text",
        summary="a file of facts is not text in UTF-8",
        why="""\
Facts are text in UTF-8, with or without a byte order mark. In another encoding names would be read wrongly, and in
silence: the same person could count twice. The line that is named is the first that cannot be read.

Save the file again as UTF-8. A spreadsheet calls this "CSV UTF-8".""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="facts-bad-json",
        summary="a file of facts is not JSON",
        why="""\
The text breaks the rules of JSON at the line and column that are named, or just before: a comma is missing or there is
one too many, a quotation mark is not closed, or lists and objects are nested without end. Nothing else in the file can
be checked until it is JSON.""",
        avoid="""\
{"given": {"net_adds": {"smb": 66,}}}""",
        prefer="""\
{"given": {"net_adds": {"smb": 66}}}""",
    ),
    Entry(
        code="facts-missing-extra",
        summary="a format of facts needs a library that is not installed",
        why="""\
Workbooks are read by openpyxl, DuckDB databases and Parquet files by duckdb. Whoever gives facts as JSON, CSV or SQLite
needs neither, so they are extras of the package. Install the one that the message names.""",
        avoid="""\
pip install attain""",
        prefer="""\
pip install 'attain[sheets,tables]'""",
    ),
    Entry(
        code="facts-bad-file",
        summary="a workbook or a database cannot be read",
        why="""\
The file is damaged, is of an old format, stands behind a password, or another program has it open for writing. Nothing
of it can be checked. Open a workbook in a spreadsheet program and save it again as .xlsx. Give a copy of a
database.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="facts-bad-table",
        summary="a sheet or table of facts has not the shape that one has",
        why="""\
The first row that is not empty has the headers, unless a mapping names another row, and every column with a value has a
header. A value under none would be lost, so it is refused. A table has at most 2,000 columns and 3,000,000 cells.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="facts-bad-cell",
        summary="a cell has no value that can be read",
        why="""\
A cell may hold an error of the spreadsheet (`#N/A`), a formula that was never worked out, be merged with others so that
it cannot be told for which rows its value holds, or be of a kind that facts do not have, such as bytes. To take such a
cell for an empty one would be a guess.""",
        avoid="""\
tenant | seats
fabrikam | #N/A""",
        prefer="""\
tenant | seats
fabrikam | 120""",
    ),
    Entry(
        code="facts-bad-mapping",
        summary="the mapping beside the facts has a mistake",
        why="""\
`attain-facts.toml` says where the fields of each record are found and how they are written. Every part of it is checked
against the policy: its records, their fields and types, the formats of dates and the units. `attain facts map` proposes
one for your facts.""",
        avoid="""\
[tables.Usage.fields.paid_seat]
from = "Seats (paid)\"""",
        prefer="""\
[tables.Usage.fields.paid_seats]
from = "Seats (paid)\"""",
    ),
    Entry(
        code="facts-bad-csv",
        summary="a table of facts is not CSV",
        why="""\
A table begins with a line of field names, and every row has as many cells as that line. A cell that has the separator
or a line break in it stands in quotation marks, and a quotation mark inside such a cell is doubled. A row with more or
fewer cells would put values under the wrong names, so it is refused and not padded.

After a quotation mark that is never closed, the rest of the file cannot be told apart and is not read.""",
        avoid="""\
tenant,seats
Fabrikam, Inc.,120""",
        prefer="""\
tenant,seats
"Fabrikam, Inc.",120""",
    ),
    Entry(
        code="facts-unknown-file",
        summary="a file in a folder of facts is not a table of the policy",
        why="""\
In a folder of facts, each CSV file is the table of one record and is called like it: `Usage.csv` or `usage.csv`. Beside
them there may be `organisation.json`. A file whose name is nearly one of these is refused with a suggestion, and so is
everything that is not a table; hidden files and those whose names begin with `README` are passed over. A table with
quite another name is taken for one of another policy: it is left aside, and named.""",
        avoid="""\
facts/contoso/usages.csv""",
        prefer="""\
facts/contoso/usage.csv""",
    ),
)

_NAMES = (
    Entry(
        code="facts-wrong-shape",
        summary="facts in JSON do not have the shape that facts have",
        why="""\
The file is an object. Its `facts` is an object with a list of rows for each record, and a row is an object with a value
for each field; a record of one row may be that object itself. `attain schema` prints the JSON Schema, with which an
editor can check and complete the file.""",
        avoid="""\
{"facts": {"Usage": {"tenant": "fabrikam"}}}""",
        prefer="""\
{"facts": {"Usage": [{"tenant": "fabrikam"}]}}""",
    ),
    Entry(
        code="facts-repeated-key",
        summary="a key or a column occurs twice",
        why="""\
An object in JSON has each of its keys once, and a table each of its columns. Where one is repeated, most programs keep
the last and drop the other in silence; which of the two values is right cannot be told, so neither is taken.""",
        avoid="""\
{"tenant": "fabrikam", "paid_seats": 20, "paid_seats": 200}""",
        prefer="""\
{"tenant": "fabrikam", "paid_seats": 200}""",
    ),
    Entry(
        code="facts-unknown-key",
        summary="a file of facts has a part that facts do not have",
        why="""\
A file of facts has the parts `organisation`, `as_of`, `closed`, `facts` and `given`, each of which may be left out. In
a folder, the file `organisation.json` has the same parts without `facts`, because the rows are in the tables. Anything
else would not be read, and so it is refused.""",
        avoid="""\
{"organization": "contoso"}""",
        prefer="""\
{"organisation": "contoso"}""",
    ),
    Entry(
        code="facts-unknown-record",
        summary="the policy has no record of this name",
        why="""\
Tables of facts are called like the records that the policy declares, letter by letter. A table whose name is nearly
that of a record is refused with a suggestion, because its rows would count nowhere. A table with quite another name is
taken for one of another policy: it is left aside, and named.

Where several policies are applied at once and more than one declares a record of this name, write its policy before it:
`club.Usage`.""",
        avoid="""\
{"facts": {"usage": []}}""",
        prefer="""\
{"facts": {"Usage": []}}""",
    ),
    Entry(
        code="facts-unknown-field",
        summary="the record has no field of this name",
        why="""\
Columns and keys are called like the fields of the record, letter by letter. A value under another name would be left
out, and if the field it was meant for may be missing nobody would notice. Remove a column that the policy has no field
for.""",
        avoid="""\
tenant,paid_seat
fabrikam,120""",
        prefer="""\
tenant,paid_seats
fabrikam,120""",
    ),
    Entry(
        code="facts-missing-column",
        summary="a table has no column for a field that needs a value",
        why="""\
Every row needs a value for each field, except for those that are declared with `?` (then a missing value is unknown),
with `default`, or as `date or never` or `Level or none`. Their columns may be left out; all others must be there.""",
        avoid="""\
tenant,month
fabrikam,2024-05""",
        prefer="""\
tenant,month,paid_seats
fabrikam,2024-05,120""",
    ),
    Entry(
        code="facts-unknown-measure",
        summary="there is no measure of this name whose value may be given",
        why="""\
Under `given`, and with `--set`, the value of a measure or a define of the policy is stated straight, in place of being
worked out from rows. Scores and designations are worked out from measures and cannot be stated: that would be to state
the answer. A define that is about a row cannot be stated either, because rows have no names.""",
        avoid="""\
attain assess modern_work --set capability.smb=70""",
        prefer="""\
attain assess modern_work --set net_adds.smb=66""",
    ),
    Entry(
        code="facts-wrong-arguments",
        summary="a given value names too few or too many arguments",
        why="""\
A measure that takes arguments has a value for each combination of them, so every argument must be named: in JSON as
nested objects, with `--set` after dots, in the order in which the policy declares them. A part with a dot in it stands
in quotation marks.""",
        avoid="""\
attain assess modern_work --set growth.smb=500""",
        prefer="""\
attain assess modern_work --set growth.smb.cpor=500""",
    ),
    Entry(
        code="facts-given-twice",
        summary="the same fact is given twice",
        why="""\
A value is given for the same measure and arguments twice (perhaps once by name and once by title), or a record has two
files. Which of the two is right cannot be told. A setting on the command line may replace a value of the file; that is
what settings are for.""",
        avoid="""\
{"given": {"net_adds": {"smb": 66, "Small and medium": 67}}}""",
        prefer="""\
{"given": {"net_adds": {"smb": 67}}}""",
    ),
    Entry(
        code="facts-bad-setting",
        summary="a setting is not a name and a value",
        why="""\
A setting is the name of a measure, its arguments after dots, `=` and the value: `net_adds.smb=66`. Put quotation marks
around a part that has a dot in it, and have the shell keep them.""",
        avoid="""\
attain assess modern_work --set net_adds.smb:66""",
        prefer="""\
attain assess modern_work --set net_adds.smb=66""",
    ),
)

_VALUES = (
    Entry(
        code="facts-bad-value",
        summary="a value is not of the type that its field has",
        why="""\
Each field has the type that the policy declares, and a value is taken only if it is written as one of that type.
Nothing is guessed, because a wrong guess changes a verdict. Numbers are digits with a decimal point and nothing between
the thousands; in JSON they stand without quotation marks. Dates are written `2024-06-30` and must exist, months
`2024-06`, durations `90 days`. An amount of money is a number, or has its currency after it (`1530 USD`); nothing is
converted. A percentage is written `40%`, or as the fraction `0.4`; a number above 1 without `%` could be either and is
refused. A flag is `true` or `false`, in a table also `yes` or `no`.""",
        avoid="""\
{"tenant": "fabrikam", "paid_seats": "1,200", "month": "05/2024"}""",
        prefer="""\
{"tenant": "fabrikam", "paid_seats": 1200, "month": "2024-05"}""",
    ),
    Entry(
        code="facts-unknown-value",
        summary="a value is not one of its enum",
        why="""\
The values of an enum are known by their names, titles and `aka` texts, letter by letter, and capitals count. A value
that is only similar is refused with a suggestion. If the facts come from a system that writes a value its own way, the
author of the policy can add that as an `aka`.""",
        avoid="""\
tenant,track
fabrikam,SMB""",
        prefer="""\
tenant,track
fabrikam,smb""",
    ),
    Entry(
        code="facts-out-of-bounds",
        summary="a value lies outside the bounds of its field",
        why="""\
The policy declares between which bounds a value can lie, both included; a `count` without bounds is 0 or more. A value
outside of them is a mistake in the facts, or the bounds are too narrow. The analyses rely on them, so the value cannot
be let pass.""",
        avoid="""\
tenant,paid_seats
fabrikam,-5""",
        prefer="""\
tenant,paid_seats
fabrikam,5""",
    ),
    Entry(
        code="facts-missing-value",
        summary="a row has no value for a field that needs one",
        why="""\
An empty cell, a key that is left out and `null` all mean that a value is missing. That is allowed for fields declared
with `?` (the value is then unknown, and a verdict that rests on it undetermined), with `default`, or as `date or
never`. For any other field a value must be written: taking 0 for it would be a guess.""",
        avoid="""\
tenant,paid_seats
fabrikam,""",
        prefer="""\
tenant,paid_seats
fabrikam,120""",
    ),
    Entry(
        code="facts-not-unique",
        summary="two rows are alike in what identifies a row",
        why="""\
The record says with `unique` in which fields no two rows may be alike. Two such rows are nearly always one that was
exported twice, and would count twice. The message names both; remove one, or correct the field that tells them
apart.""",
        avoid="""\
tenant,month,paid_seats
fabrikam,2024-05,120
fabrikam,2024-05,120""",
        prefer="""\
tenant,month,paid_seats
fabrikam,2024-05,120""",
    ),
    Entry(
        code="facts-one-row",
        summary="a record of one row has none, or several",
        why="""\
The policy declares the record with `one row`: there is exactly one, such as the organisation's own membership. If
nothing of it is known, leave the table out; what depends on it is then undetermined.""",
        avoid="""\
{"facts": {"Membership": []}}""",
        prefer="""\
{"facts": {"Membership": {"anniversary": "2024-10-01"}}}""",
    ),
)

_DOUBTS = (
    Entry(
        code="facts-look-alike",
        severity=Severity.WARNING,
        summary="two names look alike and are not the same",
        why="""\
Names of people, customers and the like are the same when they are the same letter by letter. Two that differ only in
blanks, in capitals, in characters that cannot be seen (a zero-width space, a soft hyphen) or in letters that look alike
are nearly always one, typed or exported in two ways; they count as two. Write them in one way.

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

ENTRIES: tuple[Entry, ...] = (*_FILES, *_NAMES, *_VALUES, *_DOUBTS)
