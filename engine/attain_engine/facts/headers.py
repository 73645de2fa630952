"""The headers of a table and the fields that they are of: names match without regard to case and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

_BETWEEN = re.compile(r"[\s_\-\u00ad\u200b-\u200f\u2060\ufeff]+")


def folded(text: str) -> str:
    """A name without what a header may write in another way: case, and spaces, underscores and dashes."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def matched(written: str, names: Iterable[str]) -> str | None:
    """The one of the names that a header means: the same, or the only one that is the same but for case and spaces."""
    names = tuple(names)
    if written in names:
        return written
    fold = folded(written)
    same = [name for name in names if folded(name) == fold]
    return same[0] if fold and len(same) == 1 else None


def by_title(written: str, titles: Mapping[str, str]) -> str | None:
    """The name of the only field whose title (`titles`, by name) a header is, but for case and spaces."""
    fold = folded(written)
    same = [name for name, title in titles.items() if folded(title) == fold]
    return same[0] if fold and len(same) == 1 else None
