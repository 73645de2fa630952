"""What a score is out of, and what its parts add up to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.constants import folded
from attain_compiler.model.findings import Findings
from attain_compiler.model.walk import nodes


def check(program: model.Program, findings: Findings) -> None:
    """Warn where the maxima of the parts do not add up to what the score is out of, and no claim speaks of it."""
    claimed = {
        each.score
        for claim in program.claims.values()
        for side in (claim.condition, claim.implies)
        if side is not None
        for each in nodes(side)
        if isinstance(each, model.MaximumOf)
    }
    for score in program.scores.values():
        out_of = worth(program, score.out_of)
        total = total_of(program, (each.maximum for each in score.parts))
        if score.id in claimed or out_of is None or total is None or total == out_of:
            continue
        findings.warning(
            "maxima-differ",
            f"the parts of `{score.name}` add up to {shown(total)} points, and it is out of {shown(out_of)}",
            score.out_of.span,
            secondary=[Label(each.maximum.span, "a maximum") for each in score.parts[:6]],
            help=f"mend the numbers, or say so where the source is like that: `claim maximum of {score.name} is ...`",
        )


def total_of(program: model.Program, maxima: Iterable[model.Expression]) -> Fraction | None:
    """The sum of the maxima, with the default readings; None where it depends on more."""
    total = Fraction(0)
    for each in maxima:
        value = worth(program, each)
        if value is None:
            return None
        total += value
    return total


def worth(program: model.Program, node: model.Expression) -> Fraction | None:
    """What an expression is worth whatever the facts are, with the default readings; None where nobody knows."""
    match node:
        case model.ReadingValue(reading=id_):
            reading = program.readings.get(id_)
            chosen = [each.value for each in reading.alternatives if each.name == reading.default] if reading else []
            value = chosen[0] if chosen else None
        case model.Lookup(table=table, keys=()) if table in program.tables:
            values = {each.value for each in program.tables[table].entries}
            value = next(iter(values)) if len(values) == 1 else None  # type: ignore[assignment]
        case _:
            value = folded(node)
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def shown(value: Fraction) -> str:
    """The number as an author would write it."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
