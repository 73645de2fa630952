"""What the documents show is so. `make golden` (or ATTAIN_GOLDEN=write) writes into the pages what is so now."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from attain_compiler.syntax.chunks import keywords
from attain_compiler.syntax.format import format_source
from attain_engine.api import load_policy, run_examples
from attain_engine.check.claims import claim_diagnostics
from attain_engine.policies import read_policy
from tests.documents.page import Block, blocks
from tests.documents.run import built, ran
from tests.syntax.shown import codes, source

ROOT = Path(__file__).parent.parent.parent
GENERATED = ROOT / "docs" / "diagnostics"  # each page is a diagnostic's entry, and has a case of its own
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
WRITTEN = [page for page in PAGES if GENERATED not in page.parents]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]*)#?([^)\s]*)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
FILE = re.compile(r"`((?:docs|policies|bench|tests)/[\w./-]*)`")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def stands(path: Path, place: str) -> bool:
    """Whether there is such a file, and such a heading in it."""
    if not path.exists() or not place or path.suffix != ".md":
        return path.exists()
    headings = [re.sub(r"[^\w\- ]", "", each).lower() for each in HEADING.findall(path.read_text(encoding="utf-8"))]
    return place in [each.replace(" ", "-") for each in headings]


def taken() -> list[Block]:
    return [each for page in WRITTEN for each in blocks(page.read_text(encoding="utf-8")) if each.taken_from]


def whole(fragment: str) -> str:
    """A declaration around a fragment of one."""
    indented = fragment.replace("\n", "\n  ")
    match re.sub(r"^#.*\n", "", fragment, flags=re.MULTILINE).split()[0]:
        case "require":
            return f"designation it\n  {indented}"
        case "part":
            return f"score it out of 100\n  {indented}"
        case word if word in keywords():
            return fragment
        case _:
            return f"define it\n  {indented}"


def policies() -> list[tuple[Path, str]]:
    found = [
        (page, re.match(r"policy (\S+)", each.text))
        for page in WRITTEN
        for each in blocks(page.read_text(encoding="utf-8"))
        if each.language == "attain" and not (each.taken_from or each.file)
    ]
    return [(page, header[1]) for page, header in found if header]


def preferred() -> list[tuple[str, str]]:
    pages = [(page.stem, page.read_text(encoding="utf-8")) for page in sorted(GENERATED.glob("*.md"))]
    return [
        (code, each.text)
        for code, text in pages
        for each in blocks(text.partition("## Prefer")[2])
        if each.language == "attain"
    ]


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policies").symlink_to(ROOT / "policies")
    for workbook in (ROOT / "docs").glob("*.xlsx"):
        shutil.copy(workbook, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    text = page.read_text(encoding="utf-8")
    now = ran(text, tmp_path)
    if os.environ.get("ATTAIN_GOLDEN") == "write":
        page.write_text(now, encoding="utf-8", newline="\n")
        text = now
    assert text == now


@pytest.mark.parametrize(("page", "policy"), policies(), ids=[policy for _, policy in policies()])
class TestPolicyOfAPage:
    """A policy that a page builds up is one to learn from."""

    def test_it_has_no_mistakes(self, page: Path, policy: str, tmp_path: Path) -> None:
        read = read_policy(str(built(page.read_text(encoding="utf-8"), tmp_path)[policy]))
        assert read.program is not None
        assert [*read.diagnostics, *claim_diagnostics(read.program)] == []

    def test_its_examples_pass(self, page: Path, policy: str, tmp_path: Path) -> None:
        program = load_policy(built(page.read_text(encoding="utf-8"), tmp_path)[policy])
        results = run_examples(program)
        assert results
        assert [(each.example.title, failure.message) for each in results for failure in each.failures] == []

    def test_it_is_laid_out(self, page: Path, policy: str, tmp_path: Path) -> None:
        text = built(page.read_text(encoding="utf-8"), tmp_path)[policy].read_text(encoding="utf-8")
        assert format_source(source(text)) == text


@pytest.mark.parametrize("block", taken(), ids=lambda block: block.taken_from)
def test_what_is_taken_from_a_file_stands_in_it(block: Block) -> None:
    assert block.text in (ROOT / block.taken_from).read_text(encoding="utf-8")


def pointed_to(page: Path) -> list[tuple[Path, str]]:
    """The files that a page names or links, each with the heading in it that is meant, if any."""
    text = page.read_text(encoding="utf-8")
    linked = [(page.parent / path if path else page, place) for path, place in LINK.findall(text) if ":" not in path]
    return linked + [(ROOT / path, "") for path in FILE.findall(text)]


def test_what_a_page_points_to_is_there() -> None:
    pointed = [(name(page), str(path), place) for page in PAGES for path, place in pointed_to(page)]
    assert pointed
    assert [each for each in pointed if not stands(Path(each[1]), each[2])] == []


@pytest.mark.parametrize("block", [pytest.param(block, id=code) for code, block in preferred()])
def test_what_a_diagnostic_prefers_is_written_without_mistakes(block: str) -> None:
    assert codes(whole(block)) == []
