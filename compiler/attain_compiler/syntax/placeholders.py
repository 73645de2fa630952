"""What stands in braces in the title of a rule: `{points_needed}` of "At least {points_needed} points"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.again import moved
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.chunks import split
from attain_compiler.syntax.qualified import with_qualified
from attain_compiler.syntax.tokens import scan
from attain_compiler.syntax.walk import walk

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HEAD = "define q\n  "


def expressions_in(
    text: ast.Text, called: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Span, ast.Expression | None]]:
    """Each pair of braces of a text: what is written in it, where, and the value that it stands for; None where it is
    none. `called`: what the imports of the file are called."""
    for found in PLACEHOLDER.finditer(text.value):
        start = text.span.start + 1 + found.start(1)
        span = Span(text.span.path, start, start + len(found[1]))
        if len(text.value) != text.span.end - text.span.start - 2:  # something is escaped: places would be off
            span = text.span
        read: Any = _read(found[1], text.span.path, called)
        yield found[1], span, None if read is None else moved(read, start - len(_HEAD))


@lru_cache(maxsize=1024)
def _read(written: str, path: str, called: frozenset[str]) -> ast.Expression | None:
    chunks = list(split(with_qualified(scan(_HEAD + written).tokens, called)))
    walked = walk(chunks[0], path, MAKERS, []) if len(chunks) == 1 else None
    return walked.node.body if walked is not None and isinstance(walked.node, ast.Define) else None
