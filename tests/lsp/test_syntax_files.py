"""The syntax files of editors know every word of the language."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

from attain_compiler.syntax.allowed import words

EDITORS = Path(__file__).parent.parent.parent / "editors"
WORDS = runpy.run_path(str(EDITORS / "generate_words.py"))
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


@pytest.mark.parametrize("name", ["TextMate", "Vim"])
def test_the_words_are_those_that_are_written_from_the_grammar(name: str) -> None:
    write, path = {"TextMate": (WORDS["textmate"], WORDS["TEXTMATE"]), "Vim": (WORDS["vim"], WORDS["VIM"])}[name]
    text = path.read_text("utf-8")
    assert write(text) == text, "run `python editors/generate_words.py`"


def test_a_phrase_is_not_read_as_the_shorter_one_that_it_begins_with() -> None:
    written = re.findall(r"^syntax match attain\w+ \"\\<([a-z\\s+]+)\\>", VIM, re.MULTILINE)
    phrases = [each.replace(r"\s\+", " ") for each in written]
    assert "days from" in phrases
    assert [(one, other) for i, one in enumerate(phrases) for other in phrases[:i] if other.startswith(f"{one} ")] == []


def test_the_extension_is_of_the_version_of_the_package() -> None:
    from attain_engine import __version__

    held = json.loads((EDITORS / "vscode" / "package.json").read_text("utf-8"))
    assert held["version"] == __version__
