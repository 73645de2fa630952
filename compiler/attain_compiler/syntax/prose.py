"""What rule books say in phrases that the language has not, and what to write instead, wherever it stands."""

from __future__ import annotations

_WEEKDAY = "days of the week are not known: let a field say it, as in `s.on_weekday`"
_QUARTER = "give the measure the first month of a quarter, `sold(q month)`: `s.month from q to 2 months after q`"
_WEEK = "give the measure the first day of a week, `sold(w date)`: `s.date from w to 6 days after w`"
_PRO_RATA = "multiply by the share: write `fee * (days_used / 365)`"
_NEAREST = "write the step alone: `a rounded up to 5`, `rounded down to 5` or `rounded half up to 5`"
_IN_A_ROW = "ask it of each of them: `every m in months from a to b has sold(m) at least 5`"
_ON_OR_BEFORE = "write `on or before 2020-01-01`"
_ON_OR_AFTER = "write `on or after 2020-01-01`"
_NOT_AGAIN = "say that there was none before: `no Sale s where s.date within the 12 months before assessment date`"
_ONCE = "ask for one: write `some Sale s where s.paid`"
_TWICE = "count them: write `(count of Sale s where s.paid) at least 2`"
_AT_MOST_ONCE = "count them: write `(count of Sale s where s.paid) at most 1`"
_AS_OF = "it stands behind what it is about: write `sales as of 2020-01-01`"
_SAME = "compare them: write `year of a is year of b`, or `month of a is month of b`"
_FOR_EVERY = "divide first: write `4 points for each (sales / 100 rounded down to 1)`"
_OF_THESE = "ask it beside the other: write `a and (count of Customer c where c.active) at least 2`"
_HOURS = "hours and minutes are numbers: write `at least 20`; those of a week come from a measure of that week"
_TIME = "divide days: `(count of d in days from a to b where here(d)) / (number of days from a to b) else 0%`"
_MOST = "write `(count of Customer c where c.active) more than (count of Customer c) * 50%`"
_THIRD = "multiply and divide: write `sales at least revenue * 2 / 3`"
_DOUBLE = "multiply: write `sales at least 2 * revenue`"
_OVER = "write `more than 5`"
_NOT_OVER = "write `at most 5`"
_RANGE = "write `from 5 to 10`, which takes both ends in, or `at least 5 and sales less than 10`"
_FOR_LONG = "compare the date on which it began: write `s.date on or before 2 years before assessment date`"
_APPLIES = "say when it applies: write `b or not a`"
_TOTAL = "add them: write `a + b`, or of rows `sum of s.amount among Sale s`"
_AVERAGE = "write `(average of s.amount among Sale s else 0) at least 5`"
_WITHOUT = "leave them out where they are counted: `sum of s.amount among Sale s where not s.returned`"
_NO_MATTER = "what makes no difference is not written: write `a` alone"
_INSTEAD = "write `a or b`"
_CAPPED = "write `least of (a, 5)`"
_NOT_BELOW = "write `greatest of (a, 5)`"
_FIRST = "write `earliest of (a, b)`"
_LAST = "write `latest of (a, b)`"
_GREATEST = "write `greatest of (a, b)`"
_LEAST = "write `least of (a, b)`"
_EACH = "ask it of every one: write `every Customer c has c.active`"
_IN_YEAR = "write `year of s.date is 2020`"
_AHEAD = "write `s.date within the 30 days after assessment date`"
_END = "write `last day of this month`; the end of a year is `first 31 December on or after a`"
_AGE = "write `(number of years from p.born to assessment date) at least 18`"
_TODAY = "write `assessment date`"
_LEVELS = "write `more than 5`; values of an enum have no order: name those that count, `s.level in { expert }`"
_INSIDE = "one within the other: write `some Sale s where (some Customer c where c.active)`"
UNLESS = "write `and not suspended`, or `or waived` where that is enough by itself; after `when`, `not suspended`"
_POWER = "write `a * a`"
_ROWS = "give the row a name: write `count of Sale s where s.paid`"

DAYS = (
    "write `some d in days from a to b where open(d)`, `every d in days from a to b has open(d)`, or `no d in days ...`"
)
_COUNT_DAYS = "write `count of d in days from a to b where open(d)`"
_SHARE_OF_ALL = (
    "count those that are ahead: write `(count of Sale x where x.amount more than s.amount) + 1 at most 3% * a`"
)

PROSE = {
    **dict.fromkeys(
        [
            f"{word} day{more}"
            for word in ("some", "every", "any", "no", "each", "one")
            for more in (" _ from", " from", " _ in", " in")
        ],
        DAYS,
    ),
    **dict.fromkeys(("on every day >", "on any day >", "on each day >", "on no day >", "at least one day >"), DAYS),
    **dict.fromkeys(("of days from >", "of days in", "_ in days @", "of days where"), _COUNT_DAYS),
    **dict.fromkeys(
        ("anniversary of", "anniversary >"), "write `5 years after a`, or of a count n `(n * 1 year) after a`"
    ),
    **dict.fromkeys(("in the top >", "in top >", "top %", "top % of", "the top %"), _SHARE_OF_ALL),
    **dict.fromkeys(
        ("rank of", "ranked >"), "count those that are ahead: write `(count of Sale x where x.amount more than a) + 1`"
    ),
    **dict.fromkeys(
        ("/ month", "/ year", "/ week", "/ day"), "a rate is written `100 USD a month`, its type `money USD a month`"
    ),
    "each _ _ once >": "write `each Person p once for`, and below it lines such as `2 with p.trained`",
    "# in _ and": "write `at most 2 in both a and b`; the lines say which they are: `3 with p.trained as a`",
    **dict.fromkeys(("weekday", "weekdays", "weekend", "weekends", "working day", "working days"), _WEEKDAY),
    **dict.fromkeys(("on weekdays", "on weekends", "on a weekday", "on working days", "on business days"), _WEEKDAY),
    **dict.fromkeys(("business day", "business days", "# working", "# business"), _WEEKDAY),
    **dict.fromkeys(("each quarter", "per quarter", "every quarter", "quarterly", "in each quarter"), _QUARTER),
    **dict.fromkeys(("each week", "per week", "every week", "weekly", "in each week"), _WEEK),
    **dict.fromkeys(("pro rata", "prorated"), _PRO_RATA),
    **dict.fromkeys(("the nearest #", "to the next #", "to the nearest", "up to the nearest"), _NEAREST),
    **dict.fromkeys(("consecutive >", "# consecutive", "consecutively", "in a row", "in succession"), _IN_A_ROW),
    **dict.fromkeys(("for # in a row", "for # in succession", "at least # consecutive"), _IN_A_ROW),
    **dict.fromkeys(("at the latest", "till @", "through @", "up to @", "not after @"), _ON_OR_BEFORE),
    **dict.fromkeys(("at the earliest", "not earlier than", "not before", "starting @", "@ onwards"), _ON_OR_AFTER),
    "from @ >": "write `from A to B`, or `on or after 2020-01-01`",
    **dict.fromkeys(("# from _ . _ >", "# from _ >"), "write `30 days after a`"),
    **dict.fromkeys(("prior to", "preceding"), "write `earlier than 2020-01-01`"),
    "following": "write `later than 2020-01-01`",
    **dict.fromkeys(("once every", "once in", "once per", "once a year"), _NOT_AGAIN),
    **dict.fromkeys(("at least once >", "at least once in", "at least once a year"), _ONCE),
    **dict.fromkeys(("at least twice >", "at least twice in", "twice in", "twice a year"), _TWICE),
    **dict.fromkeys(("not more than once", "no more than once", "at most once", "at most once in"), _AT_MOST_ONCE),
    "at most once every": _NOT_AGAIN,
    "unless _ >": UNLESS,
    **dict.fromkeys(("as of @ >", "as at @", "at @"), _AS_OF),
    **dict.fromkeys(("within the same", "the same >", "in the same calendar"), _SAME),
    **dict.fromkeys(("for every #", "for each #", "for each # of", "points for every"), _FOR_EVERY),
    **dict.fromkeys(("of which", "of whom", "one of which", "of these", "including at least # _"), _OF_THESE),
    **dict.fromkeys(("# hours", "# hour", "# minutes", "hours per", "hours a week", "at least # hours"), _HOURS),
    **dict.fromkeys(("of the time", "% of the time", "percentage of time", "share of the time"), _TIME),
    **dict.fromkeys(("majority of", "most _ _ where", "most of"), _MOST),
    **dict.fromkeys(("quarter of", "third of", "thirds of", "a third", "two thirds", "# of _"), _THIRD),
    **dict.fromkeys(("double >", "triple >", "times as", "# times as", "three times", "times the"), _DOUBLE),
    **dict.fromkeys(("exceeding", "in excess of", "beyond", "upwards of"), _OVER),
    **dict.fromkeys(("not exceeding", "not exceed", "to exceed", "not to exceed", "does not exceed"), _NOT_OVER),
    "at or above": "write `at least 5`",
    "at or below": "write `at most 5`",
    **dict.fromkeys(("from # up to", "from # to less than", "from # until #", "_ # to #", "# - #"), _RANGE),
    **dict.fromkeys(("for at least # >", "for # >", "for more than #", "since at least #", "continuously"), _FOR_LONG),
    **dict.fromkeys(("if applicable", "where applicable", "as applicable", "unless otherwise"), _APPLIES),
    **dict.fromkeys(("in total >", "in aggregate >", "in all >", "combined", "altogether", "cumulatively"), _TOTAL),
    **dict.fromkeys(("on average", "average of at least", "average of at most", "average >"), _AVERAGE),
    **dict.fromkeys(("excluding", "net of", "other than", "apart from", "not counting", "ignoring"), _WITHOUT),
    **dict.fromkeys(("regardless of", "irrespective of", "whether or not", "even if"), _NO_MATTER),
    **dict.fromkeys(("instead of", "in lieu of", "in place of"), _INSTEAD),
    **dict.fromkeys(("capped at", "limited to", "a maximum of", "to a maximum of", "but not more than"), _CAPPED),
    **dict.fromkeys(("but at most", "with a maximum of", "subject to a maximum of", "up to a maximum of"), _CAPPED),
    **dict.fromkeys(("with a minimum of", "but at least", "subject to a minimum of", "but not less than"), _NOT_BELOW),
    **dict.fromkeys(("whichever comes first", "whichever is earlier", "whichever is sooner"), _FIRST),
    **dict.fromkeys(("whichever comes last", "whichever comes later", "whichever is later"), _LAST),
    **dict.fromkeys(("longer of", "better of", "longest of", "whichever is longer", "best of _ and"), _GREATEST),
    **dict.fromkeys(("shorter of", "worse of", "shortest of", "whichever is shorter"), _LEAST),
    "sum of _ ,": "write `a + b`",
    "in addition to": "write `a and b`, or of numbers `a + b`",
    "subject to": "join conditions with `and`: write `a and b`",
    "_ times _": "write `a * b`",
    "at a rate of": "multiply: write `fee * 5%`",
    "each >": _EACH,
    **dict.fromkeys(("in year #", "in the year #", "in calendar year"), _IN_YEAR),
    **dict.fromkeys(("the next # days", "next # >", "in the next #", "within the next #"), _AHEAD),
    **dict.fromkeys(("end of", "end of the month", "end of the year", "end of month"), _END),
    **dict.fromkeys(("years old", "# old", "at least # old", "aged", "aged #", "younger than", "age of"), _AGE),
    **dict.fromkeys(("current date", "date today", "today >"), _TODAY),
    **dict.fromkeys(("is higher than", "is better than", "better than", "higher than", "is lower than"), _LEVELS),
    **dict.fromkeys(("some _ _ ,", "no _ _ ,", "count of _ _ ,", "every _ _ ,"), _INSIDE),
    "* * #": _POWER,
    **dict.fromkeys(("count of _ where", "count of _ where >", "count ( _ _"), _ROWS),
    "is any _": "ask for one: write `some Customer c where c.active`",
    **dict.fromkeys(("this year", "is this year"), "write `year of assessment date`"),
    **dict.fromkeys(("last year", "is last year"), "write `(year of assessment date) - 1`"),
    "this quarter": _QUARTER,
}
"""As `ADVICE`."""
