"""Where the engine and the interpreter say different things of the same facts."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from attain_compiler.model import program as model
from attain_engine.assess.assess import assess
from attain_engine.assess.models import Designation, ReportedValue
from attain_engine.evaluate.problems import CannotStayOpen, EvaluationProblem
from attain_engine.facts.model import UNKNOWN, Facts
from tests.oracle import arithmetic
from tests.oracle.completions import Completion, answers
from tests.oracle.interpreter import MET, NOT_MET, UNDETERMINED, Interpreter
from tests.oracle.world import NoValueError, UnknownReachedError


def disagreements(
    program: model.Program, facts: Facts, on: datetime.date, readings: Mapping[str, str], budget: int = 20
) -> list[str]:
    """One line for each disagreement about a verdict or award, a requirement, or the tracks that count.

    Where completions of unknown facts lead to several verdicts the engine has to say `undetermined`; where they lead to
    one it may, and otherwise has to say that one, or a lower award than all of them. It may also say that it cannot
    leave something open.
    """
    found: list[str] = []
    allowed = set() if _complete(program, facts) else {UNDETERMINED}
    try:
        assessment = assess(program, facts, on, readings, rows=False)
    except CannotStayOpen:
        if not allowed:
            raise
        return []
    except EvaluationProblem as problem:
        asked = partial(_without_value, program=program)
        without = any(answers(program, facts, on, readings, asked, budget))
        return [] if without else [f"the engine finds no answer: {problem.message}"]
    if assessment.problems:
        allowed = {UNDETERMINED}
        asked = partial(_without_value, program=program)
        lacking = answers(program, facts, on, readings, asked, budget)
        if lacking and not any(lacking):  # none at all: a measure leaves its bounds, whatever the unknowns are
            found.append(f"the engine finds no answer: {assessment.problems[0].message}")
    for engine in assessment.designations:
        said = _verdict(engine.verdict, engine.award)
        possible = answers(
            program, facts, on, readings, partial(_said, id_=engine.id), budget
        )  # fmt: skip
        if allowed:
            possible = frozenset(said if _reaches(program, engine.id, each, said) else each for each in possible)
        if said not in allowed and possible and possible != {said}:
            found.append(f"{engine.id}: the engine says {said}, the interpreter {sorted(possible)}")
        if not allowed:
            found += _of_scores(Interpreter(program, facts, on, readings), engine)
        found += _of_tracks(Interpreter(program, facts, on, readings), engine, allowed)
    if not allowed:
        found += _of_reports(Interpreter(program, facts, on, readings), assessment.reports)
    return found


def _complete(program: model.Program, facts: Facts) -> bool:
    published = all(
        not isinstance(entry.value, model.Unpublished) for table in program.tables.values() for entry in table.entries
    )
    known = all(UNKNOWN not in row.values.values() for rows in facts.tables.values() for row in rows)
    return facts.closed and published and known


def _verdict(verdict: str, award: str) -> str:
    return {"met": award or MET, "failed": NOT_MET}.get(verdict, verdict)


def _of_tracks(interpreter: Interpreter, engine: Designation, allowed: set[str]) -> Iterator[str]:
    try:
        status = interpreter.designation(engine.id)
    except (NoValueError, UnknownReachedError):
        return
    chosen = [_track(each.track) for each in status.chosen]
    if chosen != [each.name for each in engine.tracks if each.chosen]:
        yield f"{engine.id}: the tracks that count are {chosen}"
    for track in status.tracks:
        there = next(each for each in engine.tracks if each.name == _track(track.track))
        said = {each.path: each.verdict for each in there.requirements}
        for path, holds in track.requirements.items():
            if isinstance(holds, bool) and said[path] not in {*allowed, "met" if holds else "failed"}:
                yield f"{engine.id}, {path} on {there.name}: the engine says {said[path]}, the interpreter {holds}"


def _of_scores(interpreter: Interpreter, engine: Designation) -> Iterator[str]:
    scores = {each.name: each for each in interpreter.program.scores.values()}
    for shown in {each.call: each for track in engine.tracks for each in track.scores}.values():
        declared = scores[shown.name]
        for arguments in itertools.product(*(interpreter.values_of(each.type) for each in declared.parameters)):
            if shown.call == f"{shown.name}({', '.join(map(str, arguments))})" or not arguments:
                points = interpreter.part_points(declared.id, arguments)
                said = {each.name: each.points for each in shown.parts}
                if said != {name: _shown(value) for name, value in points.items()}:
                    yield f"{shown.call}: the engine says {said}, the interpreter {points}"
                if shown.total != _shown(sum(points.values())):
                    yield f"{shown.call}: the engine says {shown.total}, the interpreter {sum(points.values())}"


def _of_reports(interpreter: Interpreter, reports: Sequence[ReportedValue]) -> Iterator[str]:
    values = {interpreter.program.reports[id_].name: value for id_, value in interpreter.reports().items()}
    for shown in reports:
        value = values.get(shown.name)
        if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
            said = shown.value_exact
            scale = 100 if said is not None and said.unit == "%" else 1
            if said is None or Fraction(said.number) != value * scale:
                yield f"report {shown.name}: the engine says {shown.value}, the interpreter {value}"


def _shown(value: int | Fraction) -> str:
    """Six decimals at most; what has more is `about` so much, rounded half to even, and goes on until its last digit is
    not 0."""
    places = 6
    nearest = arithmetic.rounded(value, "half even", Fraction(1, 10**places))
    while nearest != value and int(nearest * 10**places) % 10 == 0:
        places += 1
        nearest = arithmetic.rounded(value, "half even", Fraction(1, 10**places))
    sign = "-" if nearest < 0 else ""
    digits = f"{abs(int(nearest * 10**places)):0{places + 1}d}"
    text = f"{sign}{int(digits[:-places]):,}.{digits[-places:]}".rstrip("0").rstrip(".")
    return text if nearest == value else f"about {text}"


def _track(track: object) -> str:
    return "" if track is None else str(track)


def _without_value(interpreter: Interpreter, program: model.Program) -> bool:
    """Whether some designation, requirement, report or part of a score needs a value that the facts do not allow."""
    lacking = len(interpreter.reports()) < len(program.reports)
    for id_ in program.designations:
        for track in interpreter.designation(id_).tracks:
            for each in track.requirements.values():
                if isinstance(each, UnknownReachedError):
                    raise each
                lacking |= isinstance(each, NoValueError)
    for declared in program.scores.values():  # the assessment shows all parts, those as well that decide nothing
        for arguments in itertools.product(*(interpreter.values_of(each.type) for each in declared.parameters)):
            try:
                interpreter.part_points(declared.id, arguments)
            except NoValueError:
                lacking = True
    chooser = interpreter.world.chooser
    return lacking or (isinstance(chooser, Completion) and bool(chooser.without))


def _reaches(program: model.Program, id_: str, verdict: str, award: str) -> bool:
    names = [tier.name for tier in program.designations[id_].tiers]
    return verdict in names and award in names and names.index(verdict) >= names.index(award)


def _said(interpreter: Interpreter, id_: str) -> str:
    return interpreter.designation(id_).verdict
