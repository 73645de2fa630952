"""Diagnostics about types and units, and about conditions that cannot mean what they say."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="unit-mismatch",
        summary="quantities of different units are mixed",
        why="""\
Counts, points, percents and money are added, subtracted and compared only with their like; money only with money of the
same currency. Seats plus dollars is no number of anything, and 70 points are not 70 people. `900 USD a month` is
neither 900 USD nor so much a year: multiply it by how long, as in `rent * 1 year`, and compare amounts.

A bare number fits a count, a number and points. A percent is written `25%`, money `100 USD`. A product of a count,
number or percent with anything has the other's unit; anything divided by its like is a percent.""",
        avoid="""\
require growth growth(f) at least 35""",
        prefer="""\
require growth growth(f) at least 35%""",
    ),
    Entry(
        code="type-mismatch",
        summary="a value of one kind stands where another kind is needed",
        why="""\
A date is not a month, a person is not a certificate, a condition is not a number. What is needed is said by the
operator, by the declaration that is called or by the other side of a comparison; that place is shown too.""",
        avoid="""\
define recent(c Certificate)
  c.earned is 2023-05""",
        prefer="""\
define recent(c Certificate)
  month of c.earned is 2023-05""",
    ),
    Entry(
        code="wrong-comparison",
        summary="the words of a comparison do not suit what is compared",
        why="""\
Quantities and durations are `at least`, `more than`, `at most` or `less than` another. Dates and months are `on or
after`, `later than`, `on or before` or `earlier than` another. Said the other way, readers disagree about what is
meant: one takes a date that is more than another for a later one, the next for one that is longer ago.""",
        avoid="""\
define recent(c Certificate)
  c.earned at least 2023-01-01""",
        prefer="""\
define recent(c Certificate)
  c.earned on or after 2023-01-01""",
    ),
    Entry(
        code="may-have-no-value",
        summary="a value may not exist, and nothing says what holds then",
        why="""\
A division by 0 has no value, and neither has the least, the greatest, the average or the median of nothing. The policy
has to say what counts then, with `else`; otherwise somebody's assessment stops there.

A field with `or none` may have no value either: `c.level else expert` says what stands for it, and beside
`c.level is not none and` it has one.

A division by a constant other than 0 needs no `else`, nor does the best over all values of an enum.""",
        avoid="""\
measure share percent
  deployed / owned""",
        prefer="""\
measure share percent
  deployed / owned else 0%""",
    ),
    Entry(
        code="division-by-zero",
        summary="something is divided by 0",
        why="""\
A division by 0 has no value whatever the facts are, so this can only be a slip of the pen.""",
        avoid="""\
define monthly(f Family) as money USD
  revenue(f) / 0""",
        prefer="""\
define monthly(f Family) as money USD
  revenue(f) / 12""",
    ),
    Entry(
        code="mixed-and-or",
        summary="`and` and `or` stand beside each other without parentheses",
        why="""\
`A and B or C` is read by some as `(A and B) or C` and by others as `A and (B or C)`. Requirements are refused or
granted on the difference, so the language has no rule that decides it in silence: parentheses do, or a block with
`all of` and `any of`.""",
        avoid="""\
define qualified(p Person)
  holds(p, MB-200) and holds(p, MB-210) or holds(p, MB-220)""",
        prefer="""\
define qualified(p Person)
  holds(p, MB-200) and (holds(p, MB-210) or holds(p, MB-220))""",
    ),
    Entry(
        code="missing-type",
        summary="nothing says what kind of value a parameter holds",
        why="""\
Where every entry of a parameter is still unknown, its values cannot say what they are. The type at the end of the first
line does.""",
        avoid="""\
parameter surface_revenue for Tier
  silver unknown "no figure was published" """,
        prefer="""\
parameter surface_revenue for Tier money USD
  silver unknown "no figure was published" """,
    ),
    Entry(
        code="not-constant",
        summary="a value must be known from the text alone",
        why="""\
Bounds, keys, defaults, the values of parameters and what examples give are constants: a number, a date, a text, a name
of an enum, a set of these. What depends on facts belongs in a measure or a definition.""",
        avoid="""\
parameter deadline date
  30 days after assessment date""",
        prefer="""\
define deadline as date
  30 days after assessment date""",
    ),
    Entry(
        code="step-not-positive",
        summary="the step of a rounding is 0 or less",
        why="""\
`rounded down to 0.5` gives the next lower multiple of 0.5. Of 0 there is only one multiple, and a negative step would
turn up and down around.""",
        avoid="""\
capability(t) rounded down to 0""",
        prefer="""\
capability(t) rounded down to 1""",
    ),
    Entry(
        code="too-many-needed",
        summary="more conditions are needed than there are",
        why="""\
`at least 3 of` two conditions can never hold. Either the number is wrong or a condition is missing.""",
        avoid="""\
at least 3 of (fee_paid, people_certified)""",
        prefer="""\
at least 2 of (fee_paid, people_certified)""",
    ),
    Entry(
        code="missing-otherwise",
        summary="cases do not say what holds otherwise",
        why="""\
The first line whose condition holds gives the value of `by case`. If none holds there must be a value as well, so the
last line, and only the last, is `VALUE otherwise`.""",
        avoid="""\
define bonus(t Track) as points
  by case
    5 points when tenants(t) at least 10""",
        prefer="""\
define bonus(t Track) as points
  by case
    5 points when tenants(t) at least 10
    0 points otherwise""",
    ),
    Entry(
        code="window-to-month-end",
        summary="a window of months that begins or ends on the last day of a month",
        why="""\
Twelve months before 28 February 2021 is 28 February 2020, so the window to it begins on 29 February 2020; and that
day is the last one of the window to 29 February 2020. It lies in both. The same is so wherever the month in which a
window ends has fewer days than the one in which it begins; of the windows `before` the last day of a month 28 February
lies in two, and of those `after` it 29 February in none.

Whole months have no such days: compare the month of the day. Where the overlap is meant, leave it.""",
        avoid="""\
define year_end as date
  last day of month of assessment date

measure sold count
  sum of s.amount among Sale s where s.day within the 12 months to year_end""",
        prefer="""\
define this_month as month
  month of assessment date

measure sold count
  sum of s.amount among Sale s where month of s.day within the 12 months to this_month""",
        severity=Severity.NOTE,
    ),
    Entry(
        code="full-may-be-zero",
        summary="full points at a number that may be 0",
        why="""\
Points in proportion are the share of what is needed for all of them. Where nothing is needed there is no share, and an
assessment cannot say how many points there are. The bounds of the measure or field, or an entry of the parameter, let
it be 0.

Let its bounds begin above 0, or say with `greatest of` what counts then.""",
        avoid="""\
measure length number 0 to 1_000_000
  the Person.length

part phase_out up to 20 in proportion to over full at length""",
        prefer="""\
part phase_out up to 20 in proportion to over full at greatest of (length, 1)""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="cost-may-be-negative",
        summary="a change that may cost, or take, less than nothing",
        why="""\
The declared bounds, or the entries of a parameter, let what the change costs (or takes) be below 0. Where the facts are
so, no plan is made (`cost-negative`): to do more than is needed would look like a better plan.

Let the bounds leave that out, or take `greatest of (..., 0 EUR)`. What the `when` of the change asks about is not
doubted.""",
        avoid="""\
change take(c Course)
  sets c.taken to yes
  cost c.fee - c.grant""",
        prefer="""\
change take(c Course)
  sets c.taken to yes
  cost greatest of (c.fee - c.grant, 0 EUR)""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="holds-of-nothing",
        summary="an `every` that also holds where there is nothing to ask about",
        why="""\
`every Field f has f.organic` is met by a farm without fields: there is none that is not organic. Where that is meant,
leave it. Where a closed list, or nothing at all, should be no yes, ask for one beside it.""",
        avoid="""\
require organic "All fields are organic" every Field f has f.organic""",
        prefer="""\
require organic "All fields are organic" (some Field f) and (every Field f has f.organic)""",
        severity=Severity.NOTE,
    ),
    Entry(
        code="always-true",
        summary="a comparison always holds, by the bounds that are declared",
        why="""\
The bounds of the field, the measure or the score leave nothing for which the comparison fails, so it decides nothing.
Mostly a number is wrong: one of the bounds, or the one it is compared with.""",
        avoid="""\
record Score
  result count 0 to 1_000

define passed(s Score)
  s.result at most 7_000""",
        prefer="""\
record Score
  result count 0 to 1_000

define passed(s Score)
  s.result at least 700""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="never-true",
        summary="a comparison never holds, by the bounds that are declared",
        why="""\
The bounds of the field, the measure or the score leave nothing for which the comparison holds, so nobody can ever meet
it. Mostly a number is wrong: one of the bounds, or the one it is compared with.""",
        avoid="""\
record Score
  result count 0 to 1_000

define passed(s Score)
  s.result at least 7_000""",
        prefer="""\
record Score
  result count 0 to 1_000

define passed(s Score)
  s.result at least 700""",
        severity=Severity.WARNING,
    ),
)
