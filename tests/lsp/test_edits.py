"""After any edits, an open policy is understood as one that is read for the first time: nothing that is remembered of
it is out of date."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from attain_compiler.pipeline import compile_policy
from attain_engine.lsp import fixes
from attain_engine.lsp.workspace import Workspace
from attain_engine.policies import module_path, read_source
from tests.lsp.drawing import GRANT, PEOPLE
from tests.seeds import of_each

POLICIES = Path(__file__).parent.parent.parent / "policies"
TYPED = [
    "x",
    " ",
    "\n",
    "  ",
    "{",
    "(",
    '"',
    "#",
    "🏡",
    "0",
    "at least ",
    "\ndefine y\n  yes\n",
    "e",
    "import people\n",
]


def typed(text: str, chance: random.Random) -> str:
    """Something typed, or a little deleted, somewhere."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice([0, 0, 1, 3, 40]))
    return text[:start] + chance.choice([*TYPED, ""]) + text[end:]


def renamed(text: str, chance: random.Random) -> str:
    """One of its words in the place of another: what it names is elsewhere, or nowhere."""
    words = list(re.finditer(r"[A-Za-z_]+", text))
    if not words:
        return text + "policy p\n"
    there = chance.choice(words)
    return text[: there.start()] + chance.choice(words)[0] + text[there.end() :]


def chunks(text: str) -> list[str]:
    return re.split(r"(?<=\n)(?=\n*[a-z])", text)


def exchanged(text: str, chance: random.Random) -> str:
    """Two declarations in each other's place."""
    parts = chunks(text)
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return "".join(parts)


def repeated(text: str, chance: random.Random) -> str:
    """A declaration that stands there twice."""
    parts = chunks(text)
    return "".join(parts) + "\n" + chance.choice(parts)


def removed(text: str, chance: random.Random) -> str:
    parts = chunks(text)
    del parts[chance.randrange(len(parts))]
    return "".join(parts)


EDITS: list[Callable[[str, random.Random], str]] = [typed, typed, typed, renamed, renamed, exchanged, repeated, removed]


def same_as_fresh(files: Workspace, path: str) -> None:
    fresh = Workspace(documents=dict(files.documents))
    again, anew = files.analysis(path), fresh.analysis(path)
    assert again is not None
    assert anew is not None
    assert again.diagnostics == anew.diagnostics
    assert fixes.diagnostics(files, path) == fixes.diagnostics(fresh, path)
    assert fixes.diagnostics_of_imports(files, path) == fixes.diagnostics_of_imports(fresh, path)
    assert again.program == anew.program


@of_each(range(24), at_a_time=8)
def test_after_any_edits_diagnostics_are_those_of_a_fresh_check(seed: int) -> None:
    chance = random.Random(seed)
    written = {path: Path(path).read_text(encoding="utf-8") for path in (GRANT, PEOPLE)}
    texts = [dict(written)]
    files = Workspace(documents=dict(written))
    for _ in range(10):
        now = dict(texts[-1])
        path = chance.choice([GRANT, GRANT, PEOPLE])
        now[path] = chance.choice(EDITS)(now[path], chance)
        if chance.random() < 0.25:  # undone, or all of it back
            now = dict(chance.choice(texts))
        texts.append(now)
        for each, text in now.items():
            files.open(each, text)
        same_as_fresh(files, GRANT)
        same_as_fresh(files, PEOPLE)


@pytest.mark.parametrize("name", ["data_analytics", "renewal", "hosting"])
def test_so_are_those_of_shipped_policies(name: str) -> None:
    chance = random.Random(name)
    path = str(POLICIES / f"{name}.attain")
    text = Path(path).read_text(encoding="utf-8")
    files = Workspace()
    for _ in range(6):
        text = chance.choice(EDITS)(text, chance)
        files.open(path, text)
        same_as_fresh(files, path)


def test_they_are_those_of_the_command_line() -> None:
    path = str(POLICIES / "data_analytics.attain")
    text = Path(path).read_text(encoding="utf-8")
    files = Workspace()
    files.open(path, text)
    files.analysis(path)
    edited = text.replace(" at least ", " over ", 1).replace("count of", "count off", 1)
    assert edited != text
    files.open(path, edited)
    found = files.analysis(path)

    def load(importing: str, name: str) -> object:
        where = module_path(importing, name)
        return None if where is None else read_source(where)

    assert found is not None
    program, diagnostics = compile_policy(path, edited, load)  # type: ignore[arg-type]
    assert found.diagnostics == diagnostics
    assert program is None
