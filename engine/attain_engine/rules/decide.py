"""Verdicts from the compiled rules: clingo's reading of a policy, independent of the evaluator's.

    decided = decide(program, facts, on, readings)
    decided.designations["modern_work.modern_work"].met

What rests on something unknown is in `open`; everything else is settled, and the evaluator must come to the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attain_compiler.asp.designations import name_of_constant, path_term, requirements
from attain_compiler.asp.facts import DoesNotFit
from attain_compiler.asp.from_model import Compiled, rules_of
from attain_compiler.asp.predicates import unit_of_formal
from attain_compiler.asp.profile import EXPECTED, Profile
from attain_compiler.asp.relevant import Relevant
from attain_compiler.asp.render import atom_text
from attain_compiler.asp.rules import Atom, Number, Symbol, Term, Text
from attain_compiler.asp.shapes import Shape
from attain_compiler.frozen import frozen
from attain_compiler.latest import Latest
from attain_compiler.model import program as model
from attain_compiler.model.types import EnumType, EnumValue, Quantity, Type
from attain_engine.facts.model import Facts
from attain_engine.rules.facts_program import facts_program, profile_of
from attain_engine.rules.outside_facts import OutsideFacts
from attain_engine.solve.answer_sets import answer_set

BY, TRACKS = "(by)", "(tracks)"
"""What may be open of a designation beside its requirements: what a track is chosen by, and which tracks there are."""

MOST_KEPT = 32
"""So many compiled programs are kept, the latest used."""


class Disagreement(Exception):
    """The compiled rules and the evaluator come to different answers: a mistake in Attain, never an answer. The message
    names what they differ in; the policy and the facts show it."""

    def __init__(self, what: str, rules: object, evaluated: object) -> None:
        super().__init__(
            f"the two readings of the policy differ: {what}: {rules} by its rules, {evaluated} by its evaluation"
        )


@frozen
class DesignationDecided:
    """What clingo derives for a designation.

    `met`; `award` (the name of the highest tier reached, empty without); `counts` are the tracks that count, `failed`
    pairs of track and path of a requirement. A track is the value of the track's variable (an EnumValue, an
    identifier), None for a designation without tracks. `open` are pairs of track and what rests there on something
    unknown: the path of a requirement, BY, or (None, TRACKS). What `failed` and
    `counts` say of those is no verdict; `met` and `award` are verdicts where `settled` says so.
    """

    met: bool
    award: str
    counts: frozenset[Any]
    failed: frozenset[tuple[Any, str]]
    open: frozenset[tuple[Any, str]]
    settled: bool


@frozen
class Decided:
    """What the rules say.

    `designations` by id. `points` are the totals of scores by id and arguments, `parts` those of their parts by id,
    arguments and name; both exact, and only those that something asked for, that have a rule form and a value, and rest
    on nothing unknown.
    `conditions` are the numbers of the conditions asked for that hold, `open_conditions` of those that rest on
    something unknown. `atoms` is the size of the grounding.
    """

    designations: Mapping[str, DesignationDecided]
    points: Mapping[tuple[str, tuple[Any, ...]], Fraction]
    parts: Mapping[tuple[str, tuple[Any, ...], str], Fraction]
    conditions: frozenset[int]
    open_conditions: frozenset[int]
    atoms: int


def decide(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    designations: Sequence[model.Designation] | None = None,
    *,
    asked: Sequence[model.Expression] = (),
    among: Sequence[model.Expression] | None = None,
    profile: Profile | None = None,
) -> Decided:
    """Decide designations (those of the main policy if None; none at all for an empty sequence) by clingo.

    `readings` names chosen alternatives by reading id, the defaults for the others. `asked` are conditions without free
    variables (the expectations of an example, a claim) that are decided beside them, numbered in `Decided.conditions`
    as they stand in `asked`. Where one program is asked several times about some of many conditions, give all of them
    as `among`, so that the rules are compiled once.

    The rules are compiled once for a program, its designations and conditions, and a profile, and kept. The profile is
    EXPECTED where that covers the facts and their own (see `profile_of`) where not, or the one given, for which they
    must fit: else DoesNotFit. Facts that a plan
    adds to measures (`facts.raised`) are not taken: ValueError.

    Raises what the evaluator raises where conditions come from outside (EvaluationProblem), and RuntimeError where the
    program draws a message or has not one answer set: both are mistakes in Attain.
    """
    if facts.raised:
        raise ValueError("what a plan adds to measures has no rules")
    every = tuple(asked if among is None else among)
    places = {id(each): number for number, each in enumerate(every)}
    kept, given, outside = _fitting(program, facts, on, readings or {}, designations, tuple(asked), every, profile)
    numbers = [places[id(each)] for each in asked]
    given = (*given, *(Atom("asked", (Number(number),)) for number in numbers))
    return solved(kept, given, outside, numbers)[0]


def solved(
    kept: Kept, given: Sequence[Atom], outside: OutsideFacts, numbers: Sequence[int] = ()
) -> tuple[Decided, tuple[Atom, ...]]:
    """What the rules say of the facts given, and those facts with all that comes from outside: where the rules come
    across points that the evaluator had no need of, they are asked again with what these points rest on."""
    given = (*given, *outside.atoms())
    while True:
        predicates = {(each.predicate, len(each.arguments)) for each in given}
        relevant = kept.relevant
        rules = relevant.everything(predicates) if kept.compiled.designations else relevant.text(numbers, predicates)
        facts_text = "\n".join(f"{atom_text(each)}." for each in given)
        atoms, size = answer_set(f"{rules}\n{facts_text}\n")
        decided = read_answer(kept.compiled, atoms, numbers, size)
        more = outside.with_points(decided.points, decided.parts)
        if not more:
            return decided, given
        given = (*given, *more)


def _fitting(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    designations: Sequence[model.Designation] | None,
    asked: Sequence[model.Expression],
    every: Sequence[model.Expression],
    profile: Profile | None,
) -> tuple[Kept, tuple[Atom, ...], OutsideFacts]:
    """The rules that fit the facts, and the facts for them."""

    def of(each: Profile) -> tuple[Kept, tuple[Atom, ...], OutsideFacts]:
        kept = compiled_for(program, each, designations, every)
        given = tuple(facts_program(kept.compiled, facts, on, readings, asked))
        return kept, given, OutsideFacts(kept.compiled, facts, on, readings, asked)

    if profile is not None:
        return of(profile)
    own = profile_of(program, facts)
    if EXPECTED.covers(own) and _gives_what_examples_give(program, facts):
        try:
            return of(EXPECTED)
        except DoesNotFit:  # a definition is given a value that no example gives one
            pass
    return of(own)


def _gives_what_examples_give(program: model.Program, facts: Facts) -> bool:
    """Whether examples give the definitions that facts give: if not, rules are not compiled in vain."""
    given = {identifier for identifier, _ in facts.values if identifier in program.defines}
    if not given:
        return True
    return given <= {each.target for example in program.examples.values() for each in example.values}


@frozen
class Kept:
    """A compiled program, and what of it facts can need."""

    compiled: Compiled
    relevant: Relevant


_kept: Latest[Kept] = Latest(MOST_KEPT)


def compiled_for(
    program: model.Program,
    profile: Profile,
    designations: Sequence[model.Designation] | None,
    asked: Sequence[model.Expression] = (),
) -> Kept:
    """The rules for a profile, compiled once."""
    wanted = None if designations is None else tuple(each.id for each in designations)
    key = (id(program), _key(profile), wanted, tuple(id(each) for each in asked))

    def make() -> Kept:
        compiled = rules_of(program, profile, designations, asked)
        return Kept(compiled, Relevant(compiled.rules))

    return _kept.get(key, make, (program, *asked))


def _key(profile: Profile) -> Any:
    tables = (profile.rows, profile.identifiers, profile.columns, profile.given)
    return (
        profile.most_rows,
        profile.most_identifiers,
        profile.otherwise,
        *(frozenset(each.items()) for each in tables),
        profile.missing,
        profile.absent,
        profile.anything_missing,
    )


# ---------------------------------------------------------------- reading an answer set


def read_answer(compiled: Compiled, atoms: frozenset[Atom], numbers: Sequence[int] = (), size: int = 0) -> Decided:
    """An answer set in the policy's own words. `numbers` are those of the conditions that were asked."""
    by_predicate: dict[str, list[tuple[Term, ...]]] = {}
    for each in atoms:
        by_predicate.setdefault(each.predicate, []).append(each.arguments)
    program = compiled.source
    designations = {
        id_: _designation(compiled, program.designations[id_], by_predicate) for id_ in compiled.designations
    }
    points: dict[tuple[str, tuple[Any, ...]], Fraction] = {}
    parts: dict[tuple[str, tuple[Any, ...], str], Fraction] = {}
    for id_, shapes in compiled.scores.items():
        score = program.scores[id_]
        if compiled.depends.takes_date(score):
            continue
        arity = len(score.parameters)
        if isinstance(shapes.total, Shape):
            opened = set(by_predicate.get(f"open_{shapes.total.predicate}", ()))
            for args in by_predicate.get(shapes.total.predicate, ()):
                if args[:arity] in opened:
                    continue
                points[id_, _arguments(compiled, score, args[:arity])] = _number(shapes.total, args[arity:])
        names = {path_term(part.name): part.name for part in score.parts}
        for predicate in {each.predicate for each in shapes.parts.values() if isinstance(each, Shape)}:
            opened = set(by_predicate.get(f"open_{predicate}", ()))
            for args in by_predicate.get(predicate, ()):
                if args[: arity + 1] in opened:
                    continue
                name = names[args[arity]]
                shape = shapes.parts[name]
                if isinstance(shape, Shape):
                    key = (id_, _arguments(compiled, score, args[:arity]), name)
                    parts[key] = _number(shape, args[arity + 1 :])
    held = {args[0].value for args in by_predicate.get("holds", ()) if len(args) == 1 and isinstance(args[0], Number)}
    open_ones = {args[0].value for args in by_predicate.get("open_asked", ()) if isinstance(args[0], Number)}
    return Decided(
        designations,
        points,
        parts,
        frozenset(index for index, number in enumerate(numbers) if number in held),
        frozenset(index for index, number in enumerate(numbers) if number in open_ones),
        size,
    )


def _designation(
    compiled: Compiled, designation: model.Designation, atoms: Mapping[str, list[tuple[Term, ...]]]
) -> DesignationDecided:
    name = Symbol(name_of_constant(compiled.names, designation))
    type_ = designation.tracks.binder.type if designation.tracks else None
    paths = {path_term(each.path): each.path for each in requirements(designation)}
    paths |= {Symbol("by"): BY, Symbol("tracks"): TRACKS}

    def of(predicate: str, arity: int) -> list[tuple[Term, ...]]:
        return [args[1:] for args in atoms.get(predicate, ()) if args[0] == name and len(args) == arity]

    def track(term: Term) -> Any:
        if type_ is None or term == Symbol("none"):
            return None
        unit = 100 if isinstance(type_, Quantity) and type_.kind != "count" else 1
        return value_of(compiled, term, type_, unit)

    tiers = {path_term(each.name): each.name for each in designation.tiers}
    awards = of("award", 2)
    return DesignationDecided(
        met=bool(of("met", 1)),
        award=tiers[awards[0][0]] if awards else "",
        counts=frozenset(track(args[0]) for args in of("counts", 2)),
        failed=frozenset((track(args[0]), paths[args[1]]) for args in of("failed", 3)),
        open=frozenset((track(args[0]), paths[args[1]]) for args in of("open", 3)),
        settled=not of("unsettled", 1),
    )


def _arguments(compiled: Compiled, score: model.Score, terms: Sequence[Term]) -> tuple[Any, ...]:
    return tuple(
        value_of(compiled, term, formal.type, unit_of_formal(formal))
        for formal, term in zip(score.parameters, terms, strict=True)
    )


def _number(shape: Shape, terms: Sequence[Term]) -> Fraction:
    values = [each.value for each in terms if isinstance(each, Number)]
    if shape.form == "exact":
        return Fraction(values[0], shape.unit)
    if shape.form == "ratio":
        return Fraction(values[0], values[1])
    return (values[0] + Fraction(values[1], values[2])) / shape.unit


def value_of(compiled: Compiled, term: Term, type_: Type, unit: int = 1) -> Any:
    """A term as the value of its type that it stands for."""
    match term:
        case Number(value=value) if isinstance(type_, Quantity):
            return value if unit == 1 else Fraction(value, unit)
        case Number(value=value) if str(type_) == "date":
            return datetime.date.fromordinal(value)
        case Number(value=value):
            return value
        case Text(value=text):
            return text
        case Symbol(name=name) if isinstance(type_, EnumType):
            return EnumValue(type_.id, compiled.names.values[type_.id, name])
        case Symbol(name=name):
            return name == "yes"
        case _:
            raise ValueError(term)
