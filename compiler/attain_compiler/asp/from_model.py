"""A compiled policy as first-order rules with its own names, for all facts of a profile.

Only what is asked for is grounded: `in_x(...)` says for which arguments x is asked. Facts come separately, so do the
chosen readings and the day (`today`): one predicate for each record, a row number first, then the fields in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attain_compiler.asp import designations
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.dates import never_months
from attain_compiler.asp.depends import Depends
from attain_compiler.asp.expressions import ExpressionCompiler
from attain_compiler.asp.names import Names
from attain_compiler.asp.outside import rewritten, with_definitions
from attain_compiler.asp.outsides import Outside
from attain_compiler.asp.profile import EXPECTED, Profile
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Block,
    Literal_,
    Minimize,
    Negation,
    Number,
    Rule,
    RuleProgram,
    Symbol,
    Term,
    Text,
    head_atom,
)
from attain_compiler.asp.scores import ScoreShape
from attain_compiler.asp.shapes import Scope
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model

SHOWN = (("met", 1), ("failed", 3), ("counts", 2), ("award", 2), ("open", 3), ("unsettled", 1))


@frozen
class Compiled:
    """A policy as rules.

    `designations` are those asked for, by id. `outsides` are the conditions whose truth comes with the facts. `scores`
    tells how the points of each score stand in an answer set. `names` maps predicates and constants back to the names
    of the policy.

    `evaluated` is the policy with a definition for each condition from outside, for the evaluator; `asked` are the
    conditions asked for, by identity of what was given, with the calls of those definitions in them.
    """

    source: model.Program
    rules: RuleProgram
    profile: Profile
    names: Names
    designations: tuple[str, ...]
    outsides: tuple[Outside, ...]
    scores: Mapping[str, ScoreShape]
    depends: Depends
    moves_months: bool
    evaluated: model.Program
    asked: Mapping[int, model.Expression]


def rules_of(
    program: model.Program,
    profile: Profile = EXPECTED,
    wanted: Sequence[model.Designation] | None = None,
    asked: Sequence[model.Expression] = (),
    changed: frozenset[str] = frozenset(),
) -> Compiled:
    """The rules of a policy: of the `wanted` designations (those of the main policy, if nothing is said) and of the
    conditions `asked` beside them: the number N of one is derived as `holds(N)` where the fact `asked(N)` is given.
    Numbers that rest on what is `changed` (records and measures, by their ids) are compared, not assigned (`sums`)."""
    c = ExpressionCompiler(program, profile, tuple(asked), changed)
    own = [each for each in program.designations.values() if each.id.partition(".")[0] == program.main]
    chosen = list(own or program.designations.values()) if wanted is None else list(wanted)
    for each in chosen:
        designations.ask(c, each)
    _ask(c, asked)
    blocks = tuple(blocks_of(c))
    outsides = tuple(c.outsides)
    return Compiled(
        program,
        RuleProgram(_header(profile), blocks, open_predicates(blocks), partly_derived(blocks), _shown(c, blocks)),
        profile,
        c.names,
        tuple(each.id for each in chosen),
        outsides,
        {id_: found for id_ in program.scores if (found := _score(c, id_)) is not None},
        c.depends,
        never_months(c),
        with_definitions(program, outsides) if outsides else program,
        {id(each): rewritten(each, outsides) for each in asked} if outsides else {},
    )


ASKED = "asked"


def _ask(c: Compiler, asked: Sequence[model.Expression]) -> None:
    for number, expression in enumerate(asked):
        c.block.append(ASKED)
        opens = Atom("open_asked", (Number(number),))
        for way in c.ways(expression):
            body = Body()
            body.fact(Atom("asked", (Number(number),)))
            way(body, Scope({}))
            c.derive(Atom("holds", (Number(number),)), body, opens)
        c.block.pop()


def _score(c: Compiler, identifier: str) -> ScoreShape | None:
    score = c.program.scores[identifier]
    found: ScoreShape | None = c.known(("score", identifier, c.depends.variant(score, frozenset(), False)))
    return found


def _header(profile: Profile) -> tuple[str, ...]:
    if not profile.anything_missing:
        return (
            "Exact for the facts that it was printed for, and for others with no larger numbers and no finer ones.",
        )
    most = profile.otherwise
    return (
        f"Exact for facts with at most {profile.most_rows} rows in a record, {profile.most_identifiers} identifiers,",
        f"whole numbers up to {most.high}, and up to {most.total_high} for a column added up.",
        "For others, print the rules together with the facts.",
    )


def blocks_of(c: Compiler) -> list[Block]:
    """What was compiled, in the order of the policy."""
    found = []
    main = c.program.main

    def place(name: str) -> tuple[bool, bool, str, int]:
        span = c.spans.get(name)
        if span is None:
            return (True, True, name, 0)
        return (False, name.partition(".")[0] != main, span.path, span.start)

    for name in sorted(c.statements, key=place):
        statements = c.statements[name]
        if statements or name in c.notes:
            title = model.name_of(name)
            found.append(Block(title, c.spans.get(name), tuple(c.notes.get(name, ())), tuple(statements)))
    if c.opening:
        notes = ("`open` tells where something was read that is not known; what is not open is settled",)
        found.append(Block("what is not known", None, notes, tuple(c.opening)))
    return found


def _shown(c: Compiler, blocks: Sequence[Block]) -> tuple[tuple[str, int], ...]:
    found = dict.fromkeys(SHOWN)
    if ASKED in c.statements:
        found |= dict.fromkeys((("holds", 1), ("open_asked", 1)))
    for id_ in c.program.scores:
        shapes = _score(c, id_)
        if shapes is None:
            continue
        score = c.program.scores[id_]
        arity = len(score.parameters) + c.depends.takes_date(score)
        for shape, more in ((shapes.total, 0), *((each, 1) for each in shapes.parts.values())):
            if not isinstance(shape, str):
                found[shape.predicate, arity + more + len(shape.ends)] = None
                found[f"open_{shape.predicate}", arity + more] = None
    derived = _derived(blocks)
    return tuple(each for each in found if each in derived)


def _derived(blocks: Sequence[Block]) -> set[tuple[str, int]]:
    return {
        (head.predicate, len(head.arguments))
        for block in blocks
        for each in block.statements
        if isinstance(each, Rule) and (head := head_atom(each)) is not None
    }


def _used(blocks: Sequence[Block]) -> Iterator[Atom]:
    for block in blocks:
        for each in block.statements:
            for literal in each.condition if isinstance(each, Minimize) else each.body:
                yield from _atoms(literal)


def open_predicates(blocks: Sequence[Block]) -> tuple[tuple[str, int], ...]:
    """The predicates of bodies that no rule derives: facts, of which there may be none."""
    derived = _derived(blocks)
    used = {(each.predicate, len(each.arguments)) for each in _used(blocks)}
    return tuple(sorted(used - derived))


def partly_derived(blocks: Sequence[Block]) -> tuple[tuple[str, int], ...]:
    """The predicates that rules derive, but not for some constants that bodies ask about (a tier that nothing leaves
    open, a key without an entry): clingo would remark on them."""
    heads: dict[tuple[str, int, int, Term], None] = {}
    free: set[tuple[str, int, int]] = set()
    for block in blocks:
        for each in block.statements:
            if isinstance(each, Rule) and (head := head_atom(each)) is not None:
                for place, term in enumerate(head.arguments):
                    name = (head.predicate, len(head.arguments), place)
                    if isinstance(term, Number | Symbol | Text):
                        heads[(*name, term)] = None
                    else:
                        free.add(name)
    derived = _derived(blocks)
    found = set()
    for atom in _used(blocks):
        signature = (atom.predicate, len(atom.arguments))
        if signature in derived and any(isinstance(each, Number | Symbol | Text) for each in atom.arguments):
            fixed = [
                (place, each) for place, each in enumerate(atom.arguments) if isinstance(each, Number | Symbol | Text)
            ]
            if len(fixed) > 1 or any(
                (*signature, place) not in free and (*signature, place, each) not in heads for place, each in fixed
            ):
                found.add(signature)
    return tuple(sorted(found))


def _atoms(literal: Literal_) -> list[Atom]:
    match literal:
        case Atom():
            return [literal]
        case Negation(atom=atom):
            return [atom]
        case Aggregate(elements=elements):
            return [atom for each in elements for inner in each.condition for atom in _atoms(inner)]
        case _:
            return []
