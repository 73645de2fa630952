"""Strategies for texts: random policies, policies with random damage, anything at all."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import strategies as st

from tests.properties import derivation

ROOT = Path(__file__).parent.parent.parent
POLICIES = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "policies").rglob("*.attain")))
DECLARATIONS = tuple(part + "\n" for text in POLICIES for part in text.split("\n\n") if not part.startswith("#"))
SIGNS = (
    "(",
    ")",
    "{",
    "}",
    '"',
    "\n",
    "\n  ",
    "  ",
    "\t",
    "#",
    "-",
    ".",
    ",",
    ":",
    "=",
    "0",
    " of",
    " and ",
    " is ",
    "é",
    "\0",
)


def _derived(seed: int, deepest: int) -> str:
    """A declaration derived at random; a simple one in place of those that do not end."""
    try:
        return derivation.text(random.Random(seed), deepest)
    except derivation.TooLong:
        return f"import other_{seed}\n"


DERIVED = st.builds(_derived, st.integers(0, 2**32), st.integers(8, 30))
"""Random declarations that the grammar allows."""

WRITTEN = st.sampled_from(DECLARATIONS)
"""Declarations that people wrote."""


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A text with pieces cut out, put in or moved."""
    text = draw(WRITTEN | DERIVED)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        put_in = draw(st.sampled_from(SIGNS) | st.just("") | st.just(text[end : end + 20]))
        text = text[:start] + put_in + text[end:]
    return text


ANYTHING = st.text(max_size=200) | st.text(st.sampled_from('adefin (){}"\n\t#-.,:=1of&<é'), max_size=80)
"""Texts that nobody would take for a policy."""
