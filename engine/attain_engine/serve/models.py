"""The questions that can be asked of the server and the answers that only it gives, as JSON. All else that it answers
is the JSON of the commands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from attain_engine.assess.exact import Exact
from attain_engine.assess.models import Assessment
from attain_engine.questions import Mode

Path = Annotated[str, Field(min_length=1, max_length=1_000)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Word = Annotated[str, Field(max_length=300)]


class Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PolicyAsked(Question):
    """`policy` is the path of a policy in the folder that is served."""

    policy: Path


class StepMade(Question):
    """A change that is made, `units` times, for `arguments`: the texts that a plan or the levers give for them. A row
    may also be called by its number (`Offer:2`). It begins on `start`, on the assessment date where nothing is said."""

    change: Name
    arguments: Annotated[dict[Name, Word], Field(max_length=20)] = {}
    units: Annotated[int, Field(ge=1, le=10_000_000)] = 1
    start: datetime.date | None = None


class FactsAsked(PolicyAsked):
    """`facts` is a path in the folder that is served, `upload` the id of facts that were uploaded; without either, only
    what `sets` gives is known. `sets` and `readings` are what `--set` and `--reading` take; `as_of` is the assessment
    date (that of the facts where nothing is said)."""

    facts: Path | None = None
    upload: Name | None = None
    as_of: datetime.date | None = None
    sets: Annotated[tuple[Name, ...], Field(max_length=500)] = ()
    readings: Annotated[dict[Name, Name], Field(max_length=200)] = {}

    @model_validator(mode="after")
    def _one_of_them(self) -> FactsAsked:
        if self.facts is not None and self.upload is not None:
            raise ValueError("give `facts` or `upload`, not both")
        return self


class LeversAsked(FactsAsked):
    """`search` leaves only changes whose texts have all these words; `most` is how many changes are listed."""

    search: Word = ""
    most: Annotated[int, Field(ge=1, le=2_000)] = 200


class StepsAsked(FactsAsked):
    """`steps` are made, and it is assessed as of the day on which the last of them is done, or of a later `day`."""

    steps: Annotated[tuple[StepMade, ...], Field(max_length=200)] = ()
    day: datetime.date | None = None


class AssessAsked(StepsAsked):
    """With `rows`, each measure comes with the rows behind it."""

    rows: bool = True


class WhyAsked(StepsAsked):
    """`name` is what `attain why` takes; `every`: every clause that fails and every row, not only the first."""

    name: Name
    every: bool = False


Objective = Literal["cost", "changes", "time"]


class PlanAsked(FactsAsked):
    """What `attain plan` takes; `steps` are changes that the plan makes at least so often, whenever. `question` is what
    is asked for: a plan, or what `--closest`, `--front`, `--most` or `--sensitivity` asks for. `budget` is a number in
    the currency of the policy's costs, written as text: it is exact."""

    steps: Annotated[tuple[StepMade, ...], Field(max_length=200)] = ()
    targets: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    minimize: Annotated[tuple[Objective, ...], Field(max_length=3)] = ("cost", "changes", "time")
    question: Mode = "plan"
    by: datetime.date | None = None
    until: datetime.date | None = None
    budget: Annotated[str, Field(pattern=r"^[0-9]{1,20}(\.[0-9]{1,9})?$")] | None = None
    forbid: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    require: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    at_most: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    most_changes: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    survive: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    alike: bool = False
    show: Annotated[int, Field(ge=1, le=20)] = 1
    seconds: Annotated[int, Field(ge=1, le=3_600)] | None = None


class ReportAsked(StepsAsked):
    """With `plan`, the report has the plan; one of the facts after `steps` has none."""

    plan: bool = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> ReportAsked:
        if self.plan and self.steps:
            raise ValueError("a report of the facts after `steps` has no plan: leave one of the two out")
        return self


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ListedPolicy(Answer):
    path: str


class ListedFacts(Answer):
    """`form` is what stands there; `fits` says whether it has a table, record or measure that is called as one of the
    policy (None: that is not seen from outside, or no policy was named)."""

    path: str
    form: Literal["folder", "json", "workbook", "database"]
    fits: bool | None = None


class Listing(Answer):
    """What the folder that is served has; `complete` is false where it has more than is listed."""

    format_version: Literal[1] = 1
    kind: Literal["listing"] = "listing"
    policies: tuple[ListedPolicy, ...]
    facts: tuple[ListedFacts, ...]
    complete: bool


class Uploaded(Answer):
    """`upload` is what questions call these facts by, until the server ends or others have taken their place."""

    upload: str
    name: str
    bytes: int


class MeasureLever(Answer):
    """A measure that the designations rest on, with arguments. `setting` is what `sets` calls it (`net_adds.smb`);
    `form` says how its value is written. `least` and `most` are the bounds that the policy declares, `low` and `high`
    a range around what matters: its value, and the numbers that rules compare it with. `direct`: rules speak of it
    themselves, not only through other measures. Numbers are exact, in the unit of `value_exact`."""

    measure: str
    call: str
    title: str
    setting: str
    form: Literal["count", "number", "percent", "money", "flag", "date", "month", "other"]
    unit: str
    value: str
    value_exact: Exact | None
    given: bool
    direct: bool
    least: str | None
    most: str | None
    low: str
    high: str


class ChangeLever(Answer):
    """A change that is possible on these facts, for `arguments`. `text` has `…` in the place of the number of units;
    `least` to `most` units can be made (1 and 1 for a change that is made or not)."""

    change: str
    text: str
    arguments: Mapping[str, str]
    amount: bool
    least: int
    most: int
    cost_once: Exact | None
    cost_each: Exact | None
    cost: str
    takes: str


class Levers(Answer):
    """What can be moved. `found` is how many changes there are, of which `changes` has the first."""

    format_version: Literal[1] = 1
    kind: Literal["levers"] = "levers"
    organisation: str
    as_of: datetime.date
    measures: tuple[MeasureLever, ...]
    changes: tuple[ChangeLever, ...]
    found: int
    remarks: tuple[str, ...]


class Made(Answer):
    """What steps cost together (empty where no change has a cost), and the day on which the last of them is done."""

    steps: int
    cost: str
    ready: datetime.date


class PageAnswer(Answer):
    """What the page shows: an assessment, the same as HTML, and what the steps cost."""

    assessment: Assessment
    html: str
    made: Made


class Problem(Answer):
    """Why there is no answer, as RFC 9457 has it (`application/problem+json`). `code` tells programs what kind;
    `diagnostics` are those of `attain check --output-format json`, `facts_problems` those of the facts, of which there
    are `facts_problems_found`."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str
    help: str = ""
    diagnostics: tuple[Mapping[str, Any], ...] = ()
    facts_problems: tuple[Mapping[str, Any], ...] = ()
    facts_problems_found: int = 0


SERVED: Final[Mapping[str, type[BaseModel]]] = {"listing": Listing, "levers": Levers, "problem": Problem}
"""The answers that the server alone gives, by the names of their schemas."""
