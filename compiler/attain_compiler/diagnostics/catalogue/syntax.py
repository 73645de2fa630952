"""Diagnostics about the text of a policy, before any name is looked up."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="unexpected-text",
        summary="something stands where it cannot stand",
        why="""\
A line was understood up to the marked place, and what stands there fits nothing that could follow. The message names
what could have stood there. Only this line was left out: the lines after it were read all the same.""",
        avoid="""\
define large(u Usage)
  u.paid_seats at leats 300""",
        prefer="""\
define large(u Usage)
  u.paid_seats at least 300""",
    ),
    Entry(
        code="unfinished",
        summary="a line ends before it says everything",
        why="""\
Something has to follow: a value after a comparison, a type after the name of a field, lines below `all of`. A line goes
on where the next one is indented deeper, so the rest may also have slipped too far to the left.""",
        avoid="""\
define large(u Usage)
  u.paid_seats at least
  seats_needed""",
        prefer="""\
define large(u Usage)
  u.paid_seats at least
    seats_needed""",
    ),
    Entry(
        code="unknown-declaration",
        summary="a line in the first column begins no declaration",
        why="""\
A file is a list of declarations, each of which begins in the first column with its keyword, such as `import`, `record`,
`parameter`, `measure` or `designation`. What belongs to a declaration is indented below it.""",
        avoid="""\
mesure members count
  count of Member m""",
        prefer="""\
measure members count
  count of Member m""",
    ),
    Entry(
        code="not-in-first-column",
        summary="a declaration is indented",
        why="""\
A declaration begins in the first column; whatever is indented belongs to the one above. An indented keyword would be
read as a part of it, so one slip would change the meaning of two declarations.""",
        avoid="""\
define active(u Usage)
  u.active_users more than 0
  define large(u Usage)
    u.paid_seats at least 300""",
        prefer="""\
define active(u Usage)
  u.active_users more than 0

define large(u Usage)
  u.paid_seats at least 300""",
    ),
    Entry(
        code="inexplicit-end",
        summary="a comparison does not say whether its end counts",
        why="""\
People read "over 300", "between 11 and 300" and "until 30 June" in two ways, and a partner with exactly 300 seats is
qualified in one of them only. A policy has to say which: `more than 300` leaves 300 out, `at least 300` takes it in,
and `from 11 to 300` takes both ends in. Where the source itself is not clear, write a `reading`.""",
        avoid="""\
define small(u Usage)
  u.paid_seats between 11 and 300""",
        prefer="""\
define small(u Usage)
  u.paid_seats from 11 to 300""",
    ),
    Entry(
        code="needs-parentheses",
        summary="it is not clear without parentheses what belongs together",
        why="""\
Two comparisons in a row, `not` before a comparison, or `else` in the midst of one could be read in several ways. A
reader should not need to know which of two signs binds more strongly, so the policy says it with parentheses.""",
        avoid="""\
define grown(u Usage)
  u.now / u.before else 0% at least 35%""",
        prefer="""\
define grown(u Usage)
  (u.now / u.before else 0%) at least 35%""",
    ),
    Entry(
        code="sign-for-word",
        summary="a sign stands where the language has a word",
        why="""\
A policy is read aloud beside its source, so comparisons are words: `at least`, `more than`, `at most`, `less than`,
`is`, `is not`, `and`, `or`. The signs that programmers write for them are not part of the language.""",
        avoid="""\
define large(u Usage)
  u.paid_seats >= 300""",
        prefer="""\
define large(u Usage)
  u.paid_seats at least 300""",
    ),
    Entry(
        code="unclosed-text",
        summary="a text has no closing quote on its line",
        why="""\
A text begins and ends on one line. Without its closing quote everything up to the end of the line would be taken for
text. A quote inside a text is written with a backslash before it.""",
        avoid="""\
entity Person "Somebody who works for the organisation""",
        prefer="""\
entity Person "Somebody who works for the organisation\"""",
    ),
    Entry(
        code="unclosed-parenthesis",
        summary="a parenthesis or brace is opened and not closed, or closed and not opened",
        why="""\
Inside parentheses and braces lines are free, so that an open one swallows everything up to the next declaration. For
this reason nothing else of the declaration is looked at before they match.""",
        avoid="""\
define both(u Usage)
  large(u) and (active(u) or trial(u)""",
        prefer="""\
define both(u Usage)
  large(u) and (active(u) or trial(u))""",
    ),
    Entry(
        code="unknown-escape",
        summary="a backslash in a text is followed by something it has no meaning with",
        why="""\
Only two things are written with a backslash in a text: `\\"` is a quote and `\\\\` is a backslash. Anything else is
usually a path or a formula in which the backslash was meant as such.""",
        avoid="""\
entity Folder "Such as C:\\data\"""",
        prefer="""\
entity Folder "Such as C:\\\\data\"""",
    ),
    Entry(
        code="malformed-number",
        summary="a number is not written as numbers are",
        why="""\
Numbers are written with digits, `_` between thousands if you like, and a point before decimals: `1_000`, `0.5`. A unit
follows after a space: `20 USD`, `4 points`, `90 days`. A comma stands between two things, so `1,000` would be two
numbers, and `1.000` is refused, because half of the world means a thousand by it. Durations are whole numbers of days,
weeks, months or years.""",
        avoid="""\
parameter price money USD
  12k USD""",
        prefer="""\
parameter price money USD
  12_000 USD""",
    ),
    Entry(
        code="no-such-date",
        summary="a date or month is not in the calendar",
        why="""\
Dates are written year-month-day and months year-month. A day that its month does not have, or a thirteenth month, is
most often a slip of the pen or a date with day and month exchanged; guessing would move a deadline.""",
        avoid="""\
policy silver "Silver"
  in force from 2023-02-30""",
        prefer="""\
policy silver "Silver"
  in force from 2023-02-28""",
    ),
    Entry(
        code="short-date",
        summary="a date has a month or day of one digit",
        why="""\
Months and days have two digits: `2022-01-03`. Then dates line up below each other, sort as text, and cannot be mistaken
for a subtraction.""",
        avoid="""\
policy silver "Silver"
  in force from 2022-1-3""",
        prefer="""\
policy silver "Silver"
  in force from 2022-01-03""",
    ),
    Entry(
        code="tab",
        summary="a line is indented with a tab",
        why="""\
Indentation says what belongs to what. How wide a tab is depends on the program that shows it, so that a line could look
as if it belonged to one thing and be read as belonging to another. Lines are indented with spaces.""",
        avoid="""\
enum Track
\tenterprise
\tsmb""",
        prefer="""\
enum Track
  enterprise
  smb""",
    ),
    Entry(
        code="strange-character",
        summary="a character has no place where it stands",
        why="""\
Names are written with the letters a to z, digits, `_` and `-`; texts stand between straight quotes and may hold any
letter of any script. Curly quotes, spaces that do not break, and invisible characters come along when text is copied
from a document or a web page. Characters that show text in another order than it is written are refused everywhere.""",
        avoid="""\
entity Person “Somebody who works for the organisation”""",
        prefer="""\
entity Person "Somebody who works for the organisation\"""",
    ),
    Entry(
        code="too-deep",
        summary="parentheses or blocks are nested more than 100 deep",
        why="""\
Nobody can read such an expression aloud, and it is most often the output of a program. Give parts of it names with
`define`, and use the names. Ranges (`x from A to B`, `x within ...`) stand at most 6 deep in one another, since each
doubles what there is to decide.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="too-long",
        summary="a number, a line, a list or a file is longer than any should be",
        why="""\
A number may have 100 digits, a line 10,000 characters, a condition 1,000 items joined by `and` or `or`, an order of
precedence 50 values, the cases of one example 200,000 values in all, and a file two million characters. What is longer
is nearly always data that ended up in a policy by mistake; facts belong in a file of their own.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="empty-file",
        summary="a file declares nothing",
        why="""\
The file is empty, or has nothing but comments. A policy begins with `policy` and its name; `attain new` writes one to
start from.""",
        avoid="""\
# to be written""",
        prefer="""\
policy silver "Silver\"""",
    ),
    Entry(
        code="missing-clause",
        summary="a declaration lacks what it is for",
        why="""\
A definition, a measure or a report has an expression below its head, an exclusion has `when` and a condition, a
precedence has an order, a claim has something that is claimed. Without it the declaration would mean nothing.""",
        avoid="""\
measure members count""",
        prefer="""\
measure members count
  count of Member m""",
    ),
    Entry(
        code="repeated-clause",
        summary="something that can be said once is said twice",
        why="""\
A definition has one expression, a change one `when`, a note one `because`. Of two, only one could count, and a reader
could not know which. Conditions are joined by `and`, or stand below `all of` or `any of`; a line that goes on is
indented deeper.""",
        avoid="""\
define active(u Usage)
  u.active_users more than 0
  u.paid_seats more than 0""",
        prefer="""\
define active(u Usage)
  all of
    u.active_users more than 0
    u.paid_seats more than 0""",
    ),
    Entry(
        code="uneven-row",
        summary="a row has more or fewer values than there are columns",
        why="""\
In a table of rows, and in `for each (a, b) in ...`, each value belongs to the column above it. With one too few or too
many there is no telling which belongs to which.""",
        avoid="""\
example "two tenants"
  given Usage
    tenant  paid_seats
    "a"     300
    "b\"""",
        prefer="""\
example "two tenants"
  given Usage
    tenant  paid_seats
    "a"     300
    "b"     301""",
    ),
    Entry(
        code="unusable-name",
        summary="a name could not be used where names of its kind are",
        why="""\
Words of the language can be names wherever a name must stand. Where a value may stand as well, some of them are read as
what they mean in the language: `before` joins a duration to a date, `is met` asks for a status. A measure called
`before` could be declared, and never used.""",
        avoid="""\
measure new count
  count of Customer c where c.first_order is this month""",
        prefer="""\
measure new_customers count
  count of Customer c where c.first_order is this month""",
    ),
)
