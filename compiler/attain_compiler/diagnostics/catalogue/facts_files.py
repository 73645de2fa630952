"""Diagnostics about files of facts: what cannot be read, and what is no table."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
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
