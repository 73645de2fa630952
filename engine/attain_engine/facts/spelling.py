"""Words of the facts in messages: shown safely, listed, and compared with the names that were meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

LONGEST_SHOWN = 60
"""More characters of a text than these are not shown in a message."""

MOST_LISTED = 8
"""More names than these are not listed in a message."""


def shown(text: str) -> str:
    """A text of the user's for a message: one line, nothing that a terminal would obey, not too long."""
    if len(text) > LONGEST_SHOWN:
        text = text[: LONGEST_SHOWN - 1] + "…"
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text)


def quoted(text: str) -> str:
    """A text of the user's in backticks."""
    return f"`{shown(text)}`"


def toml_text(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(names: Iterable[str], joined_by: str = "and") -> str:
    """Names in backticks: `a`, `b` and `c`; the first few where there are many."""
    marked = [quoted(name) for name in names]
    if len(marked) > MOST_LISTED:
        marked = [*marked[: MOST_LISTED - 1], f"{len(marked) - MOST_LISTED + 1} more"]
    if len(marked) < 2:
        return "".join(marked)
    return f"{', '.join(marked[:-1])} {joined_by} {marked[-1]}"


def is_like_none_of(word: str, names: Iterable[str]) -> bool:
    """Whether a name is not one of these misspelt, but the name of something else."""
    names = tuple(names)
    return closest(word, names, percent=85) is None and not any(name.endswith(f".{word}") for name in names)


def closest(word: str, names: Iterable[str], percent: int = 70) -> str | None:
    """The name that was probably meant: the same but for case, blanks and dashes, or else the most similar one, if
    enough (so many per cent) of both is alike."""
    from difflib import get_close_matches  # only after a mistake

    if len(word) > 100:
        return None
    by_fold: dict[str, str] = {}
    for name in names:
        by_fold.setdefault(_folded(name), name)
    folded = _folded(word)
    if folded in by_fold:
        return by_fold[folded]
    similar = get_close_matches(folded, by_fold, n=1, cutoff=percent / 100)
    return by_fold[similar[0]] if similar else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """A help line for a name that does not exist: the one that was meant, or the names that there are."""
    names = tuple(names)
    qualified = [name for name in names if name.endswith(f".{word}")]
    if len(qualified) > 1:
        return f"several policies have one: write {listed(qualified, 'or')}"
    meant = closest(word, names)
    if meant is not None:
        return f"did you mean {quoted(meant)}?"
    return f"there is {listed(names)}" if names else ""


def _folded(word: str) -> str:
    return re.sub(r"[\s_\-]+", "", word).casefold()
