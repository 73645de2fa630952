"""The syntax files of editors know every word of the language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from attain_compiler.syntax.allowed import words

EDITORS = Path(__file__).parent.parent.parent / "editors"
VIM = (EDITORS / "vim" / "syntax" / "attain.vim").read_text(encoding="utf-8")


def patterns(value: object) -> Iterator[str]:
    match value:
        case dict():
            yield from (each for key, each in value.items() if key == "match")
            for each in value.values():
                yield from patterns(each)
        case list():
            for each in value:
                yield from patterns(each)
        case _:
            pass


TEXTMATE = " ".join(patterns(json.loads((EDITORS / "vscode/syntaxes/attain.tmLanguage.json").read_text("utf-8"))))


@pytest.mark.parametrize("name", ["TextMate", "Vim"])
def test_every_word_of_the_language_is_highlighted(name: str) -> None:
    text = {"TextMate": TEXTMATE, "Vim": VIM}[name]
    assert [word for word in sorted(words()) if not re.search(rf"(?<![a-z]){word}(?![a-z])", text)] == []


def test_the_extension_is_of_the_version_of_the_package() -> None:
    from attain_engine import __version__

    held = json.loads((EDITORS / "vscode" / "package.json").read_text("utf-8"))
    assert held["version"] == __version__
