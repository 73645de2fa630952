"""Diagnostics about the values of facts."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
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
