"""The answer to "do we qualify": what `assess` returns, and its JSON. Beside the text of a
number stands the number itself, exact and with its unit (None where it is no number, or not known)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, computed_field

from attain_compiler.model.program.expressions import Comparison
from attain_engine.assess.exact import Exact

Verdict = Literal["met", "failed", "undetermined"]


MOST_NAMED = 10
"""So many rows of what cannot be worked out are named to people."""


class Report(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quotation(Report):
    """Where a rule comes from and why it is as it is.

    `recovered` says where figures were found that the source has lost: those of the rule itself and of the parameters
    that it compares with. `amended` names declarations of the policy that is amended which others stand for
    here, of those that the rule rests on.
    """

    sources: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    amended: tuple[str, ...] = ()
    because: str = ""
    advice: str = ""
    place: str = ""
    """File and line of the rule: `policies/grant.attain:41`."""


class Clause(Report):
    """A condition, or one of the conditions it is made of.

    `text` is as written in the policy; of a comparison, `operator` is what it asks (`==` for `is`; empty for other
    conditions), `found` the value of its left side, `needed` that of its right side; `label` is what it compares, or
    what it stands for (a part of a score, an element). Of a condition with lines, the clauses are these:
    `needed` so many, `found` so many, and `given` names them (None elsewhere).
    """

    text: str
    verdict: Verdict
    label: str = ""
    operator: Comparison | Literal[""] = ""
    found: str = ""
    found_exact: Exact | None = None
    needed: str = ""
    needed_exact: Exact | None = None
    given: tuple[str, ...] | None = None
    clauses: tuple[Clause, ...] = ()


class Requirement(Report):
    """`path` is its name, after those of its tier and option: `gold.reseller.revenue`."""

    path: str
    title: str
    verdict: Verdict
    clause: Clause
    quotation: Quotation


class Scoring(Report):
    """How the points of a part come about: of several, the best is marked.

    `value` of `threshold` (both empty where the part is not of that kind) gave `points`; `missing` is what is still
    needed for full points.
    """

    label: str = ""
    form: Literal["in proportion", "per unit", "all or nothing", "worth", "gate"]
    value: str = ""
    value_exact: Exact | None = None
    threshold: str = ""
    threshold_exact: Exact | None = None
    points: str
    points_exact: Exact | None = None
    missing: str = ""
    missing_exact: Exact | None = None
    best: bool = False
    measures: tuple[str, ...] = ()


class Part(Report):
    """`waits_for` is the title of the gate that is not met, where the part is scored step by step."""

    name: str
    title: str
    points: str
    points_exact: Exact | None = None
    maximum: str
    maximum_exact: Exact | None = None
    full: bool
    waits_for: str = ""
    scorings: tuple[Scoring, ...]
    quotation: Quotation


class Score(Report):
    name: str
    call: str
    title: str
    total: str
    total_exact: Exact | None = None
    out_of: str
    out_of_exact: Exact | None = None
    parts: tuple[Part, ...]


class Track(Report):
    """One track of a designation (`name` is empty where it has none); `chosen` says whether it counts (with `any for`,
    each does)."""

    name: str
    title: str
    total: str
    total_exact: Exact | None = None
    chosen: bool
    verdict: Verdict
    award: str
    requirements: tuple[Requirement, ...]
    scores: tuple[Score, ...]


class Option(Report):
    """One way among several, by the paths of its requirements; `tier` is empty for the options common to all tiers."""

    tier: str
    name: str
    title: str
    verdict: Verdict


class Designation(Report):
    """`award` is the name of the highest tier reached, or empty."""

    id: str
    name: str
    title: str
    verdict: Verdict
    award: str
    award_title: str
    tracks: tuple[Track, ...]
    options: tuple[Option, ...]
    undecided: tuple[str, ...]
    """Where the verdict is undetermined: the facts that it rests on and that are not known."""

    @property
    def track(self) -> Track:
        """The track to show: of those that count, one with the award and the verdict; where none is met, the one that
        lacks least. Where there is none (of an entity without identifiers, or an empty set), one of nothing."""
        if not self.tracks:
            return Track(
                name="", title="", total="", chosen=False, verdict=self.verdict, award="", requirements=(), scores=()
            )
        counting = [each for each in self.tracks if each.chosen] or list(self.tracks)
        return min(counting, key=self._far)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def shown(self) -> str:
        """The name of the track that reports show."""
        return self.track.name

    def _far(self, track: Track) -> tuple[bool, int, int, Fraction]:
        failing = [each.clause for each in track.requirements if each.verdict == "failed"]
        verdicts = ("met", "undetermined", "failed")
        lacking = sum((_lacking(each) for each in failing), Fraction(0))
        return track.award != self.award, verdicts.index(track.verdict), len(failing), lacking


def _lacking(clause: Clause) -> Fraction:
    """What part of a threshold a condition that fails is away from it; 1 where that cannot be told."""
    found, needed = clause.found_exact, clause.needed_exact
    if found is None or needed is None or Fraction(needed.number) == 0:
        return Fraction(1)
    return min(Fraction(1), abs(1 - Fraction(found.number) / Fraction(needed.number)))


def track_names(designations: Sequence[Designation]) -> set[str]:
    """The names of the tracks of some designations."""
    return {track.name for each in designations for track in each.tracks if track.name}


def on_shown_track(tracks: Sequence[str], designations: Sequence[Designation]) -> bool:
    """Whether what is of these tracks (of values that may be none) is of no track, or of one that is shown."""
    shown, every = {each.shown for each in designations}, track_names(designations)
    return all(name in shown or name not in every for name in tracks)


class RowGroup(Report):
    """Rows that counted (`reason` is empty) or did not, and why; `rows` names the first of them.

    `certain` is false of rows that may count: what is not known decides. `excluded`: a named exclusion leaves them out.
    `elsewhere`: they are of another month, another area, of which the measure does not speak.
    """

    reason: str
    excluded: bool
    elsewhere: bool = False
    certain: bool = True
    count: int
    rows: tuple[str, ...]

    @property
    def counts(self) -> str:
        """Whether the rows count, in words."""
        return "not counted" if self.reason else "counted" if self.certain else "may count"


class MeasureUse(Report):
    """A measure that the designations rest on, with the rows behind it. `given` says that its value was given
    straight; `tracks` are those of its arguments that name a track."""

    call: str
    title: str
    tracks: tuple[str, ...] = ()
    value: str
    value_exact: Exact | None = None
    given: bool
    groups: tuple[RowGroup, ...]
    quotation: Quotation


class ReportedValue(Report):
    """What a `report` of the policy came to."""

    name: str
    title: str
    value: str
    value_exact: Exact | None = None
    quotation: Quotation


class Problem(Report):
    """A value that cannot be worked out from these facts. `code` is that of the catalogue (`attain explain CODE`);
    `place` file and line of the rule; `rows` those that the value was worked out from."""

    code: str
    message: str
    place: str
    rows: tuple[str, ...]
    help: str

    @property
    def places(self) -> str:
        """Where it is, for people: the rule, and some of the rows."""
        more = len(self.rows) - MOST_NAMED
        named = ", ".join(filter(None, (self.place, *self.rows[:MOST_NAMED])))
        return f"{named} and {more:,} more" if more > 0 else named


class Assessment(Report):
    format_version: Literal[1] = 1
    kind: Literal["assessment"] = "assessment"
    organisation: str
    policy: str
    policy_title: str
    edition: datetime.date | None
    as_of: datetime.date
    newest: datetime.date | None = None
    """The newest date in the rows of the facts that is not after `as_of`; None where they have no dates."""
    outdated: str = ""
    """Where the facts are older than what a rule looks at: the warning."""
    readings: dict[str, str]
    designations: tuple[Designation, ...]
    reports: tuple[ReportedValue, ...]
    measures: tuple[MeasureUse, ...]
    excluded: tuple[RowGroup, ...]
    """Rows left out everywhere, by the reason that the policy names."""
    problems: tuple[Problem, ...] = ()
    """What could not be worked out, and why: everything else has its answer all the same."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def verdict(self) -> Verdict:
        """The verdict over all designations of the main policy: failed before undetermined before met."""
        verdicts = {each.verdict for each in self.designations}
        return "failed" if "failed" in verdicts else "undetermined" if "undetermined" in verdicts else "met"
