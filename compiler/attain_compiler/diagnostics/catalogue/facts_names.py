"""Diagnostics about what facts are called: records, fields, values that are not the policy's."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
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
