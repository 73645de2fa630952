"""A comparison as Markdown: for the summary of a job, and for a pull request."""

from __future__ import annotations

from attain_engine.compare.models import Comparison, Finding
from attain_engine.report.diff_text import TOPICS, by_topic, time_of, words


def diff_markdown(comparison: Comparison) -> str:
    """One comparison as a section of Markdown, ending in a line break."""
    verdict = "no difference" if comparison.same else "differs" if comparison.differs else "decides the same"
    lines = [f"### {_plain(comparison.policy_title)}: {verdict}", ""]
    lines += [f"{_code(comparison.base)} → {_code(comparison.head)}", ""]
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
            lines += ["<details>", f"<summary>{_html(summary)}</summary>", ""]
            lines += ["```text", *witness.example.splitlines(), "```", "", "</details>", ""]
    for topic, notes in by_topic(comparison.notes):
        lines += [f"**{TOPICS[topic]}**", ""]
        lines += [f"- {_plain(each.name)}: {_plain(each.message)}" for each in notes]
        lines.append("")
    return "\n".join(lines)


def _row(finding: Finding) -> str:
    told = "; ".join(f"{words(each.direction)}: {each.base} → {each.head}" for each in finding.witnesses)
    bound = f"not proved: {finding.bound}" if finding.bound else ""
    cells = (
        f"**{finding.relation}**",
        f"{finding.kind} {_code(finding.name)} {_plain(finding.title if finding.title not in finding.name else '')}",
        time_of(finding),
        ". ".join(filter(None, (_plain(told), _plain(bound)))),
    )
    return f"| {' | '.join(each.strip() for each in cells)} |"


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    """A text that Markdown leaves as it is, in one line and in one cell."""
    for sign in "\\|*_`[]":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(_html(text).split())


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(39)).replace('|', chr(92) + '|')}`"
