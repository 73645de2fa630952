"""Breaks a policy at every number, date, comparator and connective, and lists what none of its examples notices.

    python bench/mutate.py                                 modern_work
    python bench/mutate.py policies/renewal.attain ...     others

Each mutant differs from the policy in one place: a number is one more or one less, a date or month the next or the one
before, `at least` becomes `more than`, `and` becomes `or`, `all of` becomes `any of`, `is` becomes `is not`, or a line
within a declaration is left out. It is noticed if it no longer compiles or if an example fails: of the policy, or of
one beside it that imports it. What is left survives, and each survivor is explained in `policies/survivors.toml`; the
script ends with 1 if one is not, or if an explanation explains nothing although all policies that it is for were tried.
The examples themselves, claims, comments and texts are left alone.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from attain_engine.check.examples import run_examples
from attain_engine.policies import read_policy

POLICIES = Path(__file__).parents[1] / "policies"

SWAPS: Mapping[str, tuple[str, ...]] = {
    "at least": ("more than", "at most"),
    "more than": ("at least", "at most"),
    "at most": ("less than", "at least"),
    "less than": ("at most", "at least"),
    "earlier than": ("on or before", "on or after"),
    "later than": ("on or after", "on or before"),
    "on or before": ("earlier than", "later than"),
    "on or after": ("later than", "earlier than"),
    "is not": ("is",),
    "is": ("is not",),
    "not in": ("in",),
    "in": ("not in",),
    "all of": ("any of",),
    "any of": ("all of",),
    "and": ("or",),
    "or": ("and",),
    "some": ("no",),
    "no": ("some",),
    "before": ("after",),
    "after": ("before",),
}
"""What each word of the language is replaced by. `or never`, `on or before` and the like are words of their own."""

TOKENS = re.compile(
    r"""
      (?P<skip>   \#[^\n]* | "(?:[^"\\]|\\.)*" | \bor\ never\b | \bin\ force\ from\b | \bin\ proportion\ to\b )
    | (?P<date>   \b\d{4}-\d{2}-\d{2}\b )
    | (?P<month>  \b\d{4}-\d{2}\b )
    | (?P<number> (?<![\w-])-?\d[\d_]*(?:\.\d+)? )
    | (?P<source> \b[A-Z]+\d+-\d+\b )
    | (?P<word>   \b(?:at\ least|more\ than|at\ most|less\ than|earlier\ than|later\ than|on\ or\ before|on\ or\ after
                  |is\ not|is|not\ in|in|all\ of|any\ of|and|or|some|no|before|after)\b (?!\s*:) )
    | (?P<name>   [A-Za-z][\w-]* )
    """,
    re.VERBOSE,
)
BINDER = re.compile(r"(?:\bfor|\bno|\bsome|\bevery|\bamong|\bcount of|\bhas)\s+[A-Za-z][\w-]*\s+$")
"""Before an `in` that says what a variable runs over."""

NOTES = ("#", "source ", "recovered from ", "because ", "advice ")
"""What a line begins with that decides nothing."""

LEFT_ALONE = ("example ", "claim ", "import ")
"""Declarations that say what the others should give, or where they are."""


@dataclass(frozen=True)
class Mutant:
    """One change at one place: `found` at `offset` becomes `instead`.

    `declaration` is what it stands in (`parameter seats`), `line` the whole line without its indent.
    """

    policy: str
    declaration: str
    offset: int
    found: str
    instead: str
    line: str
    number: int

    @property
    def change(self) -> str:
        return f"{self.found} -> {self.instead}" if self.instead else "left out"

    def applied_to(self, text: str) -> str:
        return text[: self.offset] + self.instead + text[self.offset + len(self.found) :]


@dataclass(frozen=True)
class Explanation:
    """Why mutants survive: those whose policy, declaration, line and change match these patterns, as a whole."""

    policy: str
    declaration: str
    line: str
    change: str
    because: str

    def explains(self, mutant: Mutant) -> bool:
        return all(
            re.fullmatch(pattern, text)
            for pattern, text in (
                (self.policy, mutant.policy),
                (self.declaration, mutant.declaration),
                (self.line, mutant.line),
                (self.change, mutant.change),
            )
        )


def mutants(policy: str, text: str) -> Iterator[Mutant]:
    """Every way to break the text in one place."""
    declaration = ""
    for match in TOKENS.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        line = text[start : end if end >= 0 else len(text)].strip()
        if match.start() == start and match.lastgroup != "skip":
            declaration = " ".join(re.findall(r"[\w-]+", line)[:2])
        if declaration.startswith(LEFT_ALONE):
            continue
        before = text[start : match.start()]
        for instead in _replacements(match, before):
            yield Mutant(
                policy, declaration, match.start(), match.group(), instead, line, text.count("\n", 0, start) + 1
            )


def left_out(policy: str, text: str) -> Iterator[Mutant]:
    """The policy without one line, for each line within a declaration that is no note and no comment."""
    declaration, offset = "", 0
    for number, whole in enumerate(text.splitlines(keepends=True), start=1):
        line = whole.strip()
        if line and not whole.startswith((" ", "#")):
            declaration = " ".join(re.findall(r"[\w-]+", line)[:2])
        elif line and not line.startswith(NOTES) and not declaration.startswith(LEFT_ALONE):
            yield Mutant(policy, declaration, offset, whole, "", line, number)
        offset += len(whole)


def _replacements(match: re.Match[str], before: str) -> tuple[str, ...]:
    found = match.group()
    match match.lastgroup:
        case "date":
            day = date.fromisoformat(found)
            return tuple((day + timedelta(days=step)).isoformat() for step in (1, -1))
        case "month":
            month = int(found[:4]) * 12 + int(found[5:]) - 1
            return tuple(f"{each // 12:04}-{each % 12 + 1:02}" for each in (month + 1, month - 1))
        case "number":
            value = Decimal(found.replace("_", ""))
            return tuple(str(value + step) for step in (1, -1))
        case "word":
            if found == "in" and BINDER.search(before):
                return ()
            return SWAPS[found]
        case _:
            return ()


def noticed(mutant: Mutant) -> bool:
    """Whether the policy no longer compiles, or an example fails: of it, or of a policy beside it that imports it.

    The mutant is tried in a copy of the folder and of what it shares, so that imports find it. What a policy imports it
    may import through another; only those with examples can notice.
    """
    with tempfile.TemporaryDirectory() as folder:
        for each in POLICIES.rglob("*.attain"):
            copy = Path(folder, each.relative_to(POLICIES))
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(each, copy)
        texts = {each: each.read_text("utf-8") for each in Path(folder).rglob("*.attain")}
        broken = next(each for each in texts if each.stem == mutant.policy)
        broken.write_text(mutant.applied_to(texts[broken]), "utf-8")
        return any(_fails(each) for each in (broken, *_importing(broken, texts)))


def _importing(broken: Path, texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """The policies with examples that import one, straight or through another; those that import it straight first."""
    reached, found = {broken.stem}, list[Path]()
    while True:
        more = [
            each
            for each, text in texts.items()
            if each.stem not in reached and reached & set(re.findall(r"^import (\w+)", text, re.MULTILINE))
        ]
        if not more:
            return tuple(each for each in found if re.search(r"^example ", texts[each], re.MULTILINE))
        found += more
        reached |= {each.stem for each in more}


def _fails(path: Path) -> bool:
    program = read_policy(str(path)).program
    return program is None or not all(each.passed for each in run_examples(program))


def explanations() -> tuple[Explanation, ...]:
    with (POLICIES / "survivors.toml").open("rb") as file:
        entries: list[dict[str, str]] = tomllib.load(file)["survivor"]
    return tuple(
        Explanation(
            each["policy"],
            each.get("declaration", ".*"),
            each.get("line", ".*"),
            each.get("change", ".*"),
            each["because"],
        )
        for each in entries
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("policies", nargs="*", type=Path, help="the policies to break (modern_work)")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    paths: list[Path] = given.policies or [POLICIES / "modern_work.attain"]
    texts = {path.stem: path.read_text("utf-8") for path in paths}
    all_mutants = [each for policy, text in texts.items() for each in (*mutants(policy, text), *left_out(policy, text))]
    begun = time.monotonic()
    with ProcessPoolExecutor(given.processes) as pool:
        found = list(pool.map(noticed, all_mutants, chunksize=8))
    survivors = [mutant for mutant, was_noticed in zip(all_mutants, found, strict=True) if not was_noticed]
    known = [each for each in explanations() if any(re.fullmatch(each.policy, path.stem) for path in paths)]
    unexplained = [each for each in survivors if not any(one.explains(each) for one in known)]
    tried = {path.stem for path in paths}
    everywhere = {each.stem for each in POLICIES.rglob("*.attain")}
    idle = [
        each
        for each in known
        if not any(each.explains(one) for one in survivors)
        and all(stem in tried for stem in everywhere if re.fullmatch(each.policy, stem))
    ]
    for each in unexplained:
        print(f"survives: {each.policy}:{each.number}: {each.change}    in: {each.line}")
    for explanation in idle:
        print(f"explains nothing: {explanation.policy}: {explanation.declaration}: {explanation.because}")
    print(
        f"{len(all_mutants)} mutants, {len(all_mutants) - len(survivors)} noticed, {len(survivors)} survive, of them "
        f"{len(unexplained)} unexplained; {time.monotonic() - begun:.0f} s"
    )
    return 1 if unexplained or idle else 0


if __name__ == "__main__":
    sys.exit(main())
