"""The worksheet of an answer: a tree from a verdict or a number down to the rows that it comes from, and its JSON."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from attain_compiler.model.program.expressions import Comparison
from attain_engine.assess.exact import Exact
from attain_engine.assess.models import Quotation, Verdict

Kind = Literal[
    "designation",
    "tier",
    "option",
    "requirement",
    "condition",
    "score",
    "part",
    "measure",
    "definition",
    "parameter",
    "reading",
    "report",
    "value",
    "case",
    "element",
    "row",
    "left out",
]


class Line(BaseModel):
    """One line: what it is about, what that came to, and below it what it comes from.

    `text` is the call (`net_adds(smb)`), the path of a requirement, the name of a row or element, the reason of rows
    that are left out, and of everything else the words of the policy. `value` is what it came to; of a comparison, its
    left side, and `needed` its right side; `out_of` is the most that a part or score can give. `verdict` stands on what
    can hold or fail. `note` says how the line counts in the one above (the greatest, cut off, not taken), `share` which
    share of it a row is, `turn` what would turn it: how much is lacking, or to spare. `counts` is false for what is
    left out. `quotation` is the rule's source.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    text: str
    title: str = ""
    verdict: Verdict | Literal[""] = ""
    value: str = ""
    value_exact: Exact | None = None
    operator: Comparison | Literal[""] = ""
    needed: str = ""
    needed_exact: Exact | None = None
    out_of: str = ""
    out_of_exact: Exact | None = None
    share: str = ""
    note: str = ""
    turn: str = ""
    counts: bool = True
    quotation: Quotation | None = None
    lines: tuple[Line, ...] = ()


class Worksheet(BaseModel):
    """What `attain why` answers for a requirement, a part, a score, a measure, a definition or a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: Literal[1] = 1
    kind: Literal["worksheet"] = "worksheet"
    organisation: str
    policy: str
    as_of: datetime.date
    lines: tuple[Line, ...]
