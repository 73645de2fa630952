"""What may stand at a place in a policy, whatever is written there now: for completion."""

from __future__ import annotations

from functools import cache

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.chunks import keywords, split
from attain_compiler.syntax.grammar import acceptable, accepts, before, may_stand, settled
from attain_compiler.syntax.qualified import qualifiers, with_qualified
from attain_compiler.syntax.terminals import terminals
from attain_compiler.syntax.tokens import Token, scan
from attain_compiler.syntax.walk import Unexpected, walk

_PLACE = "PLACE"
_LONGEST = 3
"""How many words of a phrase may stand before the last one."""

THINGS = ("type", "_plain_type", "binder", "field_value", "given_header", "_given_target", "reference")
"""The rules of the grammar that are told apart: those that say what a name must mean."""


@frozen
class Phrase:
    """Words of the language that may stand here, and what is written of them already: `at l` of `at least`."""

    text: str
    span: Span


@frozen
class Allowed:
    """`phrases` are the words of the language that may stand here, `things` those of `THINGS` of which something may
    begin here, `name` whether a name may stand here: instead of `span`, the word at the place. `tokens` are those of
    the declaration before that; `begins_line`: none of them is on the same line."""

    span: Span
    phrases: tuple[Phrase, ...]
    things: frozenset[str]
    name: bool
    tokens: tuple[Token, ...]
    begins_line: bool


def allowed_at(path: str, text: str, offset: int) -> Allowed | None:
    """What may stand at `offset`; None inside a text in quotes or a comment, and where what stands before cannot be
    read."""
    start = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_-"):
        start -= 1
    written = scan(text[:start] + "x")
    if not written.tokens or written.tokens[-1].start != start:
        return None  # inside a text in quotes or a comment
    *known, last = with_qualified(written.tokens, qualifiers(scan(text).tokens))
    start = last.start  # of all of a qualified name
    tokens = split([*known, last._replace(kind=_PLACE, text="")])[-1]
    span = Span(path, start, offset)
    if len(tokens) == 1:
        phrases = [Phrase(each, span) for each in sorted(keywords())] if tokens[0].indent == 0 else []
        return Allowed(span, tuple(phrases), frozenset(), False, (), True)
    found: list[Phrase] = []
    here: tuple[int, ...] | None = None
    for number in range(_LONGEST + 1):
        first = len(tokens) - 1 - number
        if first < 1 or any(each.kind != "NAME" for each in tokens[first:-1]):
            break
        begun = tuple(each.text for each in tokens[first:-1])
        states = _states(path, [*tokens[:first], tokens[first]._replace(kind=_PLACE)])
        if states is not None:
            place = Span(path, tokens[first].start, offset)
            found += [Phrase(each, place) for each in _phrases(states, begun)]
            here = here or (states if not number else None)
    if here is None and not found:
        return None
    name = here is not None and accepts(here, "NAME")
    things = _things(here) if here is not None else frozenset()
    return Allowed(span, tuple(found), things, name, tuple(tokens[:-1]), tokens[-1].indent >= 0)


def _states(path: str, tokens: list[Token]) -> tuple[int, ...] | None:
    """The states before the last of the tokens, which stands for the place; None where one before it is wrong."""
    walked = walk(tokens, path, MAKERS, [])
    return next(
        (each.states for each in walked.troubles if isinstance(each, Unexpected) and each.token.kind == _PLACE), None
    )


def _phrases(states: tuple[int, ...], begun: tuple[str, ...]) -> list[str]:
    """The words of the language that may come next and begin with these, and go on after them."""
    possible = acceptable(states)
    words = [words for terminal, words in terminals().words.items() if terminal in possible and words[0].isalpha()]
    return sorted(each for each in words if len(each.split()) > len(begun) and each.split()[: len(begun)] == [*begun])


def _things(states: tuple[int, ...]) -> frozenset[str]:
    """What may begin here. A rule that only ends first, whatever comes, is ended."""
    ended = settled(states)
    return frozenset(each for each in THINGS if may_stand(ended, each))


@cache
def words_before(thing: str) -> frozenset[str]:
    """The single words that a thing of the grammar may follow at once."""
    return frozenset(terminals().words[each].split()[-1] for each in before(thing) if each in terminals().words)


@cache
def words() -> frozenset[str]:
    """Every single word of the language."""
    return frozenset(word for text in terminals().words.values() for word in text.split() if word[0].isalpha())
