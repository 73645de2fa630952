"""Writes folders under `facts/`: made-up organisations, whose stories `docs/organisations.md` tells.

Run it with any Python from 3.11 on: `python policies/generate_organisations.py [FOLDER]`. The seeds are fixed, so the
files are the same each time.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, object]


@dataclass
class Organisation:
    """Made-up facts: tables of rows by record. `closed` says that there are no other rows."""

    name: str
    as_of: str
    closed: bool = True
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def add(self, record: str, **values: object) -> None:
        self.tables.setdefault(record, []).append(values)

    def employs(self, *people: str) -> None:
        """People of whom nothing else is known yet."""
        for person in people:
            self.add("Individual", person=person)

    def individual(self, person: str, *exams: str, associated: str, passed: str) -> None:
        """A person whose MCP ID is associated, with what the person has passed on one day."""
        self.employs(person)
        number = 1000 + len(self.tables.get("Professional", []))
        self.add("Professional", person=person, mcp_id=f"MCP-{number}", associated=associated)
        for exam in exams:
            self.add("Passed", person=person, exam=exam, passed=passed)

    def subscription(self, guid: str, tenant: str, product: str, kind: str, since: str, **more: object) -> None:
        """A subscription and the association with it, since the day it started."""
        self.add("Subscription", guid=guid, tenant=tenant, product=product, started=more.pop("started", since), **more)
        self.add("Association", subscription=guid, kind=kind, since=since)

    def reference(self, customer: str, approved: str) -> None:
        """A customer reference that customer and Microsoft approved on one day."""
        self.add("Reference", customer=customer, approved_by_customer=approved, approved_by_microsoft=approved)


def months(first: str, number: int) -> Iterator[str]:
    """`number` months from the first on, written `2020-05`."""
    year, month = (int(part) for part in first.split("-"))
    for index in range(year * 12 + month - 1, year * 12 + month - 1 + number):
        yield f"{index // 12}-{index % 12 + 1:02}"


def fabrikam() -> Organisation:
    """A Dynamics 365 consultancy, a few points away from silver by the partner contribution indicators."""
    chance = random.Random(20210617)  # noqa: S311 -- made-up figures, no secret
    made = Organisation("fabrikam", "2021-06-17")
    made.add("Organization", market="developed")
    made.add("Membership", anniversary="2021-11-30")
    exams = ("MB-210", "MB-220", "MB-230", "MB-240")
    for index, person in enumerate(["ana", "bo", "cy", "di", "ed", "flo", "gus", "hana", "ivo", "jo"]):
        made.individual(person, "MB-200", exams[index % 4], associated="2019-01-15", passed=f"2020-0{index % 8 + 1}-11")
    for index, person in enumerate(("kim", "lou")):
        made.individual(person, "PL-200", exams[index], associated="2021-01-15", passed="2021-03-09")
    for person in ("max", "nia"):
        made.individual(person, "PL-400", associated="2020-02-01", passed="2021-02-02")
    made.individual("oli", "MB-200", "MB-400", associated="2019-05-01", passed="2020-11-20")
    made.individual("pat", "MB-400", associated="2019-05-01", passed="2020-11-20")
    made.employs("quin")
    made.add("Passed", person="quin", exam="MB-200", passed="2020-03-03")
    made.add("Passed", person="quin", exam="MB-210", passed="2020-03-04")

    def customer(name: str, product: str, first: str, last: str, begins: int, ends: int, **more: object) -> None:
        """A customer with paid units and active users from a month to a month, growing evenly."""
        guid = f"sub-{name}"
        kind, since = str(more.get("kind", "dpor")), str(more.get("since", "2018-07-01"))
        made.add("Customer", tenant=name)
        made.subscription(guid, name, product, kind, since, started="2018-07-01")
        run = [each for each in months("2020-05", 13) if first <= each <= last]
        for step, month in enumerate(run):
            users = begins + (ends - begins) * step // max(len(run) - 1, 1)
            made.add("PaidUnits", subscription=guid, month=month, units=users + 5)
            made.add("MonthlyActiveUsers", subscription=guid, month=month, users=users)
            if step % 3 == 0:
                billed = chance.randrange(20, 60) * 100
                made.add("Invoice", subscription=guid, month=month, channel="csp", billed=f"{billed} USD")
        if begins < 250 <= ends:
            made.add("Instance", name=f"{name}-production", tenant=name, family="customer_engagement")

    always = ("2020-05", "2021-05")
    customer("adventure-works", "sales", *always, 190, 262)
    customer("alpine-ski-house", "customer_service", *always, 210, 255, kind="csp")
    customer("bellows-college", "plan_1", *always, 160, 251)
    customer("best-for-you", "field_service", *always, 400, 330)
    customer("city-power", "sales", *always, 320, 250)
    customer("coho-vineyard", "marketing", *always, 120, 131)
    customer("graphic-design", "sales", "2020-11", "2021-05", 20, 24)
    customer("humongous", "sales", "2020-09", "2021-05", 30, 41)
    customer("lamna", "customer_service", "2021-01", "2021-05", 12, 19, since="2021-01-07")
    customer("liberty", "sales", "2020-07", "2021-05", 22, 35)
    customer("margies", "talent", "2020-10", "2021-05", 9, 14)
    customer("munson", "sales", "2021-03", "2021-05", 15, 16, since="2021-03-22")
    customer("nod", "field_service", "2020-12", "2021-05", 11, 15)
    customer("parnell", "sales", "2020-05", "2020-12", 40, 35)
    made.add(
        "Association", subscription="sub-best-for-you", kind="cpor", incentive="osa", since="2020-10-01", ours="no"
    )
    made.add(
        "Invoice", subscription="sub-city-power", month="2020-11", channel="ea", agreement_year=1, billed="38000 USD"
    )
    made.add(
        "Invoice", subscription="sub-city-power", month="2020-12", channel="ea", agreement_year=2, billed="52000 USD"
    )
    made.add(
        "Invoice",
        subscription="sub-coho-vineyard",
        month="2021-02",
        channel="web_direct",
        billed="9000 USD",
        credited="2500 USD",
    )
    return made


def contoso() -> Organisation:
    """An Azure partner with gold in Cloud Platform, which it does not keep at its renewal."""
    made = Organisation("contoso", "2018-11-15")
    made.add("Organization", market="developed")
    made.add("Membership", anniversary="2019-01-10")
    made.add("Contact", person="ana", primary="yes")
    made.add("Held", competency="cloud_platform", level="gold")
    made.add("Payment", paid="2018-01-08", amount="4730 USD", covers_until="2019-01-10")
    made.individual("ana", "exam_70_534", associated="2015-03-01", passed="2016-10-05")
    made.individual("bo", "cloud_platform_assessment", associated="2016-02-01", passed="2017-02-14")
    made.individual("cy", "exam_70_347", associated="2016-02-01", passed="2017-02-14")
    for customer, approved in (
        ("northgate", "2016-12-01"),
        ("harbour", "2017-05-20"),
        ("millstone", "2017-09-01"),
        ("orchard", "2018-02-11"),
        ("quayside", "2018-08-30"),
    ):
        made.reference(customer, approved)
    steady = {"northgate": 2300, "harbour": 1900, "millstone": 1400, "orchard": 1150}
    for tenant, amount in steady.items():
        made.add("Customer", tenant=tenant)
        made.subscription(f"azure-{tenant}", tenant, "azure", "dpor", "2016-01-01")
        for step, month in enumerate(months("2017-10", 14)):
            made.add(
                "AzureConsumption", subscription=f"azure-{tenant}", month=month, amount=f"{amount + 10 * step} USD"
            )
    # the large customer changed its partner of record in May: nothing of it counts any more
    made.add("Customer", tenant="quayside")
    made.add("Subscription", guid="azure-quayside", tenant="quayside", product="azure", started="2016-06-01")
    made.add("Association", subscription="azure-quayside", kind="dpor", since="2016-06-01", until="2018-05-02")
    made.add("Association", subscription="azure-quayside", kind="dpor", since="2018-05-02", ours="no")
    for month in months("2017-10", 14):
        made.add("AzureConsumption", subscription="azure-quayside", month=month, amount="6200 USD")
    return made


def tailspin() -> Organisation:
    """A reseller of Office 365 to small customers: silver by one customer, with every reason for not counting."""
    made = Organisation("tailspin", "2018-06-15")
    made.add("Organization", market="developed")
    made.add("Membership", anniversary="2018-12-01")
    made.add("Payment", paid="2017-11-20", amount="1670 USD", covers_until="2018-12-01")
    made.individual("ana", "exam_70_347", associated="2017-01-01", passed="2017-04-04")
    made.employs("bo", "cy")
    for customer, approved in (("bakery", "2017-02-02"), ("florist", "2017-08-08"), ("garage", "2018-01-31")):
        made.reference(customer, approved)

    def customer(tenant: str, started: str, acted: str, **more: object) -> None:
        flags = {name: more.pop(name) for name in ("non_profit", "known_to_microsoft") if name in more}
        made.add("Customer", tenant=tenant, **flags)
        kind = str(more.pop("kind", "delegated_administrator"))
        made.subscription(f"o365-{tenant}", tenant, "office_365", kind, started, **more)
        made.add("Entitlement", subscription=f"o365-{tenant}", workload="exchange_online", users=12, last_action=acted)

    for tenant, started in (
        ("bakery", "2017-09-01"),
        ("butcher", "2018-01-10"),
        ("florist", "2017-07-03"),
        ("garage", "2018-03-15"),
        ("hotel", "2018-05-02"),
    ):
        customer(tenant, started, "2018-06-12")
    customer("dentist", "2018-04-01", "2018-04-20")  # no active usage within 28 days
    customer("museum", "2018-02-01", "2018-06-12", non_profit="yes")
    customer("notary", "2018-05-20", "2018-06-12", offer="trial")
    customer("printer", "2018-02-10", "2018-06-12", known_to_microsoft="yes")
    customer("school", "2018-02-10", "2018-06-12", kind="cpor")  # not an association of this competency
    customer("tailor", "2016-02-10", "2018-06-12")  # more than 365 days ago
    customer("vet", "2015-05-05", "2018-01-02", deprovisioned="2018-03-31")  # takes 1 away
    return made


def woodgrove() -> Organisation:
    """An integrator for enterprises: gold in Enterprise Mobility Management and silver in Cloud Productivity."""
    chance = random.Random(20180615)  # noqa: S311 -- made-up figures, no secret
    made = Organisation("woodgrove", "2018-06-15")
    made.add("Organization", market="developed")
    made.add("Membership", anniversary="2018-10-01")
    made.add("Payment", paid="2017-10-01", amount="4730 USD", covers_until="2018-10-01")
    others = ("device_management_assessment", "identity_access_assessment", "cloud_app_security_assessment")
    for index, person in enumerate(("ana", "bo", "cy", "di")):
        exams = ("ems_overview_assessment", others[index % 3])
        made.individual(person, *exams, associated="2016-01-01", passed=f"2017-0{index + 3}-21")
    made.individual("ed", "exam_70_346", "exam_70_347", associated="2016-01-01", passed="2017-11-11")
    made.individual("flo", "exam_70_346", associated="2016-01-01", passed="2017-11-11")
    for index, customer in enumerate(("airline", "bank", "brewery", "insurer", "railway", "utility")):
        made.reference(customer, f"2017-0{index + 3}-15")
    for index, tenant in enumerate(("airline", "bank", "brewery", "insurer", "railway", "utility")):
        made.add("Customer", tenant=tenant, government="yes" if tenant == "railway" else "no")
        made.subscription(f"ems-{tenant}", tenant, "enterprise_mobility", "fasttrack", f"2017-{index + 7:02}-01")
        for workload in ("intune", "azure_ad_premium"):
            users = chance.randrange(30, 46) * 10
            made.add(
                "Entitlement", subscription=f"ems-{tenant}", workload=workload, users=users, last_action="2018-06-13"
            )
        made.subscription(f"o365-{tenant}", tenant, "office_365", "dpor", f"2017-{index + 7:02}-01")
        for workload in ("exchange_online", "sharepoint_online"):
            users = chance.randrange(40, 70) * 10
            made.add(
                "Entitlement", subscription=f"o365-{tenant}", workload=workload, users=users, last_action="2018-06-13"
            )
    return made


def adatum() -> Organisation:
    """A distributor: its option exists, its figures were never published."""
    made = Organisation("adatum", "2018-06-15")
    made.add("Organization", market="developed", authorized_distributor="yes")
    made.add("Membership", anniversary="2018-09-30")
    made.add("Payment", paid="2017-10-02", amount="4730 USD", covers_until="2018-09-30")
    for index in range(5):
        made.reference(f"reseller-{index + 1}", f"2017-0{index + 2}-10")
    for index in range(3):
        made.add("Customer", tenant=f"reseller-{index + 1}")
        made.subscription(f"azure-{index + 1}", f"reseller-{index + 1}", "azure", "transacting_partner", "2016-05-01")
        for month in months("2017-06", 12):
            made.add("AzureConsumption", subscription=f"azure-{index + 1}", month=month, amount="48000 USD")
    return made


def litware() -> Organisation:
    """A consultancy for Finance & Operations whose facts are incomplete: what is missing decides."""
    made = Organisation("litware", "2021-06-17", closed=True)
    made.add("Organization", market="developing")
    made.add("Membership", anniversary="2021-09-01")
    for index, person in enumerate(("ana", "bo", "cy", "di", "ed")):
        made.individual(
            person, "MB-300", ("MB-310", "MB-320", "MB-330")[index % 3], associated="2020-01-01", passed="2020-06-15"
        )
    made.individual("flo", "MB-300", "MB-310", associated="2021-01-01", passed="2021-02-15")
    made.individual("gus", "MB-300", "MB-330", associated="2021-01-01", passed="2021-03-15")
    made.individual("hal", "MB-300", "MB-500", associated="2020-01-01", passed="2020-06-15")
    for tenant in ("tannery", "winery", "foundry"):
        made.add("Customer", tenant=tenant, market="developing")
        made.add("Subscription", guid=f"fo-{tenant}", tenant=tenant, product="finance", started="2018-01-01")
    made.add("Association", subscription="fo-tannery", kind="csp", since="2018-02-01")
    made.add("Association", subscription="fo-winery", kind="dpor", since="2018-02-01")
    made.add("Association", subscription="fo-foundry", kind="cpor", since="2020-08-01")  # through which incentive?
    for month in months("2020-06", 12):
        made.add("Invoice", subscription="fo-tannery", month=month, channel="csp", billed="1500 USD")
    made.add("Invoice", subscription="fo-winery", month="2020-11", channel="ea", billed="60000 USD")  # which year?
    made.add("Invoice", subscription="fo-foundry", month="2021-01", channel="csp", billed="90000 USD")
    for month in months("2020-05", 13):
        for tenant, users in (("tannery", 70), ("winery", 45), ("foundry", 30)):
            made.add("PaidUnits", subscription=f"fo-{tenant}", month=month, units=80)
            growing = users + (15 if month >= "2021-02" else 0)
            made.add("MonthlyActiveUsers", subscription=f"fo-{tenant}", month=month, users=growing)
    for tenant in ("tannery", "winery", "foundry"):
        made.add("Instance", name=f"{tenant}-production", tenant=tenant, family="finance_and_operations")
    return made


def proseware() -> Organisation:
    """A reseller of Surface Hubs: authorised, with devices enough for silver and people enough for silver."""
    made = Organisation("proseware", "2018-06-15")
    made.add("Organization", market="developed", surface_hub_adr="yes")
    made.add("Membership", anniversary="2019-02-01")
    made.add("Payment", paid="2018-02-01", amount="1670 USD", covers_until="2019-02-01")
    for person in ("ana", "bo"):
        made.individual(person, "surface_hub_assessment", associated="2017-01-01", passed="2017-10-10")
    made.employs("cy", "di", "ed")
    for customer, approved in (("clinic", "2017-02-02"), ("law-firm", "2017-08-08"), ("theatre", "2018-01-31")):
        made.reference(customer, approved)
    for index, month in enumerate(months("2017-05", 14)):
        made.add(
            "DeviceSales",
            month=month,
            device="surface_hub",
            units=1 + index % 2,
            revenue=f"{9000 * (1 + index % 2)} USD",
        )
    return made


ORGANISATIONS = (fabrikam, contoso, tailspin, woodgrove, adatum, litware, proseware)


def write(made: Organisation, folder: Path) -> None:
    """Write the organisation's folder: a table for each record, and what is no table."""
    folder.mkdir(parents=True, exist_ok=True)
    head = {"organisation": made.name, "as_of": made.as_of, "closed": made.closed}
    (folder / "organisation.json").write_text(json.dumps(head, indent=2) + "\n", encoding="utf-8")
    for record, rows in made.tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{record}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
            writer.writeheader()
            writer.writerows(rows)


def main(folder: Path) -> None:
    for make in ORGANISATIONS:
        made = make()
        write(made, folder / made.name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "facts")
