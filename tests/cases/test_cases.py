"""One behaviour a file: `good` policies are met with nothing but what they expect, `bad` ones with what stands in them.

What a line is met with is written at its end: `# error[code]: a part of what is said`, likewise `# warning[code]`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.pipeline import compile_policy
from attain_compiler.source import SourceFile

FOLDER = Path(__file__).parent
EXPECTED = re.compile(r"# (error|warning)\[([a-z-]+)\](?:: (.*))?$")


def cases(kind: str) -> list[Path]:
    return sorted(FOLDER.glob(f"*/{kind}/*.attain"))


def named(path: Path) -> str:
    return path.relative_to(FOLDER).with_suffix("").as_posix()


def beside(importer: str, module: str) -> SourceFile | None:
    path = Path(importer).parent / "shared" / f"{module}.attain"
    return SourceFile(str(path), path.read_text(encoding="utf-8")) if path.exists() else None


def met_with(path: Path) -> list[tuple[int, str, str, str]]:
    """Line, severity, code and all that is said, of every diagnostic."""
    source = SourceFile(str(path), path.read_text(encoding="utf-8"))
    _, diagnostics = compile_policy(source.path, source.text, beside)
    return sorted(
        (source.line_and_column(each.span.start)[0], each.severity.value, each.code, said(each)) for each in diagnostics
    )


def said(diagnostic: Diagnostic) -> str:
    return " | ".join((diagnostic.message, diagnostic.label, diagnostic.help))


def expected(path: Path) -> list[tuple[int, str, str, str]]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    found = ((number, EXPECTED.search(line)) for number, line in lines)
    return sorted((number, each[1], each[2], each[3] or "") for number, each in found if each)


@pytest.mark.parametrize("path", cases("good"), ids=named)
def test_a_good_policy_is_accepted(path: Path) -> None:
    assert met_with(path) == []


@pytest.mark.parametrize("path", cases("bad"), ids=named)
def test_a_bad_policy_is_met_with_what_it_expects(path: Path) -> None:
    found, wanted = met_with(path), expected(path)
    assert [each[:3] for each in found] == [each[:3] for each in wanted]
    assert [text for (*_, text), (*_, part) in zip(found, wanted, strict=True) if part not in text] == []


@pytest.mark.parametrize("path", cases("bad"), ids=named)
def test_a_bad_policy_expects_something(path: Path) -> None:
    assert expected(path)
