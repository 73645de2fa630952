"""Diagnostics about records, parameters and readings: what is declared and the values it is given."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="as-before",
        summary="a set is to be as before, and that has no meaning",
        why="""\
`without { a } with { b }` is the former set of a parameter for the same keys: that of the entry above which began last
before this one. There must be one, what is taken out must be in it, and what is put in must not: else the source was
read wrongly in one of the two places.""",
        avoid="""\
parameter accepted set of Exam
  from 2020-01-01  { AZ-103, AZ-203 }
  from 2021-01-01  without { AZ-104 } with { AZ-204 }""",
        prefer="""\
parameter accepted set of Exam
  from 2020-01-01  { AZ-103, AZ-203 }
  from 2021-01-01  without { AZ-203 } with { AZ-204 }""",
    ),
    Entry(
        code="wrong-keys",
        summary="an entry of a parameter has too few or too many keys",
        why="""\
An entry is a value for each key, in the order in which the first line names them, and then the value of the parameter.
Entries on one line are separated by commas.""",
        avoid="""\
parameter adds_needed for Track, Option count
  enterprise 1_000
  smb 500""",
        prefer="""\
parameter adds_needed for Track, Option count
  enterprise cpor 1_000
  smb        cpor 500""",
    ),
    Entry(
        code="duplicate-entry",
        summary="two entries of a parameter have the same keys and the same dates",
        why="""\
Both answer one question on the same day, and nothing says which of them counts. If one replaces the other, say from
when: of the entries that have begun, the latest counts.""",
        avoid="""\
parameter fee for Tier money USD
  silver 1_530 USD
  silver 1_670 USD""",
        prefer="""\
parameter fee for Tier money USD
  from 2015-07-01  silver 1_530 USD
  from 2017-10-01  silver 1_670 USD""",
    ),
    Entry(
        code="overlapping-entries",
        summary="two entries of a parameter answer for the same keys on the same dates",
        why="""\
Bands that overlap, or an `otherwise` for the first key that meets one for the second, leave keys for which two entries
count, and nothing says which of them does. `from A to B` includes both A and B.""",
        avoid="""\
parameter growth_needed for count percent
  from 15 to 30 35%
  from 30 to 49 25%
  otherwise 0%""",
        prefer="""\
parameter growth_needed for count percent
  from 15 to 29 35%
  from 30 to 49 25%
  otherwise 0%""",
    ),
    Entry(
        code="missing-entry",
        summary="a parameter has no entry for some values of an enum",
        why="""\
Looking up a key that has no entry stops an assessment with an error. If the policy never asks for it, a line for
`otherwise` with `unknown "why"` says so; if it may, the value was forgotten.""",
        avoid="""\
enum Track { enterprise, smb }

parameter seats for Track count
  enterprise 300""",
        prefer="""\
enum Track { enterprise, smb }

parameter seats for Track count
  enterprise 300
  smb 11""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="gap-in-bands",
        summary="between the bands of a parameter there are numbers without an entry",
        why="""\
Looking up a number that lies in no band stops an assessment with an error. A line for `otherwise` answers for all
numbers that no band has.""",
        avoid="""\
parameter growth_needed for count percent
  less than 15 0%
  from 20 to 49 35%
  at least 50 25%""",
        prefer="""\
parameter growth_needed for count percent
  less than 15 0%
  from 15 to 49 35%
  at least 50 25%""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="bounds-reversed",
        summary="a range ends before it begins",
        why="""\
`from A to B` and `A to B` hold everything from A up to B, both included. With B below A they hold nothing at all.""",
        avoid="""\
record Usage
  paid_seats count 1_000 to 0""",
        prefer="""\
record Usage
  paid_seats count 0 to 1_000""",
    ),
    Entry(
        code="dates-reversed",
        summary="something is in force until a date before it begins",
        why="""\
`from DATE to DATE` means every day from the first to the second, both included. With the second earlier than the first
there is no such day, and what is written there never counts.""",
        avoid="""\
policy silver "Silver"
  in force from 2023-01-01 to 2022-12-31""",
        prefer="""\
policy silver "Silver"
  in force from 2022-01-01 to 2022-12-31""",
    ),
    Entry(
        code="missing-value",
        summary="a parameter has no value, or an alternative of a reading has none beside others that do",
        why="""\
A parameter needs at least one value; where none is known, `unknown "why"` says so. The alternatives of a reading either
all have a value, and the reading is used as that value, or none has, and the policy asks which is chosen.""",
        avoid="""\
reading maximum_for_developers "Printed as 15, elsewhere as 5"
  corrected 5 points default
  printed""",
        prefer="""\
reading maximum_for_developers "Printed as 15, elsewhere as 5"
  corrected 5 points default
  printed 15 points""",
    ),
    Entry(
        code="one-default",
        summary="a reading has no default, or more than one",
        why="""\
A run that says nothing about a reading takes its default. So there must be one, and only one: which of the alternatives
the author holds to be right.""",
        avoid="""\
reading better_track "Which track decides"
  by_total
  either""",
        prefer="""\
reading better_track "Which track decides"
  by_total default
  either""",
    ),
    Entry(
        code="field-only",
        summary="`?`, `or never` or `or none` stands where there is always a value",
        why="""\
Only what is read from facts can be missing. A measure or a definition always has a value or is unknown by itself, and a
parameter's value is given or `unknown "why"`. That there is none, and that this is known, may be said of a field and of
the value of a parameter, a definition or a report: `define main as Area or none`.""",
        avoid="""\
measure seats count?
  sum of u.paid_seats among Usage u""",
        prefer="""\
measure seats count
  sum of u.paid_seats among Usage u""",
    ),
    Entry(
        code="optional-default",
        summary="a field may be unknown and has a default as well",
        why="""\
`?` says that a missing value is unknown; `default` says what a missing value means. Only one of them can be true.""",
        avoid="""\
record Usage
  trial flag? default no""",
        prefer="""\
record Usage
  trial flag default no""",
    ),
    Entry(
        code="out-of-bounds",
        summary="a value is outside the bounds that are declared for it",
        why="""\
Facts outside the bounds are refused when they are loaded, and the analyses rely on that. A default or an example that
lies outside them speaks of something that can never be.""",
        avoid="""\
record Usage
  paid_seats count 1 to 1_000 default 0""",
        prefer="""\
record Usage
  paid_seats count 0 to 1_000 default 0""",
    ),
    Entry(
        code="not-unique",
        summary="two rows of an example are alike in what identifies a row",
        why="""\
The record says with `unique` in which fields no two rows may be alike. Facts with two such rows are refused when they
are loaded, so the example speaks of an organisation that there cannot be: most often one row was copied and not
changed.""",
        avoid="""\
example "two seats"
  given Seat
    room  number
    "a"   1
    "a"   1
  expect seats is 2""",
        prefer="""\
example "two seats"
  given Seat
    room  number
    "a"   1
    "a"   2
  expect seats is 2""",
    ),
    Entry(
        code="missing-field",
        summary="a row lacks a field that every row of its record has",
        why="""\
A field may be left out only if it is declared with `?` (then it is unknown), with `default`, `or never` or `or none`.
All others are in every row, in facts, in examples and in what a change adds.""",
        avoid="""\
record Certificate
  holder Person
  earned date

change certify(p Person)
  adds Certificate { holder: p }""",
        prefer="""\
record Certificate
  holder Person
  earned date

change certify(p Person)
  adds Certificate { holder: p, earned: plan date }""",
    ),
    Entry(
        code="not-single",
        summary="a record of many rows is used as if it had one, or the other way round",
        why="""\
`the Membership` is the one row of a record that is declared with `one row`. Of any other record there may be none or
many, and the policy has to say which rows it means.

`the m.grade of Staff m where m.person is p` is the field of the one row that meets the condition. That there is no
other follows where the condition fixes, by `is` and joined by `and`, every field of some `unique` of the record.""",
        avoid="""\
record Membership
  anniversary date

define renewal as date
  the Membership.anniversary""",
        prefer="""\
record Membership one row
  anniversary date

define renewal as date
  the Membership.anniversary""",
    ),
    Entry(
        code="no-month-to-continue",
        summary="a record continues, and has no month, or more than one",
        why="""\
`continues each month` says that after the newest month in the facts each month is as the newest one, and `continues
each year` that it is as the same month a year before. So a row of the record is about one month, and one field of type
`month` says which.""",
        avoid="""\
record Usage
  used_on date
  hours   count
  continues each month""",
        prefer="""\
record Usage
  month month
  hours count
  continues each month""",
    ),
    Entry(
        code="no-day-to-continue",
        summary="a record continues each day, and has no date, or more than one",
        why="""\
`continues each day` says that on a later day each row of the facts is as many days old as it is now: who used something
two days ago will have used it two days before any later day. So one field of type `date` says how old a row is.""",
        avoid="""\
record Licence
  user        text
  assigned    date
  last_action date
  continues each day""",
        prefer="""\
record Licence
  user        text
  last_action date
  continues each day""",
    ),
)
