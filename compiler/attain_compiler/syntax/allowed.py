"""What may stand at a place in a policy, whatever is written there now: for completion."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_compiler.syntax.automaton import Unexpected, walk
from attain_compiler.syntax.build import MAKERS
from attain_compiler.syntax.chunks import keywords, split
from attain_compiler.syntax.layout import with_layout
from attain_compiler.syntax.tables import Tables, tables
from attain_compiler.syntax.tokens import Token, scan

_PLACE = "PLACE"
_LONGEST = 3
"""How many words of a phrase may stand before the last one."""


@frozen
class Allowed:
    """`words` are the words of the language that may stand here, `things` the rules of the grammar of which something
    may begin here, `name` whether a name may stand here. `span` is what is written of it, to be replaced: the word at
    the place, and words before it that begin a phrase (`at l`). `tokens` are those of the declaration before that."""

    span: Span
    words: tuple[str, ...]
    things: frozenset[str]
    name: bool
    tokens: tuple[Token, ...]


def allowed_at(path: str, text: str, offset: int) -> Allowed | None:
    """What may stand at `offset`; None inside a text in quotes or a comment, and where what stands before cannot be
    read."""
    start = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_-"):
        start -= 1
    written = scan(text[:start] + "x")
    if written.comments and written.comments[-1].end == start + 1:
        return None
    if not written.tokens or written.tokens[-1].start != start:
        return None  # inside a text in quotes
    tokens = split([*written.tokens[:-1], written.tokens[-1]._replace(kind=_PLACE, text="")])[-1]
    for before in range(_LONGEST + 1):
        first = len(tokens) - 1 - before
        if first < 0 or any(each.kind != "NAME" for each in tokens[first:-1]):
            break
        place = tokens[first]._replace(kind=_PLACE)
        begun = tuple(each.text for each in tokens[first:-1])
        found = _at(path, (*tokens[:first], place), begun, Span(path, place.start, offset))
        if found is not None and (found.words or not before):
            return found
    return None


def _at(path: str, tokens: tuple[Token, ...], begun: tuple[str, ...], span: Span) -> Allowed | None:
    before = tokens[:-1]
    if not before:
        top = tuple(sorted(word for word in keywords() if not begun)) if tokens[-1].indent == 0 else ()
        return Allowed(span, top, frozenset({"declaration"}), False, ())
    table = tables()
    walked = walk(table, with_layout(list(tokens)), path, MAKERS, [])
    states = next((each.states for each in walked.troubles if _is_place(each)), None)
    if states is None:
        return None
    possible = table.acceptable(states)
    words = [words for terminal, words in table.words.items() if terminal in possible and words[0].isalpha()]
    fitting = sorted(each for each in words if tuple(each.split()[: len(begun)]) == begun)
    name = not begun and "NAME" in possible
    return Allowed(span, tuple(fitting), _things(table, states) if name else frozenset(), name, before)


def _is_place(trouble: object) -> bool:
    return isinstance(trouble, Unexpected) and trouble.token.kind == _PLACE


def _things(table: Tables, states: tuple[int, ...]) -> frozenset[str]:
    """What may begin here. A rule that only ends first, whatever comes, is ended."""
    while True:
        actions = set(table.actions[states[-1]].values())
        if len(actions) != 1 or min(actions) >= 0:
            return frozenset([table.nonterminals[each] for each in table.gotos[states[-1]]])
        rule = table.rules[-1 - min(actions)]
        states = states[: len(states) - rule.length]
        states = (*states, table.gotos[states[-1]][rule.head])
