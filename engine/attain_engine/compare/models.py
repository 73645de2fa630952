"""The answer to "what is different": what `compare` returns, and its JSON."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

Relation = Literal[
    "equivalent",
    "stricter",
    "looser",
    "incomparable",
    "different",
    "new",
    "removed",
    "cannot be told",
    "not compared",
]
Direction = Literal["stricter", "looser", "different"]
Kind = Literal["designation", "tier", "requirement", "part", "score", "report", "policy"]
Topic = Literal["reads", "facts", "plans", "renamed"]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Witness(Model):
    """An organisation that is decided differently. `base` and `head` are what each edition says of it, both asked again
    on the facts that are shown; `example` is written for HEAD: it passes there, and fails in BASE.

    `stricter`: BASE gives what HEAD does not; `looser`: the other way round; `different`: neither is more.
    """

    direction: Direction
    base: str
    head: str
    example: str


class Finding(Model):
    """How one thing that is decided stands in HEAD beside BASE, on the days from `since` to `until` (None: open).

    `asked` is the day in that time on which it was compared. For a part or a score, `looser` means that it gives more
    points. `proved` says that the relation is proved for all facts on that day; where it is not, `bound` says what was
    searched. An equivalence is always proved. `not compared`: the time was over before. `title` has the values that
    HEAD has on that day, `title_before` those of BASE, where it reads otherwise for them.
    """

    kind: Kind
    name: str
    title: str
    title_before: str = ""
    relation: Relation
    since: datetime.date | None = None
    until: datetime.date | None = None
    asked: datetime.date | None = None
    proved: bool = True
    bound: str = ""
    witnesses: tuple[Witness, ...] = ()


class Note(Model):
    """What differs and decides nothing by itself. `reads`: titles, sources, reasons, advice, order; `facts`: what facts
    may or must say; `plans`: changes, their costs and limits; `renamed`: the same under another name."""

    topic: Topic
    name: str
    message: str


class Comparison(Model):
    """One policy in two editions. `findings` has everything that is decided, in order; `notes` what else differs."""

    format_version: Literal[1] = 1
    kind: Literal["comparison"] = "comparison"
    policy: str
    policy_title: str
    base: str
    head: str
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is decided differently, or cannot be told."""
        return any(each.relation != "equivalent" for each in self.findings)

    @property
    def complete(self) -> bool:
        """Whether everything was compared in the time."""
        return all(each.relation != "not compared" and each.bound != "time" for each in self.findings)

    @property
    def same(self) -> bool:
        """Whether the two editions are the same in everything, also in how they read."""
        return not self.differs and not self.notes
