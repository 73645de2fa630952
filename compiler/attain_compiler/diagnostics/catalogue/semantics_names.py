"""Diagnostics about names: what a name means, where it comes from, and what may stand in its place."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry
from attain_compiler.diagnostics.model import Severity

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="unknown-name",
        summary="a name means nothing where it stands",
        why="""\
Every name is that of a variable, a declaration of this file or of one that it imports, a value of an enum, or a field
of the row before the dot. This one is none of them. Most often it is a slip of the pen; the likeliest name is shown.

Where a value of a certain enum is expected, only the values of that enum count.""",
        avoid="""\
record Usage
  paid_seats count

define large(u Usage)
  u.paid_seat at least 300""",
        prefer="""\
record Usage
  paid_seats count

define large(u Usage)
  u.paid_seats at least 300""",
    ),
    Entry(
        code="duplicate-name",
        summary="two things that are seen together have one name",
        why="""\
Names are how policies, facts, reports and plans speak of a thing. With two of one name nobody can tell which is meant,
and the one that is silently taken would be the wrong one some day. This holds for the declarations of a file together
with those it imports, for the values of an enum (their titles and synonyms included), and for the fields of a record,
the parts of a score and the requirements that stand beside each other.""",
        avoid="""\
parameter seats count
  300

measure seats count
  count of Usage u where u.trial""",
        prefer="""\
parameter seats_needed count
  300

measure trial_seats count
  count of Usage u where u.trial""",
    ),
    Entry(
        code="ambiguous-value",
        summary="a name is a value of several enums, and nothing says which is meant",
        why="""\
Two enums may have a value of one name. Where a value of one of them is expected, that one is taken. Where nothing is
expected, the name alone does not say which is meant.""",
        avoid="""\
define small
  smb is smb""",
        prefer="""\
define small
  Track.smb is Track.smb""",
    ),
    Entry(
        code="shadowed-name",
        summary="a variable has a name that already means something",
        why="""\
Inside the condition the name would mean the variable, outside it the other thing, and a reader has to notice where one
ends and the other begins. A name means one thing at a time.""",
        avoid="""\
define busy(p Person)
  some Usage p where p.active_users more than 0""",
        prefer="""\
define busy(p Person)
  some Usage u where u.owner is p and u.active_users more than 0""",
    ),
    Entry(
        code="not-a-value",
        summary="something that is no value stands where a value must stand",
        why="""\
Designations, requirements, records, entities and enums have no value of their own. A designation has a status, a record
has rows, an enum has values: ask for those.""",
        avoid="""\
claim pci implies total""",
        prefer="""\
claim pci is gold implies pci at least silver""",
    ),
    Entry(
        code="not-a-record",
        summary="a record must stand here",
        why="""\
Only records have rows. What is given in an example, added by a change or left out by an exclusion is a row, so the name
there must be that of a record.""",
        avoid="""\
example "an enum has no rows"
  given Track { name: smb }
  expect total is 1""",
        prefer="""\
example "a record has"
  given Usage { track: smb }
  expect total is 1""",
    ),
    Entry(
        code="hidden-value",
        summary="a variable has the name of a value of an enum",
        why="""\
Inside its rule the variable is meant, and the value can be had only with its enum before it (`Level.expert`). Who reads
the rule aloud may take one for the other, and so may who writes it.""",
        avoid="""\
enum Level { associate, expert }

define holds(p Person, expert Level)
  some Certificate c where c.holder is p and c.level is expert""",
        prefer="""\
enum Level { associate, expert }

define holds(p Person, level Level)
  some Certificate c where c.holder is p and c.level is level""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="not-a-score",
        summary="a score must stand here",
        why="""\
`each part of` and `maximum of` ask about the parts of a score. A measure, a definition or a parameter has no parts.""",
        avoid="""\
require breadth each part of net_adds(t) more than 0""",
        prefer="""\
require breadth each part of capability(t) more than 0""",
    ),
    Entry(
        code="not-a-designation",
        summary="a status is asked of something that has none",
        why="""\
`is met`, `is failed` and `is undetermined` ask for the status of a designation or of one of its requirements. A
condition needs no such words: it holds or it does not.""",
        avoid="""\
require active enough_users(t) is met""",
        prefer="""\
require active enough_users(t)""",
    ),
    Entry(
        code="wrong-arguments",
        summary="something is called with too few or too many arguments",
        why="""\
What is declared with parameters needs a value for each of them, in their order, and nothing else. What is declared
without parameters is used by its bare name.""",
        avoid="""\
measure tenants(t Track, m month) count
  count of Usage u where u.track is t and u.month is m

define enough
  tenants(smb) at least 10""",
        prefer="""\
measure tenants(t Track, m month) count
  count of Usage u where u.track is t and u.month is m

define enough
  tenants(smb, last month) at least 10""",
    ),
    Entry(
        code="unknown-placeholder",
        summary="a text has a `{name}` that nothing fills",
        why="""\
In the title of a change, `{p}` is the value of its parameter `p`, `{u.tenant}` a field of its row, and `{n}` the number
of units where it has `by A to B`. In the title of an example, a column of its `for each` is put in. In that of a
requirement or a part of a score, any value that its rule may use. Other titles have no braces: nothing fills them.""",
        avoid="""\
change certify(p Person) "Certify {person}"
  adds Certificate { holder: p }""",
        prefer="""\
change certify(p Person) "Certify {p}"
  adds Certificate { holder: p }""",
    ),
    Entry(
        code="title-differs",
        summary="a title says another number than its rule",
        why="""\
Reports and plans show titles. Where the number in one is none of the rule's, people read the one and are judged by the
other; most often the rule was changed and the title was not. A value of the rule stands in a title in braces, and keeps
up with it. The title of a change in units has `{n}`, the number of them.""",
        avoid="""\
require total "At least 60 points" capability(t) at least points_needed""",
        prefer="""\
require total "At least {points_needed} points" capability(t) at least points_needed""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="units-alike",
        summary="the units of a change add rows that are alike in what is unique",
        why="""\
No two rows may be alike in the fields that a record says are `unique`, so a change `by 1 to 9` that adds such a row for
each unit can be made once only: plans of two units or more are none, and there may be no plan at all. A unit differs
from another by a `new` identifier, and may differ by a field that is left out and then unknown; other changes differ by
their parameters.""",
        avoid="""\
change teach by 1 to 9 "Teach {n} people"
  adds Seat { room: "a", number: 1 }
  cost 5 USD each""",
        prefer="""\
change teach by 1 to 9 "Teach {n} people"
  adds Seat { room: new Room, number: 1 }
  cost 5 USD each""",
        severity=Severity.WARNING,
    ),
    Entry(
        code="cyclic-definition",
        summary="something is defined by itself",
        why="""\
A definition, measure, score or designation that uses itself, directly or by way of others, says nothing: to know it one
would have to know it already. Every step of the circle is shown; one of them must go.

A `define` may ask itself in two ways that end. Along a count, month or date that says `from` when there are values, for
an earlier one, with an `else` for what stands before the first: `(status(y - 1) else basic)`. And a condition of
others, where more that holds never makes less hold: not under `not` or `no`, and for what there is, not for what is
reckoned.""",
        avoid="""\
define active(p Person)
  certified(p)

define certified(p Person)
  active(p)""",
        prefer="""\
define active(p Person)
  certified(p)

define certified(p Person)
  some Certificate c where c.holder is p""",
    ),
    Entry(
        code="missing-import",
        summary="an imported file is not there",
        why="""\
`import people` takes over the declarations of `people.attain`. It is looked for beside the importing file, in the
folder `shared` beside it, and in the folder `shared` beside its folder; nowhere else.""",
        avoid="""\
import peple""",
        prefer="""\
import people""",
    ),
    Entry(
        code="import-cycle",
        summary="files import one another in a circle",
        why="""\
If two files need each other, neither can be read without the other, and neither can be used alone. What both need
belongs in a third file, which both import.""",
        avoid="""\
# people.attain
import partner

# partner.attain
import people""",
        prefer="""\
# people.attain
import vocabulary

# partner.attain
import vocabulary""",
    ),
    Entry(
        code="wrong-module-name",
        summary="an imported file calls itself something else",
        why="""\
The name in a file's header is the first part of the names of all it declares, in reports, plans and facts. If the file
has another name, those who read a report do not find the file, and those who read the file do not find the report.""",
        avoid="""\
# people.attain
library persons "Vocabulary" """,
        prefer="""\
# people.attain
library people "Vocabulary" """,
    ),
    Entry(
        code="missing-header",
        summary="a file does not say which policy or library it is",
        why="""\
The header gives the policy its name, which is part of everything that is said of it, and says from when it is in force.
A file of vocabulary that others import starts with `library` instead.""",
        avoid="""\
entity Person""",
        prefer="""\
library people "People and what they hold"

entity Person""",
    ),
    Entry(
        code="duplicate-header",
        summary="a file has more than one header",
        why="""\
A file is one policy or one library, with one name and one time in which it is in force. Two policies are two files;
what they share is a third, which both import.""",
        avoid="""\
policy silver "Silver"
policy gold "Gold" """,
        prefer="""\
policy competency "Silver and gold" """,
    ),
    Entry(
        code="unused",
        summary="nothing uses a declaration or an import",
        why="""\
What is declared and used nowhere is either left over, or it was meant to be used and was forgotten, which changes what
the policy says. Libraries are not warned of: they are there for others. What another policy of the same run of
`attain check` uses is used.""",
        avoid="""\
parameter seats_needed count
  300

define large(u Usage)
  u.paid_seats at least 300""",
        prefer="""\
parameter seats_needed count
  300

define large(u Usage)
  u.paid_seats at least seats_needed""",
        severity=Severity.WARNING,
    ),
)
