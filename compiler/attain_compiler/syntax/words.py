"""Which words are words of the language, and which are names: decided by what the grammar allows where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from attain_compiler.syntax.grammar import States, accepts, after
from attain_compiler.syntax.layout import LAYOUT, Layout
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import Token

CONNECTING = frozenset(
    {
        "and",
        "or",
        "is",
        "in",
        "to",
        "where",
        "among",
        "has",
        "else",
        "when",
        "otherwise",
        "implies",
        "before",
        "after",
        "by",
    }
)
"""Words that join expressions. None is a name where an expression begins: there it is a mistake to be told of."""


def read(
    tokens: Sequence[Token], index: int, previous: Token | None, states: States, layout: Layout
) -> tuple[Token, int]:
    """The token at `index` as the grammar sees it after what `states` have read, and the index of the next one;
    `previous` is the one before it, with the layout.

    The longest words of the language that are allowed win (`is not known` before `is not`), then the name. A word that
    is neither is read as the longest words of the language, for the error message.
    """
    token = tokens[index]
    if token.kind != "NAME":
        return token, index + 1
    phrases = terminals().phrases.get(token.text)
    if phrases is None:
        return token, index + 1
    name_allowed = accepts(states, "NAME") and not (
        token.text in CONNECTING and accepts(states, "MONTH_OF")  # an expression may begin here
    )
    longest: tuple[Token, int] | None = None
    for words, terminal in phrases:
        following = _of_line(tokens[index + 1 : index + len(words)], layout)
        if tuple([each.text for each in following]) != words[1:]:
            continue
        last = following[-1] if following else token
        text = token.text if len(words) == 1 else " ".join(words)
        found = Token(terminal, text, token.start, last.end, token.indent), index + len(words)
        if accepts(states, terminal) and not _is_begun_by_less(terminal, tokens, index + len(words), layout):
            begins_line = previous is None or previous.kind in LAYOUT
            following = _of_line(tokens[index + 1 : index + 3], layout)
            if name_allowed and _is_rather_a_name(terminal, following, states, begins_line=begins_line):
                continue
            return found
        longest = longest or found
    if name_allowed or longest is None:
        return token, index + 1
    return longest


def _is_begun_by_less(terminal: str, tokens: Sequence[Token], index: int, layout: Layout) -> bool:
    """Whether only the first of the words are meant, by what follows all of them: `expect no plan p where ...` asks for
    rows of a record that is called `plan`, `given also = 3` gives a measure that is called `also`."""
    names = [token.kind for token in _of_line(tokens[index : index + 1], layout)] == ["NAME"]
    if terminal == "EXPECT_NO_PLAN":
        return names and tokens[index].text not in ("for", "source", "because", "advice", "recovered")
    return terminal == "GIVEN_ALSO" and not names


def _of_line(tokens: Sequence[Token], layout: Layout) -> list[Token]:
    """The first of these tokens, as far as they are on the present line or continue it."""
    return list(takewhile(layout.goes_on, tokens))


def _is_rather_a_name(terminal: str, following: list[Token], states: States, *, begins_line: bool) -> bool:
    """Where both a name and a note may begin, only what follows tells `source S4-06` from a field `source Origin`."""
    kinds = [token.kind for token in following]
    if terminal in ("BECAUSE", "ADVICE", "UNKNOWN"):
        return kinds[:1] != ["STRING"]
    if terminal in ("LAST", "FIRST"):
        return kinds[:1] != ["CALENDAR_DAY"]
    if terminal != "SOURCE" or not begins_line:
        return False
    if kinds[:1] != ["NAME"]:
        return kinds[:1] not in (["STRING"], ["BAD_TEXT"])
    if kinds == ["NAME", "COMMA"] or _looks_like_citation(following[0].text):
        return False
    return accepts(after(states, "NAME"), "NAME")


def _looks_like_citation(text: str) -> bool:
    return text.isupper() or "-" in text or any(sign.isdigit() for sign in text)
