"""How many organisations a second are assessed, beside a script that is written by hand for one policy.

    python bench/many.py [--organisations 500] [--write]

The organisations are made up, with 10 to 40 people each, and stand in one folder of tables with a column that says whom
a row is about. `attain assess --each` is started as a user starts it, in one process, and so is the script: Python's
`csv`, exact fractions, the rules of this policy and nothing else. Both must come to the same verdicts and points. Given
are processor seconds (user and system), which say more than elapsed ones on a machine that is busy. `--write` puts the
table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.tables import written_between

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"

POLICY = """policy club "Sports club"

entity Person

enum Licence { none, assistant, trainer }

record Member "A member"
  person   Person
  born     date
  joined   date
  licence  Licence default none
  hours    count 0 to 1_000 default 0
  unique person

parameter hours_needed for Licence count
  none  0, assistant 30, trainer 60
  from 2024-01-01  trainer 45

define counts(m Member)
  m.joined on or before 1 year before assessment date

measure members count 0 to 10_000 "Members for a year"
  count of Member m where counts(m)

measure juniors count 0 to 10_000 "Members under 18"
  count of Member m where counts(m) and 18 years after m.born later than assessment date

measure trainers count 0 to 10_000 "Active trainers and assistants"
  count of Member m where m.licence is not none and m.hours at least hours_needed(m.licence)

score standing out of 100 "Standing"
  part members "Members" up to 40  in proportion to members full at 25
  part juniors "Juniors" up to 30  in proportion to juniors full at 8
  part trainers "Trainers" up to 30  in proportion to trainers full at 4

designation club "Supported club"
  require total "Sixty points" standing at least 60
  require trainers "Two trainers" trainers at least 2
"""

BY_HAND = """import csv, datetime, sys
from fractions import Fraction

ON = datetime.date(2024, 6, 30)

def later(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

clubs = {}
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        clubs.setdefault(row["club"], []).append(row)
out = csv.writer(sys.stdout, lineterminator="\\n")
out.writerow(["facts", "verdict", "total"])
for name in sorted(clubs):
    members = juniors = trainers = 0
    for row in clubs[name]:
        joined = datetime.date.fromisoformat(row["joined"])
        if joined <= later(ON, -1):
            members += 1
            juniors += later(datetime.date.fromisoformat(row["born"]), 18) > ON
        trainers += int(row["hours"]) >= {"none": 10**9, "assistant": 30, "trainer": 45}[row["licence"]]
    points = sum(
        min(Fraction(most), Fraction(most * number, full))
        for most, number, full in ((40, members, 25), (30, juniors, 8), (30, trainers, 4))
    )
    out.writerow([name, "met" if points >= 60 and trainers >= 2 else "failed", float(points)])
"""


def made_up(organisations: int, folder: Path) -> None:
    """The tables, the same each time."""
    random.seed(20240630)
    lines = ["club,person,born,joined,licence,hours\n"]
    for number in range(organisations):
        for person in range(random.randint(10, 40)):
            born = f"{random.randint(1950, 2018)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
            joined = f"{random.randint(2019, 2024)}-{random.randint(1, 6):02}-{random.randint(1, 28):02}"
            licence = random.choice(["none"] * 8 + ["assistant", "trainer"])
            lines.append(f"club {number:04},person {person},{born},{joined},{licence},{random.randint(0, 90)}\n")
    (folder / "tables").mkdir()
    (folder / "tables" / "Member.csv").write_text("".join(lines), "utf-8")
    (folder / "club.attain").write_text(POLICY, "utf-8")
    (folder / "by_hand.py").write_text(BY_HAND, "utf-8")


def run(folder: Path, *arguments: str) -> tuple[list[dict[str, str]], float]:
    """The rows that a command writes as CSV, and the processor seconds that it took."""
    before = os.times()
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return list(csv.DictReader(io.StringIO(done.stdout))), used


def same(one: list[dict[str, str]], other: list[dict[str, str]]) -> bool:
    """Whether verdicts and points agree; points that are shown are rounded to the thousandth."""
    return len(one) == len(other) and all(
        (a["facts"], a["verdict"]) == (b["facts"], b["verdict"]) and abs(float(a["total"]) - float(b["total"])) < 0.01
        for a, b in zip(one, other, strict=True)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description="How many organisations a second are assessed.")
    parser.add_argument("--organisations", type=int, default=500)
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made_up(given.organisations, folder)
        each = ("--organisation-column", "club", "--as-of", "2024-06-30", "--processes", "1", "--output-format", "csv")
        attain, took = run(folder, "-m", "attain_engine", "assess", "club.attain", "--each", "tables", *each)
        by_hand, took_by_hand = run(folder, "by_hand.py", "tables/Member.csv")
    assert same(attain, by_hand), "they do not agree"
    lines = ["| | processor | organisations a second |\n", "|---|--:|--:|\n"]
    for title, seconds in (("`attain assess --each`", took), ("the script by hand", took_by_hand)):
        lines.append(f"| {title} | {seconds:.2f} s | {len(by_hand) / seconds:,.0f} |\n")
    print("".join(lines), end="")
    if given.write:
        written_between(PAGE, "many", "".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
