"""What a policy has, as text."""

from __future__ import annotations

from collections.abc import Sequence

from attain_engine.assess.listed import ListedChange, ListedMeasure, ListedScore, PolicyContents
from attain_engine.report.console import Console
from attain_engine.report.paper import Paper


def contents_text(contents: PolicyContents, console: Console) -> str:
    """Each kind of thing with its name, how it is called, and its title."""
    paper = Paper(console)
    force = [f"from {contents.in_force_from}" if contents.in_force_from else ""]
    force.append(f"to {contents.in_force_to}" if contents.in_force_to else "")
    told = f"   in force {' '.join(filter(None, force))}" if any(force) else ""
    paper.line(f"{paper.styled(f'{contents.policy}  {contents.policy_title}', 'strong')}{told}")
    designations = []
    for each in contents.designations:
        extras = [f"for {each.tracks}" if each.tracks else "", f"tiers {', '.join(each.tiers)}" if each.tiers else ""]
        designations.append([each.name, each.title, "; ".join(filter(None, extras))])
        designations += [[f"  {one.path}", one.title, ""] for one in each.requirements]
    _section(paper, "designations and their requirements", designations)
    scores = [[_call(each), each.title, f"parts {', '.join(each.parts)}"] for each in contents.scores]
    _section(paper, "scores", scores)
    _section(paper, "measures (--set)", [[_call(each), each.title, each.type] for each in contents.measures])
    readings = [
        [
            each.name,
            each.title,
            ", ".join(f"{one} (default)" if one == each.default else one for one in each.alternatives),
        ]
        for each in contents.readings
    ]
    _section(paper, "readings (--reading)", readings)
    changes = [[_call(each), each.title, "in units" if each.amount else ""] for each in contents.changes]
    _section(paper, "changes (--forbid, --require)", changes)
    _section(
        paper, "records", [[each.name, each.title if each.title != each.name else ""] for each in contents.records]
    )
    return paper.text()


def _call(each: ListedScore | ListedMeasure | ListedChange) -> str:
    given = ", ".join(f"{one.name} {one.type}" for one in each.parameters)
    return f"{each.name}({given})" if given else each.name


def _section(paper: Paper, title: str, rows: Sequence[Sequence[str]]) -> None:
    if rows:
        paper.line()
        paper.line(paper.styled(title, "strong"))
        paper.table(rows, indent=2)
