"""A plot of what each case takes, as an SVG: processor seconds on a logarithmic axis, a mark for each solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

LEFT, TOP, LINE, WIDTH = 140, 64, 20, 560
COLOURS = ("#0b6e4f", "#c8553d", "#3d5a80")
SHAPES = (
    '<circle cx="{x:.1f}" cy="{y}" r="5" {paint}/>',
    '<rect x="{left:.1f}" y="{top}" width="9" height="9" {paint}/>',
    '<path d="M{x:.1f} {high}l6 10h-12z" {paint}/>',
)


@dataclass
class Mark:
    """Processor seconds, and whether the cost was proved by then."""

    seconds: float
    proved: bool


@dataclass
class Row:
    """A case, with a mark for each solver."""

    name: str
    marks: Sequence[Mark]


def plot(solvers: Sequence[str], rows: Sequence[Row]) -> str:
    """The plot; a mark is hollow where the cost was not proved."""
    every = [mark.seconds for row in rows for mark in row.marks]
    low, high = floor(log10(min(every))), ceil(log10(max(every)))
    height = TOP + LINE * len(rows) + 40
    bottom = height - 36

    def across(seconds: float) -> float:
        return LEFT + WIDTH * (log10(seconds) - low) / (high - low)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 40}" height="{height}"',
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>Plans: processor seconds of each case and solver</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for power in range(low, high + 1):
        x = across(10.0**power)
        lines.append(f'<path d="M{x:.1f} {TOP - 12}V{bottom}" stroke="#dddddd"/>')
        lines.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{10.0**power:g}</text>')
    lines.append(f'<text x="{LEFT + WIDTH / 2}" y="{bottom + 32}" text-anchor="middle">processor seconds</text>')
    for place, solver in enumerate(solvers):
        x = LEFT + 150 * place
        lines.append(_shape(place, x, 20, True))
        lines.append(f'<text x="{x + 12}" y="24">{escape(solver)}</text>')
    lines.append(f'<text x="{LEFT}" y="42" fill="#555555">hollow: the cost was not proved in the time given</text>')
    for number, row in enumerate(rows):
        y = TOP + LINE * number
        lines.append(f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end">{escape(row.name)}</text>')
        lines += [_shape(place, across(mark.seconds), y, mark.proved) for place, mark in enumerate(row.marks)]
    return "\n".join([*lines, "</svg>", ""])


def _shape(place: int, x: float, y: int, proved: bool) -> str:
    colour = COLOURS[place]
    paint = f'fill="{colour if proved else "#ffffff"}" stroke="{colour}" stroke-width="1.5"'
    return SHAPES[place].format(x=x, y=y, left=x - 4.5, top=y - 4, high=y - 6, paint=paint)
