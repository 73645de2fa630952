"""A program as text that a person can read: each fact beside the place in the policy that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from attain_compiler.asp.program import Fact, Origin, Program
from attain_compiler.asp.rules import (
    Absolute,
    Aggregate,
    Atom,
    Block,
    Choice,
    Comparison,
    Falsity,
    Function,
    Literal_,
    Minimize,
    Negation,
    Number,
    Operation,
    Pool,
    Rule,
    RuleProgram,
    Statement,
    Symbol,
    Term,
    Text,
    Variable,
)
from attain_compiler.source import SourceFile

WIDTH = 110


def render(program: Program, sources: Mapping[str, SourceFile], rules: Mapping[str, str]) -> str:
    """The text of the program: its facts, then the text of each encoding as `rules` has it.

    `sources` are the policy files by path; a place in a file that is not among them is given by its path alone.
    """
    lines = [*_facts(program.facts, sources)]
    for name in program.encodings:
        lines += ["", f"% ---- {name}.lp", rules[name].rstrip("\n")]
    return "\n".join(lines) + "\n"


def _facts(facts: tuple[Fact, ...], sources: Mapping[str, SourceFile]) -> Iterator[str]:
    origin: Origin | None = None
    for fact in facts:
        if fact.origin is not None and fact.origin != origin:
            yield ""
            yield from (f"% {line}" for line in _comment(fact.origin, sources))
        origin = fact.origin
        yield text(fact)


def text(fact: Fact) -> str:
    """A fact as it is written in a program."""
    if not fact.arguments:
        return f"{fact.predicate}."
    return f"{fact.predicate}({','.join(str(argument) for argument in fact.arguments)})."


def _comment(origin: Origin, sources: Mapping[str, SourceFile]) -> Iterator[str]:
    # A comment ends with its line: what a stranger wrote must not begin a new one.
    words = " ".join(origin.text.split())
    span = origin.span
    if span is None:
        yield words
    elif span.path in sources:
        line, column = sources[span.path].line_and_column(span.start)
        yield f"{words} ({span.path}:{line}:{column})"
    else:
        yield f"{words} ({span.path})"


# ---------------------------------------------------------------- rules


def render_rules(program: RuleProgram, sources: Mapping[str, SourceFile], *, comments: bool = True) -> str:
    """The text of first-order rules: each block under the lines of the policy that it comes from and their place
    (without `comments`, the rules alone)."""
    lines = [f"% {each}" for each in program.header] if comments else []
    for block in program.blocks:
        if comments:
            lines += ["", *_block_comment(block, sources)]
        lines += _statements(block.statements)
    if program.open_predicates:
        lines += ["", *(["% facts, of which there may be none"] if comments else [])]
        lines += _wrapped(f"#defined {name}/{arity}." for name, arity in program.open_predicates)
    if program.partly_derived:
        lines += ["", *(["% derived, but not for all that is asked"] if comments else [])]
        lines += _wrapped(f"#defined {name}/{arity}." for name, arity in program.partly_derived)
    if program.shown:
        lines += ["", *_wrapped(f"#show {name}/{arity}." for name, arity in program.shown)]
    return "\n".join(lines) + "\n"


def _statements(statements: Sequence[Statement]) -> Iterator[str]:
    """A line for each rule; facts that stand together share lines."""
    facts: list[str] = []
    for each in statements:
        if isinstance(each, Rule) and not each.body:
            facts.append(statement(each))
            continue
        yield from _wrapped(facts)
        facts = []
        yield statement(each)
    yield from _wrapped(facts)


def _wrapped(items: Iterable[str]) -> Iterator[str]:
    line = ""
    for each in items:
        if line and len(line) + len(each) > WIDTH:
            yield line
            line = ""
        line = f"{line} {each}".strip()
    if line:
        yield line


def _block_comment(block: Block, sources: Mapping[str, SourceFile]) -> Iterator[str]:
    span = block.span
    if span is None or span.path not in sources:
        yield f"% ---- {block.title}"
    else:
        file = sources[span.path]
        first, _ = file.line_and_column(span.start)
        last, _ = file.line_and_column(max(span.end - 1, span.start))
        place = f"{span.path.replace(chr(92), '/').rpartition('/')[2]}:{first}"
        yield f"% {'-' * (WIDTH - 3 - len(place))} {place}"
        for number in range(first, last + 1):
            yield f"% {_one_line(file.line_text(number))}".rstrip()
    for note in block.notes:
        yield f"% {_one_line(note)}"


def _one_line(words: str) -> str:
    # A comment ends with its line: what a stranger wrote must not begin a new one.
    return "".join(each if each.isprintable() else " " for each in words)


def statement(each: Statement) -> str:
    """A rule or a minimization as it is written in a program."""
    match each:
        case Minimize():
            terms = ",".join((f"{_term(each.weight)}@{each.priority}", *map(_term, each.terms)))
            return f"#minimize {{ {terms} : {', '.join(map(_literal, each.condition))} }}."
        case Rule(head=head, body=body):
            match head:
                case None:
                    said = ""
                case Choice(atom=atom):
                    said = f"{{ {atom_text(atom)} }}"
                case _:
                    said = atom_text(head)
            if not body:
                return f"{said}."
            return f"{said} :- {', '.join(map(_literal, body))}.".lstrip()


def atom_text(atom: Atom) -> str:
    """An atom as it is written in a program."""
    if not atom.arguments:
        return atom.predicate
    return f"{atom.predicate}({','.join(map(_term, atom.arguments))})"


def _literal(literal: Literal_) -> str:
    match literal:
        case Atom():
            return atom_text(literal)
        case Negation(atom=atom):
            return f"not {atom_text(atom)}"
        case Comparison(left=left, relation=relation, right=right):
            return f"{_term(left)} {relation} {_term(right)}"
        case Falsity():
            return "#false"
        case Aggregate(bound=bound, relation=relation, function=function, elements=elements):
            inner = "; ".join(
                f"{','.join(map(_term, each.terms))} : {', '.join(map(_literal, each.condition))}" for each in elements
            )
            return f"{_term(bound)} {relation} #{function}{{ {inner} }}"
        case _:
            assert_never(literal)


_STRENGTH = {"..": 0, "+": 1, "-": 1, "*": 2, "/": 2, "\\": 2, "**": 3}


def _term(term: Term) -> str:
    match term:
        case Number(value=value):
            return str(value)
        case Symbol(name=name) | Variable(name=name):
            return name
        case Text(value=value):
            return quoted(value)
        case Function(name=name, arguments=arguments):
            return f"{name}({','.join(map(_term, arguments))})"
        case Pool(items=items):
            return f"({';'.join(map(_term, items))})"
        case Absolute(operand=operand):
            return f"|{_term(operand)}|"
        case Operation(operator=operator, left=left, right=right):
            return f"{_operand(left, operator, first=True)}{operator}{_operand(right, operator, first=False)}"
        case _:
            assert_never(term)


def _operand(term: Term, operator: str, *, first: bool) -> str:
    text_ = _term(term)
    if isinstance(term, Operation):
        inner, outer = _STRENGTH[term.operator], _STRENGTH[operator]
        if inner < outer or (inner == outer and (not first or operator in ("/", "\\", "**"))):
            return f"({text_})"
    elif isinstance(term, Number) and term.value < 0:
        return f"({text_})"
    return text_


def quoted(words: str) -> str:
    """A string of a program: clingo knows these three escapes and no other."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
