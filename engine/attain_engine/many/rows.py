"""The rows of an answer about many organisations, as pydantic models."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from attain_engine.assess.exact import Exact


class Row(BaseModel):
    """`facts` is the name of the file or folder, or in tables of many that of the organisation; `problem` says why
    there is no answer (empty where there is one)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: str
    organisation: str = ""
    problem: str = ""


class Standing(Row):
    """How an organisation stands in a designation, or in one of its awards (`safe(linz)`): the `total` is that of the
    track that counts, where there is one."""

    designation: str = ""
    verdict: Literal["met", "failed", "undetermined", ""] = ""
    award: str = ""
    total: str = ""
    total_exact: Exact | None = None


class Planned(Row):
    """The cheapest plan of an organisation (`status` as in the answer of `attain plan`); empty where there is none."""

    status: str = ""
    cost: str = ""
    cost_exact: Exact | None = None
    changes: int | None = None
    ready: datetime.date | None = None
    steps: str = ""
