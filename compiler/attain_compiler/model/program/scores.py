"""Scores and their parts."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared, Notes
from attain_compiler.model.program.expressions import Expression, Node
from attain_compiler.model.program.rules import Formal


@frozen
class Gate:
    """A gate of a part that is scored step by step. Its condition stands in the part's points, where it is judged; here
    it has its name and title for people."""

    name: str
    title: str
    condition: Expression
    puts: tuple[tuple[str, Expression], ...] = ()


@frozen
class Part(Node):
    """A part of a score. `points` is the whole of it: scoring, cut off at `maximum`, gates included (a Clamped,
    InProportion, Extreme, Aggregate or Case over them); `span` is the part as written. `puts`: see `Requirement`.
    `gates`: those of a part that is scored step by step, in order."""

    name: str
    title: str
    maximum: Expression
    points: Expression
    notes: Notes
    puts: tuple[tuple[str, Expression], ...] = ()
    gates: tuple[Gate, ...] = ()


@frozen
class Score(Declared):
    parameters: tuple[Formal, ...]
    out_of: Expression
    parts: tuple[Part, ...]
