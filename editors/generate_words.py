"""Writes the words of the language into the syntax files of the editors, from the grammar: each in the colour of the
rule of the grammar that it stands in.

Run it from the folder of the project: `python editors/generate_words.py`. Whatever else these files hold (numbers,
texts, notes, what is declared by which word) is written by hand and stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attain_compiler.syntax.chunks import keywords
from attain_compiler.syntax.parser import START, grammar_text, made

HERE = Path(__file__).resolve().parent
VIM = HERE / "vim" / "syntax" / "attain.vim"
TEXTMATE = HERE / "vscode" / "syntaxes" / "attain.tmLanguage.json"

BEGIN, END = (
    '" The words of the grammar, by generate_words.py: a longer phrase wins, so it stands last.\n',
    '\n" So far.\n',
)
BUILT_IN = ("count", "number", "points", "percent", "money", "date", "month", "duration", "flag", "text")
OTHER, CONTROL = "keyword.other", "keyword.control"
RULES: Mapping[str, str] = {
    "connective negation _conditions_kind implied": "keyword.operator.logical",
    "_comparator known not_known status each_part within": "keyword.operator.comparison",
    "as_of month_of year_of month_number_of last_day_before first_day_after first_day_of last_day_of days_from_to "
    "months_from_to years_from_to month_range day_range": "keyword.operator.date",
    "_rounding": "keyword.operator.rounding",
    "_collected_of _extreme_of tracks_any tracks_best steps best_of_scorings": CONTROL,
    "any_other groups order keys without": CONTROL,
    "word": "constant.language",
    "set_type band_type": "support.type",
}
"""The scope of the words of some rules. What stands in none of them is a keyword in the parts of a declaration, and
steers the work in an expression."""

GROUPS: Mapping[str, str] = {
    "keyword.operator": "Operator",
    "constant": "Constant",
    "keyword.control": "Statement",
    "keyword.other": "Keyword",
    "support": "Type",
}
"""The highlighting group in Vim of each scope."""

ALWAYS: Mapping[str, str] = {
    "before after": "keyword.operator.date",
    "as from to": OTHER,
    "failed met none undetermined": "constant.language",
    " ".join(BUILT_IN): "support.type",
}
"""The scope of words that stand in many rules, that only other words make words of the language (`is met`), and that
are names as far as the grammar goes."""

ONLY_BEFORE_A_DIGIT = ("first", "last")


def scopes() -> dict[str, str]:
    """The scope of every phrase of the grammar that begins no declaration; in alphabetical order."""
    language = made()
    texts = {each.name: each.pattern.value for each in language.terminals if each.pattern.type == "str"}
    in_expressions = _rules_of_expressions()
    declarations = {symbol.name for rule in language.rules if rule.origin.name == START for symbol in rule.expansion}
    by_rule = {rule: scope for rules, scope in RULES.items() for rule in rules.split()}
    order = list(dict.fromkeys((*RULES.values(), OTHER)))
    found: dict[str, list[str]] = {}
    for rule in language.rules:
        for symbol in rule.expansion:
            text = texts.get(symbol.name, "")
            begins = text in keywords() and rule.origin.name in declarations
            if text[:1].isalpha() and not begins:
                names = (rule.alias or "", _plain(rule.origin.name))
                named = next((by_rule[name] for name in names if name in by_rule), "")
                scope = named or (CONTROL if names[1] in in_expressions else OTHER)
                found.setdefault(text, []).append(scope)
    chosen = {text: min(each, key=order.index) for text, each in found.items()}
    chosen |= {"nothing else": "constant.language"}
    chosen |= {word: scope for words, scope in ALWAYS.items() for word in words.split()}
    return dict(sorted(chosen.items()))


def _plain(name: str) -> str:
    """A rule of the grammar without what Lark adds to it for a repetition."""
    return re.sub(r"^__(.+)_(star|plus)_\d+$", r"\1", name)


def _rules_of_expressions() -> frozenset[str]:
    """The names of the rules in the last part of the grammar, that of expressions."""
    text = grammar_text()
    part = text[text.index("- expressions\n") : text.index("- terminals\n")]
    return frozenset(re.findall(r"^\??([a-z_]+)(?:\{\w+\})?:", part, re.MULTILINE))


def vim(text: str) -> str:
    """The syntax file of Vim with the words of today."""
    lines = []
    for phrase, scope in sorted(scopes().items(), key=lambda each: (len(each[0].split()), each[0])):
        group = next(name for begin, name in GROUPS.items() if scope.startswith(begin))
        pattern = r"\s\+".join(phrase.split())
        end = r"\>\ze\s\+\d" if phrase in ONLY_BEFORE_A_DIGIT else r"\>"
        lines.append(f'syntax match attain{group} "\\<{pattern}{end}"')
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    declared = "\\|".join(sorted(keywords()))
    after = re.sub(r'(attainDeclaration "\^\\\()[^)]*(\\\)\\>")', lambda found: found[1] + declared + found[2], after)
    return before + BEGIN + "\n".join(lines) + END + after


def textmate(text: str) -> str:
    """The grammar of Visual Studio Code with the words of today."""
    grammar = json.loads(text)
    parts = grammar["repository"]
    declarations = parts["declarations"]["patterns"]
    named = {word for each in declarations[:-1] for word in _words_of(each["match"])}
    declarations[-1]["match"] = f"^({'|'.join(sorted(keywords() - named))})(?![\\w-])"
    signs = parts["words"]["patterns"][-1:]
    parts["phrases"]["patterns"] = list(_patterns(lambda phrase: " " in phrase))
    parts["words"]["patterns"] = [*_patterns(lambda phrase: " " not in phrase), *signs]
    return json.dumps(grammar, indent=2) + "\n"


def _patterns(wanted: object) -> Iterator[dict[str, str]]:
    assert callable(wanted)
    by_scope: dict[str, list[str]] = {}
    for phrase, scope in scopes().items():
        if wanted(phrase):
            by_scope.setdefault(scope, []).append(phrase)
    for scope, phrases in sorted(by_scope.items()):
        longest_first = sorted(phrases, key=lambda each: (-len(each), each))
        written = [
            "[ \\t]+".join(each.split()) + ("(?=[ \\t]+\\d)" if each in ONLY_BEFORE_A_DIGIT else "")
            for each in longest_first
        ]
        yield {"name": f"{scope}.attain", "match": f"(?<![\\w.-])(?:{'|'.join(written)})(?![\\w-])"}


def _words_of(pattern: str) -> list[str]:
    return re.findall(r"[a-z]+", pattern.partition(")")[0])


def main() -> None:
    for path, written in ((VIM, vim), (TEXTMATE, textmate)):
        path.write_text(written(path.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
