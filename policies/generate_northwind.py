"""Writes `facts/northwind/`: a made-up organisation with everything that Modern Work looks at, row by row.

Run it with any Python from 3.11 on: `python policies/generate_northwind.py [FOLDER]`. The seed is fixed, so the files
are the same each time. The organisation is assessed on 30 June 2024: last month is May 2024, the same month last year
is May 2023.

The customers are drawn up by kind, so that each reason for not counting occurs: trial seats, months before the
association, 40 % reached before it, 10 seats, a workload that is not on the list, certificates that expired, are not on
the list or lack their prerequisite.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

SEED = 20240630
FIRST = 2023 * 12 + 4
"""May 2023, as months since the year 0."""
LAST = FIRST + 12
STILL = FIRST + 4
"""September 2023. Until then the figures of customers of long standing stand still: a plan that is ready in autumn 2024
is measured against these months."""
LONG_AGO = date(2021, 9, 1)


@dataclass(frozen=True)
class Workload:
    """One workload of a customer. `active` is the share of seats in use at first and at last; `seats` likewise."""

    name: str
    association: str
    seats: tuple[int, int]
    active: tuple[int, int]
    associated: date = LONG_AGO
    first: int = FIRST
    last: int = LAST
    trial: bool = False


@dataclass(frozen=True)
class Customer:
    name: str
    workloads: tuple[Workload, ...]


@dataclass
class Names:
    """Names of customers, each used once."""

    left: list[str] = field(default_factory=lambda: list(CUSTOMERS))

    def next(self) -> str:
        return self.left.pop(0)


CUSTOMERS = tuple(
    re.findall(
        r"\w+",
        """
        adatum alpineski aspenmills auroraclinic baldwin bellows birchwood blueyonder brightwater caldera cascade
        cedarlane citypower cohovineyard consolidated contoso coralbay crestview datum eastpoint elmstreet fabrikam
        ferndale firthandco fourthcoffee fruition glaciertrust goldleaf graphicdesign greenhill harborlight hillcrest
        humongous islandair juniper kestrel lakeside lamna larkspur libertys lucerne margies maplecourt munson
        nodpublishers oakridge parnell proseware quarrybank relecloud riverside sandhurst southridge stonebridge
        tailspin thistledown trey vanarsdel westmoor wingtip
        """,
    )
)

PEOPLE = tuple(
    re.findall(
        r"\w+",
        """
        abebe adele alex amara anders ana beatriz bo carla chen cy dagny diego elif emil farid freya gita hana henrik
        ilse ines ivan jonas kaito kira lars leila lidia mateo mei milan nadia nils olga omar petra priya rafael ravi
        sanna sofia tariq tomas uma vera wei yusuf
        """,
    )
)

SMALL_WORKLOADS = ("exchange", "teams", "sharepoint", "microsoft_365_apps", "intune")
LARGE_WORKLOADS = ("exchange", "teams", "teams_phone", "viva_engage", "intune")


def customers(random_: random.Random) -> Iterator[Customer]:
    """The sixty customers, kind by kind."""
    names = Names()

    def one(*workloads: Workload) -> Customer:
        return Customer(names.next(), workloads)

    def several(pool: tuple[str, ...], number: int) -> list[str]:
        return random_.sample(pool, number)

    # small customers through CSP, of long standing, nearly everybody active
    for index in range(22):
        seats = random_.randint(14, 120)
        tier = "csp_tier_1" if index % 3 else "csp_tier_2"
        grown = random_.randint(0, 6)
        yield one(
            *(
                Workload(name, tier, (seats, seats + grown), (seats - random_.randint(2, 5), seats + grown))
                for name in several(SMALL_WORKLOADS, 1 + index % 3)
            )
        )
    # small customers through a claim: some close to 40 %, some far from it
    for seats, before, now in (
        (30, 8, 11),
        (35, 9, 12),
        (28, 8, 10),
        (60, 20, 60),
        (48, 30, 48),
        (52, 50, 52),
        (72, 64, 72),
    ):
        yield one(Workload(several(SMALL_WORKLOADS, 1)[0], "cpor", (seats, seats), (before, now)))
    # large customers, claimed or digital partner of record
    for index in range(7):
        seats = random_.randint(340, 900)
        yield one(
            *(
                Workload(
                    name,
                    "dpor" if index % 3 else "cpor",
                    (seats, seats),
                    (seats * 9 // 10, seats - random_.randint(2, 12)),
                )
                for name in several(LARGE_WORKLOADS, 1 + index % 2)
            )
        )
    # at the edges of the bands
    for seats in (10, 11, 300, 301):
        yield one(
            Workload("exchange", "cpor" if seats in (10, 301) else "csp_tier_1", (seats, seats), (seats - 1, seats))
        )
    # grown past 300 seats, and shrunk below 11
    yield one(Workload("exchange", "csp_tier_1", (285, 318), (60, 75)))
    yield one(Workload("teams", "csp_tier_2", (14, 9), (13, 9)))
    # lost in autumn
    for seats in (24, 38, 52):
        yield one(Workload("exchange", "csp_tier_1", (seats, seats), (seats - 3, seats - 2), last=FIRST + 5))
    # won in the course of the year, with little use at first
    for seats, month in ((25, 6), (32, 7), (40, 8), (18, 9), (21, 10)):
        begin = FIRST + month
        associated = date(begin // 12, begin % 12 + 1, 12)
        yield one(Workload("exchange", "csp_tier_1", (seats, seats), (seats // 5, seats), associated, begin))
    # taken over in the course of the year, in full use by then; their earlier months are known
    for seats, month, association in ((150, 4, "cpor"), (90, 6, "csp_tier_2"), (64, 9, "csp_tier_1"), (420, 5, "dpor")):
        begin = FIRST + month
        associated = date(begin // 12, begin % 12 + 1, 20)
        yield one(Workload("teams", association, (seats, seats), (seats * 7 // 10, seats * 9 // 10), associated))
    # on trial
    for seats in (25, 50, 310):
        yield one(
            Workload("exchange", "cpor", (seats, seats), (0, seats // 2), date(2024, 2, 5), FIRST + 9, trial=True)
        )
    # on both paths, and with a workload that is not on the list
    yield one(
        Workload("exchange", "cpor", (350, 350), (338, 350)),
        Workload("teams_phone", "cpor", (40, 40), (38, 40)),
    )
    yield one(
        Workload("viva_learning", "csp_tier_1", (70, 70), (64, 70)),
        Workload("other", "csp_tier_1", (70, 70), (20, 60)),
    )
    yield one(Workload("other", "csp_tier_2", (44, 44), (30, 41)))


def usage(all_customers: Iterable[Customer]) -> Iterator[tuple[object, ...]]:
    """The rows, month by month: the first figures of a workload, then in a straight line to the last."""
    for customer in all_customers:
        for workload in customer.workloads:
            start = STILL if workload.associated == LONG_AGO else workload.first
            length = max(1, workload.last - start)
            for month in range(workload.first, workload.last + 1):
                at = max(0, month - start)
                seats, active = (low + (high - low) * at // length for low, high in (workload.seats, workload.active))
                yield (
                    customer.name,
                    workload.name,
                    workload.association,
                    workload.associated.isoformat(),
                    f"{month // 12}-{month % 12 + 1:02}",
                    seats,
                    min(active, seats),
                    "yes" if workload.trial else "no",
                )


def certificates(random_: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Who holds what: mostly what is not on the list or has expired, so that few people count."""

    def day(first: date, last: date) -> date:
        return date.fromordinal(random_.randint(first.toordinal(), last.toordinal()))

    def years_later(earned: date, years: int) -> str:
        return date(earned.year + years, earned.month, min(earned.day, 28)).isoformat()

    for person in PEOPLE[:42]:
        earned = day(date(2019, 3, 1), date(2024, 3, 31))
        yield person, "fundamentals", earned.isoformat(), "never"
    # lapsed: earned more than a year ago and not renewed
    lapsed = ("endpoint_administrator", "identity_and_access_administrator", "teams_application_developer",
              "collaboration_communications_systems_engineer")  # fmt: skip
    for index, person in enumerate(PEOPLE[3:17]):
        earned = day(date(2021, 1, 1), date(2023, 5, 31))
        yield person, lapsed[index % len(lapsed)], earned.isoformat(), years_later(earned, 1)
    # one exam away from the expert: a prerequisite that is valid, though not on the printed list
    for index, person in enumerate(PEOPLE[20:29]):
        earned = day(date(2023, 8, 1), date(2024, 5, 31))
        kind = "messaging_administrator" if index % 4 == 0 else "teams_administrator"
        yield person, kind, earned.isoformat(), years_later(earned, 1)
    # valid and on the list
    yield "ana", "identity_and_access_administrator", "2023-11-14", "2024-11-14"
    # experts: one expired, one who never had a prerequisite
    yield "freya", "endpoint_administrator", "2022-02-02", "2023-02-02"
    yield "freya", "enterprise_administrator_expert", "2022-06-17", "2024-06-17"
    yield "omar", "enterprise_administrator_expert", "2024-04-09", "2025-04-09"


def write(folder: Path) -> None:
    """Write the three tables into the folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    random_ = random.Random(SEED)  # noqa: S311 -- made-up figures, no secret
    _table(
        folder / "Usage.csv",
        ("tenant", "workload", "association", "associated", "month", "paid_seats", "active_users", "trial"),
        usage(customers(random_)),
    )
    _table(folder / "Certificate.csv", ("holder", "certification", "earned", "expires"), certificates(random_))
    _table(folder / "Employee.csv", ("person",), ((person,) for person in PEOPLE))


def _table(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "facts" / "northwind")
