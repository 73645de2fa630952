"""Which words are words of the language, and which are names: decided by what the grammar allows where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.syntax.grammar import accepts, after
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

_LAYOUT = frozenset({"_INDENT", "_NEWLINE", "_DEDENT"})


def read(tokens: Sequence[Token], index: int, states: Sequence[int]) -> tuple[Token, int]:
    """The token at `index` as the grammar sees it after what `states` have read, and the index of the next one.

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
        if not _stands(tokens, index, words):
            continue
        last = tokens[index + len(words) - 1]
        text = token.text if len(words) == 1 else " ".join(words)
        found = Token(terminal, text, token.start, last.end, token.indent), index + len(words)
        if accepts(states, terminal):
            if name_allowed and _is_rather_a_name(terminal, tokens, index, states):
                continue
            return found
        longest = longest or found
    if name_allowed or longest is None:
        return token, index + 1
    return longest


def _stands(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> bool:
    if len(words) == 1:
        return True
    if index + len(words) > len(tokens):
        return False
    return all(tokens[index + place].text == word for place, word in enumerate(words))


def _is_rather_a_name(terminal: str, tokens: Sequence[Token], index: int, states: Sequence[int]) -> bool:
    """Where both a name and a note may begin, only what follows tells `source S4-06` from a field `source Origin`."""
    following = [token.kind for token in tokens[index + 1 : index + 3]]
    if terminal in ("BECAUSE", "ADVICE", "UNKNOWN"):
        return following[:1] != ["STRING"]
    if terminal != "SOURCE" or (index > 0 and tokens[index - 1].kind not in _LAYOUT):
        return False
    if following[:1] != ["NAME"]:
        return following[:1] not in (["STRING"], ["BAD_TEXT"])
    if following == ["NAME", "COMMA"] or _looks_like_citation(tokens[index + 1].text):
        return False
    return accepts(after(states, "NAME"), "NAME")


def _looks_like_citation(text: str) -> bool:
    return text.isupper() or "-" in text or any(sign.isdigit() for sign in text)
