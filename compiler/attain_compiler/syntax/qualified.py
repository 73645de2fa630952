"""Names of imported policies: `people.Certificate` is one name where the file says `import ... as people`."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attain_compiler.syntax.tokens import Token


def qualifiers(tokens: Sequence[Token]) -> frozenset[str]:
    """What the imports of a file are called: `p` of `import people as p`."""
    found = set()
    for head, module, word, called in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        one_line = module.indent == word.indent == called.indent == -1
        if head.indent == 0 and head.text == "import" and word.text == "as" and one_line and called.kind == "NAME":
            found.add(called.text)
    return frozenset(found)


def with_qualified(tokens: list[Token], called: Collection[str]) -> list[Token]:
    """The tokens, in which a name with one of `called` and a dot before it, on one line, is one token. What stands
    after another dot is a field, whatever it is called."""
    if not called:
        return tokens
    found: list[Token] = []
    for token in tokens:
        before = found[-2:]
        if (
            token.kind == "NAME"
            and [each.kind for each in before] == ["NAME", "DOT"]
            and before[0].text in called
            and token.indent == before[1].indent == -1
            and (len(found) < 3 or found[-3].kind != "DOT")
        ):
            whole = Token("NAME", f"{before[0].text}.{token.text}", before[0].start, token.end, before[0].indent)
            found[-2:] = [whole]
        else:
            found.append(token)
    return found
