"""Diagnostics as text: one renderer a file, all from the same `Findings`."""

from __future__ import annotations

from attain_compiler.diagnostics.render.findings import Findings, in_order

FORMATS = ("full", "concise", "json", "github", "gitlab", "sarif", "junit")
"""The names of the formats, as `render` takes them."""


def render(findings: Findings, form: str, *, color: bool = False, columns: int = 120, version: str = "") -> str:
    """The findings in one of `FORMATS`. `color` and `columns` are for `full`, `version` (of the tool) for `sarif`.

    Renderers are imported when they are wanted: the others' libraries would be felt at every start.
    """
    match form:
        case "full":
            from attain_compiler.diagnostics.render.terminal import render_terminal

            return render_terminal(findings, color=color, columns=columns)
        case "concise":
            from attain_compiler.diagnostics.render.concise import render_concise

            return render_concise(findings)
        case "json":
            from attain_compiler.diagnostics.render.json import render_json

            return render_json(findings)
        case "github":
            from attain_compiler.diagnostics.render.github import render_github

            return render_github(findings)
        case "gitlab":
            from attain_compiler.diagnostics.render.gitlab import render_gitlab

            return render_gitlab(findings)
        case "sarif":
            from attain_compiler.diagnostics.render.sarif import render_sarif

            return render_sarif(findings, version=version)
        case "junit":
            from attain_compiler.diagnostics.render.junit import render_junit

            return render_junit(findings)
        case _:
            raise ValueError(f"no format {form!r}")


__all__ = ["FORMATS", "Findings", "in_order", "render"]
