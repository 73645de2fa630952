"""Diagnostics about examples and claims that do not hold, and about policies that have no answer for some facts."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="example-failed",
        summary="an example's expectation does not come true",
        why="""\
`attain test` evaluates every example of a policy. An `expect` that is false, or that cannot be told because something
it rests on was not given, fails: either the rule or the example is wrong. The message says what was found instead.

Compare both with the source. If the source itself contradicts its rule, keep both as a `reading`, and bind the
example to the alternative under which it holds.""",
        avoid="""\
example "half of the threshold"
  given turnover = 150_000 EUR
  expect standing.turnover_part is 10""",
        prefer="""\
example "half of the threshold"
  given turnover = 150_000 EUR
  expect standing.turnover_part is 5""",
    ),
    Entry(
        code="no-examples",
        summary="no example looks at a policy",
        why="""\
A policy without examples says what its author wrote, and nobody has checked that it is what the source says.
`attain test` remarks on each policy that no example looks at, be it in its own file or in one that imports it.

Write an example for each threshold: one exactly at it, and one just beside it. `attain test --coverage` lists what no
example decides.""",
        avoid="""\
policy grant "Small grant"

designation grant "Small grant"
  require members "Ten members" members at least 10""",
        prefer="""\
example "ten members are enough"
  given members = 10
  expect grant is met

example "nine are not"
  given members = 9
  expect grant is failed""",
        severity=Severity.NOTE,
    ),
    Entry(
        code="not-decided",
        summary="no example decides a place of the policy both ways",
        why="""\
`attain test --coverage` looks at each place that could be written wrongly without a mistake: a threshold, a comparator,
a condition, a branch, an entry of a parameter and its date, an exclusion, a requirement. Where no example meets a
threshold, or none misses it, or none is exactly at its bound, the number or the comparator could be another one and
all examples would still pass.

Add the example that is missing: the remark says what never happens.""",
        avoid="""\
example "twenty members are enough"
  given members = 20
  expect grant is met""",
        prefer="""\
example "ten members are enough"
  given members = 10
  expect grant is met

example "nine are not"
  given members = 9
  expect grant is failed""",
        severity=Severity.NOTE,
    ),
    Entry(
        code="mutant-survives",
        summary="the policy could be changed here and no example would notice",
        why="""\
`attain test --mutate` breaks the policy in one place at a time (a number one more or less, a date a day later,
`at least` instead of `more than`, `or` instead of `and`, a line left out) and runs the examples. What no example
notices could as well be a slip of the pen.

Add an example that fails when the change is made. Where the change makes no difference, say why in `survivors.toml`
beside the policy.""",
        avoid="""\
example "twenty members are enough"
  given members = 20
  expect grant is met""",
        prefer="""\
example "ten members are enough"
  given members = 10
  expect grant is met

example "nine are not"
  given members = 9
  expect grant is failed""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="claim-fails",
        summary="a claim about the policy does not hold",
        why="""\
A `claim` is what the author believes of the whole policy, whatever the facts: that the maxima of a score add up, that a
higher tier implies the lower one. `attain check` proves each. One that fails under the default readings is a mistake
in the rules or in the claim; one that fails only under another reading is a remark, as the contradiction lies in the
source.""",
        avoid="""\
score standing out of 100
  part members up to 60  in proportion to members full at 10
  part income  up to 50  in proportion to income full at 5

claim maximum of standing is 100""",
        prefer="""\
score standing out of 100
  part members up to 50  in proportion to members full at 10
  part income  up to 50  in proportion to income full at 5

claim maximum of standing is 100""",
    ),
    Entry(
        code="claim-not-proved",
        summary="a claim may hold, but could not be proved",
        why="""\
Claims are proved over everything that facts could be: every measure within its bounds, every field of a row. Of counts,
sums, distinct values and extremes of the same rows it is known what their conditions have to do with each other; where
only values break the claim that perhaps no rows can give together, it is shown with which, and neither proved nor
refuted. Where a rule asks whether something is known that is no field, or is undetermined, no claim is proved.

Give the measures it rests on bounds (`count 0 to 500`), or claim something narrower.""",
        avoid="",
        prefer="",
        severity=Severity.WARNING,
    ),
    Entry(
        code="no-entry",
        summary="a parameter has no value for these keys on this date",
        why="""\
The facts lead to a combination of keys, or to a date, for which the table has no entry. Guessing a value would make a
verdict out of nothing.

Add the entry with its source, an `otherwise` if the source has a rule for all else, or `unknown "why"` if no figure was
published; or assess on a date for which there is an entry.""",
        avoid="""\
parameter fee for Tier money USD
  from 2015-07-01  silver 1_530 USD""",
        prefer="""\
parameter fee for Tier money USD
  from 2015-07-01  silver 1_530 USD, gold 3_940 USD""",
    ),
    Entry(
        code="measure-out-of-bounds",
        summary="a measure comes to something outside its declared bounds",
        why="""\
Claims are proved, and plans made, for values within the bounds that the policy declares. A measure that comes to
something else, because the facts are wrong or the bounds are, has no value: what rests on it is undetermined, and the
assessment names the measure with what it came to. No plan leads out of the bounds either.

Correct the facts, or widen the bounds to what can really be.""",
        avoid="""\
measure members count 0 to 50
  count of Membership m""",
        prefer="""\
measure members count 0 to 5_000
  count of Membership m""",
    ),
    Entry(
        code="outside-the-calendar",
        summary="a date lies outside the years 1 to 9998",
        why="""\
Dates and months are reckoned exactly, between the years 1 and 9998. A date in the facts or in the policy, moved by a
duration, leaves them; most often a year was mistyped.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="not-in-force",
        summary="the policy is not in force on the assessment date",
        why="""\
The header of the policy says from when to when it is in force. Its rules say nothing about other dates, so there is no
verdict on them.

Assess on another date (`--as-of`), or use the edition that was in force then.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="too-many-changes",
        summary="a change can be made in too many ways to be searched",
        why="""\
A change is possible for every combination of its parameters. With these facts there are more combinations than a plan
can be searched over.

Give the change fewer parameters, or narrow with `when` what they run over and give fewer facts.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="cost-unknown",
        summary="the cost or duration of a change is not known",
        why="""\
The least cost can only be found where every cost is known. This one rests on a fact that is missing, or on a
parameter of which no figure was published. The message names the rows that the change is about.

Give the fact, or leave the change with these arguments out (`--forbid "take(sums)"`).""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="cost-negative",
        summary="a change would cost, or take, less than nothing",
        why="""\
Where a change brought money in, or ended before it began, to do more than is needed would look like a better plan. A
change may cost nothing and take no time, but not less. The message names the value, where the policy says it, and the
rows that the change is about.

Mend the facts; or bound the field that the cost is read from, so that such a fact is refused where it is read.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="cannot-stay-open",
        summary="something that changes would alter cannot be left open here",
        why="""\
A plan is worked out with what changes alter left open. A few things cannot be: the median of unknown values, or of very
many, that changes move; the extreme of unknown values in rows that may not count. (Where no change moves them, what
rests on such a value is undetermined, and so is what runs over a set of which it is not known what is in it.)

Give the facts that it rests on, or leave out the change that alters it (`--forbid`).""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="too-fine",
        summary="a change has more possible amounts than can be searched",
        why="""\
Numbers that are only added up, and compared with what is known, may be raised in steps of any size. Where a rule
multiplies two numbers that changes move, or asks for something else at each of their values, every value is looked at,
and of a turnover that is raised by single dollars there are too many.

Let the change come in larger units: `by 1 to 500` units of 1,000 each.""",
        avoid="""\
change sell by 1 to 5_000_000 "Sell for {n} USD more"
  raises turnover by 1 USD""",
        prefer="""\
change sell by 1 to 500 "Sell for {n} times 10,000 USD more"
  raises turnover by 10_000 USD""",
    ),
    Entry(
        code="nothing-to-qualify-for",
        summary="the policy has no designation",
        why="""\
An assessment says whether an organisation qualifies, and for that somebody must have said for what. A policy of
measures and definitions alone has no answer, neither yes nor no.

Write the designation, or assess the policy that imports this one.""",
        avoid="""\
measure certified count
  count of Certificate c""",
        prefer="""\
measure certified count
  count of Certificate c

designation team "A certified team"
  require certified "At least two" certified at least 2""",
    ),
    Entry(
        code="too-much-work",
        summary="the policy asks for more work on these facts than can be done",
        why="""\
A rule that looks at every row for every row for every row takes a billion looks at a thousand rows, and a product of
products of products soon has more digits than there is room for. Both have a limit, so that no policy, whoever wrote
it, keeps a computer busy without end.

Ask for equal fields first, which needs no search through all rows; round what is multiplied over and over.""",
        avoid="""\
count of Certificate a where
  (some Certificate b where (some Certificate c where a.score + b.score + c.score is 100))""",
        prefer="""\
count of Certificate a where (some Certificate b where b.holder is a.holder and b.score at least 100)""",
    ),
)
