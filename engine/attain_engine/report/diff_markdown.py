"""A comparison as Markdown: for the summary of a job, and for a pull request."""

from __future__ import annotations

from attain_engine.compare.models import Comparison, Finding
from attain_engine.report.diff_text import TOPICS, by_topic, time_of, title_of, unproved_of, words
from attain_engine.report.plain import code, html, plain


def diff_markdown(comparison: Comparison) -> str:
    """One comparison as a section of Markdown, ending in a line break."""
    verdict = "no difference" if comparison.same else "differs" if comparison.differs else "decides the same"
    lines = [f"### {plain(comparison.policy_title)}: {verdict}", ""]
    lines += [f"{code(comparison.base)} → {code(comparison.head)}", ""]
    different = [each for each in comparison.findings if each.relation != "equivalent"]
    if different:
        lines += ["| | rule | when | who is decided otherwise |", "|---|---|---|---|"]
        lines += [_row(each) for each in different]
        lines.append("")
    rules = [each for each in comparison.findings if each.kind != "policy"]
    same = sum(each.relation == "equivalent" for each in rules)
    if same:
        lines += [f"{same} of {len(rules)} rules are equivalent, proved for all facts.", ""]
    for each in different:
        for witness in each.witnesses:
            summary = f"{each.name}: an organisation that {words(witness.direction)}"
            lines += ["<details>", f"<summary>{html(summary)}</summary>", ""]
            lines += ["```text", *witness.example.splitlines(), "```", "", "</details>", ""]
    for topic, notes in by_topic(comparison.notes):
        lines += [f"**{TOPICS[topic]}**", ""]
        lines += [f"- {plain(each.name)}: {plain(each.message)}" for each in notes]
        lines.append("")
    return "\n".join(lines)


def _row(finding: Finding) -> str:
    told = "; ".join(f"{words(each.direction)}: {each.base} → {each.head}" for each in finding.witnesses)
    cells = (
        f"**{finding.relation}**",
        f"{finding.kind} {code(finding.name)} {plain(title_of(finding))}",
        time_of(finding),
        ". ".join(filter(None, (plain(told), plain(unproved_of(finding))))),
    )
    return f"| {' | '.join(each.strip() for each in cells)} |"
