"""Diagnostics about scores, designations, changes and examples."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="chain-too-long",
        summary="definitions that rest on definitions, more than a thousand deep",
        why="""\
What a definition is worth is worked out from what it calls, and that from what it calls in turn. A chain of hundreds
of them is most often the output of a program, with one definition for each row of something.

Put the rows into a record or a parameter, and add them up or count them.""",
        avoid="""\
define total_1 as number
  total_0 + 12

define total_2 as number
  total_1 + 7""",
        prefer="""\
measure total number
  sum of e.amount among Entry e""",
    ),
    Entry(
        code="full-not-positive",
        summary="full points are reached at 0 or less",
        why="""\
`in proportion to E full at F` gives the part's maximum times E / F. With F at 0 there is no such proportion, and
below 0 more would be worth less. Where F depends on the facts, the same is said of an assessment in which it comes to
0 or less: gate the part with `only if` then.""",
        avoid="""\
part adds up to 20 in proportion to net_adds(t) full at 0""",
        prefer="""\
part adds up to 20 in proportion to net_adds(t) full at 10""",
    ),
    Entry(
        code="maxima-differ",
        summary="the maxima of the parts do not add up to what the score is out of",
        why="""\
Either a part is missing, or a number was copied wrongly, or the source itself contradicts itself. In the last case a
`reading` keeps both figures, and a `claim` says what the maxima add up to; then this doubt is not raised.""",
        avoid="""\
score pci out of 100
  part revenue up to 50 4 points for each customers
  part people up to 40 5 points for each certified""",
        prefer="""\
score pci out of 100
  part revenue up to 60 4 points for each customers
  part people up to 40 5 points for each certified""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="nothing-required",
        summary="a designation requires nothing",
        why="""\
Without a requirement, an option or a tier every organisation has the designation, whatever its facts are.""",
        avoid="""\
designation modern_work "Modern Work"
  best for t in Track by capability(t)""",
        prefer="""\
designation modern_work "Modern Work"
  best for t in Track by capability(t)
  require total "At least 70 points" capability(t) at least 70""",
    ),
    Entry(
        code="nothing-changes",
        summary="a change has no effect",
        why="""\
A change says what an organisation can do and what follows from it. Without an effect it costs and brings nothing, and
no plan would ever contain it.""",
        avoid="""\
change certify(p Person) "Certify {p}"
  cost 165 USD""",
        prefer="""\
change certify(p Person) "Certify {p}"
  adds Certificate { holder: p, earned: plan date }
  cost 165 USD""",
    ),
    Entry(
        code="not-raisable",
        summary="a change raises something that cannot be raised",
        why="""\
A change raises a measure, or a field of a row that is one of its parameters. Scores, definitions and parameters follow
from those: raise what they depend on, and they change by themselves.""",
        avoid="""\
change improve(t Track)
  raises capability(t) by 5""",
        prefer="""\
change win_customer(t Track)
  raises net_adds(t) by 1""",
    ),
    Entry(
        code="mixed-currencies",
        summary="costs of changes are in different currencies",
        why="""\
A plan adds up the costs of its steps and compares plans by them. There are no exchange rates in a policy, so all its
costs are in one currency.""",
        avoid="""\
change certify(p Person)
  adds Certificate { holder: p }
  cost 165 USD

change hire
  raises people by 1
  cost 60_000 EUR""",
        prefer="""\
change certify(p Person)
  adds Certificate { holder: p }
  cost 165 USD

change hire
  raises people by 1
  cost 65_000 USD""",
    ),
    Entry(
        code="plan-only",
        summary="`plan date` or `new` stands where there is no plan",
        why="""\
The plan date is the date on which a plan is judged, and `new` makes an identifier that no fact has yet. Both belong to
changes: the date anywhere in a change, `new` in what it adds. A rule knows only the `assessment date`.""",
        avoid="""\
define valid(c Certificate)
  c.expires on or after plan date""",
        prefer="""\
define valid(c Certificate)
  c.expires on or after assessment date""",
    ),
    Entry(
        code="nothing-expected",
        summary="an example expects nothing",
        why="""\
An example holds when everything that it expects comes out true. One that expects nothing always holds and tells
nothing.""",
        avoid="""\
example "two tenants"
  given tenants(smb) = 2""",
        prefer="""\
example "two tenants"
  given tenants(smb) = 2
  expect capability(smb).tenants is 4""",
    ),
    Entry(
        code="not-given",
        summary="an example gives something that cannot be given",
        why="""\
Examples give rows of records, and values of measures and definitions. Parameters have their values in the policy,
readings are chosen with `reading NAME is ALTERNATIVE`, and scores and designations follow from the rest. A definition
about a row cannot be given either: rows have no names by which an example could speak of them. `given also` adds to the
rows of the example that this one is like, and so needs one.""",
        avoid="""\
example "full points"
  given capability(smb) = 100
  expect modern_work is met""",
        prefer="""\
example "full points"
  given net_adds(smb) = 10
  expect modern_work is met""",
    ),
    Entry(
        code="given-twice",
        summary="an example gives one value twice",
        why="""\
A measure has one value for its arguments. Given twice, only one of the two would count, and the other would be read by
everybody who looks at the example.""",
        avoid="""\
example "ten customers"
  given customers(smb) = 10
  given customers(smb) = 11
  expect silver is met""",
        prefer="""\
example "ten customers"
  given customers(smb) = 10
  given customers(enterprise) = 11
  expect silver is met""",
    ),
    Entry(
        code="example-not-in-force",
        summary="an example is judged on a day on which its policy is not in force",
        why="""\
Assessing on a day outside the dates of a policy is refused, so the example cannot hold. Its date, or that of the
policy, is probably wrong.""",
        avoid="""\
policy silver "Silver"
  in force from 2022-10-03

example "early"
  on 2021-01-01
  given people = 1
  expect silver is met""",
        prefer="""\
policy silver "Silver"
  in force from 2022-10-03

example "on the first day"
  on 2022-10-03
  given people = 1
  expect silver is met""",
        severity=Severity.WARNING,
    ),
)
