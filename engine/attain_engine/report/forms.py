"""The forms of a report, by the ending of a file's name."""

from __future__ import annotations

from attain_engine.report.calendar_file import calendar_file
from attain_engine.report.full import FullReport
from attain_engine.report.html import html
from attain_engine.report.markdown import markdown
from attain_engine.report.workbook import workbook


def written(report: FullReport, suffix: str) -> str | bytes:
    """A report as what a file with this ending (`.html`, `.xlsx`, `.ics`, `.md`, `.json`) holds. Raises
    MissingLibrary where the library for that is not installed, and ValueError for other endings."""
    match suffix:
        case ".html":
            return html(report)
        case ".xlsx":
            return workbook(report)
        case ".ics":
            return calendar_file(report)
        case ".md":
            return markdown(report)
        case ".json":
            return report.model_dump_json(indent=2) + "\n"
        case _:
            raise ValueError(f"`{suffix}` is no form of a report: `.html`, `.xlsx`, `.ics`, `.md` and `.json` are")
