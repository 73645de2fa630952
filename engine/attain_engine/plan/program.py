"""A policy and an organisation as a plan program: choice rules for the changes, their effects, what is to be least.

Plain clingo finds the plan that `attain plan` proves. What the program could not say exactly is refused before it is
printed: `NotPrinted` tells what, and why.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from attain_compiler.asp.calendar_facts import Calendar
from attain_compiler.asp.changes import MADE
from attain_compiler.asp.compiler import duration
from attain_compiler.asp.facts import DoesNotFit
from attain_compiler.asp.planning import Planned, plan_rules
from attain_compiler.asp.profile import Range
from attain_compiler.asp.program import LARGEST
from attain_compiler.asp.render import atom_text, render_rules
from attain_compiler.asp.rules import Atom, Number, Text
from attain_compiler.asp.then_rows import ELSEWHERE
from attain_compiler.asp.units import NoRuleForm
from attain_compiler.model import program as model
from attain_compiler.model.named import named_identifiers
from attain_compiler.model.types import Duration, EntityType
from attain_engine.evaluate import Evaluator, world_of
from attain_engine.evaluate.values import OPEN
from attain_engine.facts.model import UNKNOWN, Facts, Row
from attain_engine.open.conditions import Condition
from attain_engine.plan.candidates import Candidate, candidates, days_of, settled
from attain_engine.plan.effects import values_of
from attain_engine.plan.opened import added_row
from attain_engine.rules.facts_program import facts_of_profile, profile_of, range_of
from attain_engine.solve.answer_sets import answer_set, encoding, grounding

MOST_UNITS = 20_000
"""With more units to choose among, clingo would ground for long: every unit of every change has atoms of its own."""


GROUNDING_SECONDS = 20
"""So long clingo may take to ground a plan program that is printed. Each value of a number that is worked with further
has rules of its own; of many changes with many different amounts there are more than can be written down."""


PAPER = (
    "A plan on paper: every step is begun on the assessment date, and the goal is judged on that date. `attain plan`",
    "judges it on the day the plan is ready, and may let a step begin later.",
)
"""What a plan program does not say of time."""


class NotPrinted(Exception):
    """There is no plan program that would be exact: the message says why, for the user."""


def plan_program(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    goals: Sequence[tuple[model.Designation, str | None]],
    part: str | None,
) -> str:
    """The rules (`part` is `rules`), the facts (`facts`) or both (None). Raises NotPrinted, and EvaluationProblem where
    the policy has no answer for these facts."""
    if any(each.paces for each in program.changes.values()):
        raise NotPrinted("how much is begun in a month, or at a time, is a matter of when it is begun")
    evaluator = Evaluator(program, world_of(program, facts), on, readings)
    untold: list[Condition] = []
    found = list(candidates(evaluator, tuple(program.changes.values()), untold))
    changes = tuple(dict.fromkeys(each.change for each in found))
    if untold:
        raise NotPrinted("whether a change is possible rests on something that is not known")
    units = sum(each.most for each in found)
    if units > MOST_UNITS:
        raise NotPrinted(
            f"the changes come in {units:,} units, more than {MOST_UNITS:,}: their amounts are "
            "too fine; let a change come in larger units"
        )
    possible = _with_everything(evaluator, facts, found)
    profile = profile_of(program, possible, alone=True)
    then = replace(
        profile,
        rows=_most_rows(facts, found),
        raised=_raised(evaluator, changes, found),
        several=_several(evaluator, found),
    )
    try:
        planned = plan_rules(program, profile_of(program, facts, alone=True), then, goals, changes)
        atoms = tuple(_facts(planned, evaluator, facts, possible, on, readings, found))
    except (NoRuleForm, DoesNotFit) as why:
        raise NotPrinted(str(why)) from why
    _check_costs(planned, found)
    _check_changes(planned, found, atoms)
    rules = _rules_text(planned, facts)
    given = "\n".join(f"{atom_text(each)}." for each in atoms) + "\n"
    _check_grounding(rules, given)
    return {"rules": rules, "facts": given}.get(part or "", f"{rules}\n{given}")


def _rules_text(planned: Planned, facts: Facts) -> str:
    """The rules as they are printed, with what they do not say in the lines above them."""
    missing = _not_known(planned, facts)
    shown = replace(planned.rules, header=(*planned.rules.header, *PAPER))
    if missing:
        notes = (
            f"Not known, and not relied on: {', '.join(missing)}. If the plan rests on it, `attain plan` may",
            "find a cheaper one that does whatever it turns out to be.",
        )
        shown = replace(shown, header=(*shown.header, *notes))
    return f"{render_rules(shown, planned.compiled.source.files)}\n{encoding('changes')}"


def _check_grounding(rules: str, given: str) -> None:
    """Plain clingo grounds the program in reasonable time. Raises NotPrinted."""
    match grounding(f"{rules}\n{given}", GROUNDING_SECONDS):
        case "too long":
            raise NotPrinted(
                f"clingo would ground it for longer than {GROUNDING_SECONDS} s: a number that changes alter, and that "
                "is worked with further, can come to too many values; changes in larger units would have fewer"
            )
        case "too large":
            raise NotPrinted(
                f"the possible values of a number add up to more than the {LARGEST:,} of the solver; changes in larger "
                "units would have fewer"
            )
        case _:
            pass


# ---------------------------------------------------------------- what may come to be


def _with_everything(evaluator: Evaluator, facts: Facts, found: Sequence[Candidate]) -> Facts:
    """The facts with every row that may be added, and beside each row that may change what it may change to: no plan
    leaves more rows, other values or larger sums."""
    tables: dict[str, list[Row]] = {record: list(rows) for record, rows in facts.tables.items()}
    raised: dict[tuple[Row, str], list[tuple[Fraction, int]]] = {}
    for candidate in found:
        for effect in candidate.change.effects:
            match effect:
                case model.Adds(record=record):
                    rows = tables.setdefault(record, [])
                    for unit in range(1, candidate.most + 1):
                        rows.append(added_row(evaluator, effect, candidate, unit, candidate.arguments))
                case model.Sets(row=row, field=field, value=value):
                    this = candidate.arguments[row.number]
                    tables[this.record].append(_with(this, field, evaluator.found(value, candidate.arguments)))
                case model.RaisesField(row=row, field=field, by=by):
                    this = candidate.arguments[row.number]
                    more = settled(evaluator, candidate.change, by, candidate.arguments)
                    raised.setdefault((this, field), []).append((more, candidate.most))
                case _:
                    pass
    for (changed, name), amounts in raised.items():
        before: Any = changed.values[name]
        if before is not UNKNOWN:
            all_of_it = [each * most for each, most in amounts]
            ends = (sum(each for each in all_of_it if each > 0), sum(each for each in all_of_it if each < 0))
            for more in (*ends, *(each for each, _ in amounts)):  # of one unit: between the ends are finer steps
                tables[changed.record].append(_with(changed, name, before + more))
    if any(isinstance(value, OPEN) for rows in tables.values() for row in rows for value in row.values.values()):
        raise NotPrinted("what a change does rests on something that is not known")
    return replace(facts, tables={record: tuple(rows) for record, rows in tables.items()})


def _with(row: Row, field: str, value: Any) -> Row:
    return Row(row.record, {**row.values, field: value}, row.origin)


def _most_rows(facts: Facts, found: Sequence[Candidate]) -> dict[str, int]:
    """How many rows a record has at the most: those that are there, and those that may be added."""
    rows = {record: len(each) for record, each in facts.tables.items()}
    for candidate in found:
        for effect in candidate.change.effects:
            if isinstance(effect, model.Adds):
                rows[effect.record] = rows.get(effect.record, 0) + candidate.most
    return rows


def _raised(evaluator: Evaluator, changes: Sequence[model.Change], found: Sequence[Candidate]) -> dict[str, Range]:
    """What may be added to each measure, for any arguments."""
    effects = [each for change in changes for each in change.effects if isinstance(each, model.RaisesMeasure)]
    amounts: dict[str, list[Any]] = {each.measure: [] for each in effects}
    for candidate in found:
        for effect in candidate.change.effects:
            if isinstance(effect, model.RaisesMeasure):
                by = settled(evaluator, candidate.change, effect.by, candidate.arguments)
                amounts[effect.measure] += [by, by * candidate.most]
    ranges = {measure: range_of(values) for measure, values in amounts.items()}
    if not all(each.fits for each in ranges.values()):
        raise NotPrinted("what a change adds to a measure is too large, or too fine")
    return ranges


def _several(evaluator: Evaluator, found: Sequence[Candidate]) -> frozenset[str]:
    """The measures and fields of which more than one change may raise the same one."""
    raised: Counter[tuple[str, object]] = Counter()
    for candidate in found:
        for effect in candidate.change.effects:
            match effect:
                case model.RaisesField(row=row, field=field):
                    this = candidate.arguments[row.number]
                    raised[f"{this.record}.{field}", id(this)] += 1
                case model.RaisesMeasure(measure=measure, arguments=arguments):
                    raised[measure, tuple(evaluator.found(each, candidate.arguments) for each in arguments)] += 1
                case _:
                    pass
    return frozenset(name for (name, _), times in raised.items() if times > 1)


# ---------------------------------------------------------------- facts


def _facts(
    planned: Planned,
    evaluator: Evaluator,
    facts: Facts,
    possible: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    found: Sequence[Candidate],
) -> Iterator[Atom]:
    program = evaluator.program
    conditions = [each.condition for each in program.changes.values() if each.condition is not None]
    values = [value for change in program.changes.values() for value in _expressions(change)]

    def more(calendar: Calendar) -> None:
        for each in (*conditions, *values):
            calendar.condition(each)

    yield from facts_of_profile(planned.compiled, facts, possible, on, readings, more)
    named = named_identifiers(program)
    for entity in planned.entities:
        others: dict[Any, None] = dict.fromkeys(named[entity])
        for target, arguments in facts.values:
            declared = program.measures.get(target) or program.defines.get(target)
            if declared is not None:
                for formal, argument in zip(declared.parameters, arguments, strict=True):
                    if formal.type == EntityType(entity):
                        others[argument] = None
        predicate = planned.compiled.names.predicate(entity, ELSEWHERE)
        yield from (Atom(predicate, (Text(each),)) for each in others)
    lengths: dict[Duration, None] = {}
    for candidate in found:
        for takes in candidate.change.takes:
            lengths[settled(evaluator, candidate.change, takes.duration, candidate.arguments)] = None
    for each in lengths:
        yield Atom("length", (duration(each.months, each.days), Number(days_of(each, on))))


def _expressions(change: model.Change) -> Iterator[model.Expression]:
    yield from (each for each in (change.low, change.high, change.limit) if each is not None)
    yield from (each.amount for each in change.costs)
    yield from (each.duration for each in change.takes)
    yield from values_of(change)


# ---------------------------------------------------------------- what is refused


def _not_known(planned: Planned, facts: Facts) -> list[str]:
    """What the rules read and the facts do not say: tables that were not given, fields with a missing value."""
    program, names = planned.compiled.source, planned.compiled.names
    used = {name for name, _ in planned.rules.open_predicates}
    found = []
    for record in program.records.values():
        if names.predicate(record.id) not in used:
            continue
        if record.id not in facts.tables and not facts.closed:
            found.append(record.name)
        for field in record.fields:
            if any(row.values[field.name] is UNKNOWN for row in facts.tables.get(record.id, ())):
                found.append(f"{record.name}.{field.name}")
    return found


def _check_costs(planned: Planned, found: Sequence[Candidate]) -> None:
    """All costs together, and all days, fit the solver's numbers."""
    total = sum((each.cost_once + each.cost_each * each.most for each in found), Fraction(0)) * planned.money
    if total > LARGEST:
        raise NotPrinted(f"the changes cost {int(total):,} units together, more than the {LARGEST:,} of the solver")


def _check_changes(planned: Planned, found: Sequence[Candidate], atoms: Sequence[Atom]) -> None:
    """The rules must offer just the changes that `attain plan` does, each for what it costs there: else nothing is
    printed."""
    text = render_rules(planned.possible, {}, comments=False) + "\n#defined done/2. #defined unit/2. #defined change/3."
    derived, _ = answer_set(f"{text}\n" + "\n".join(f"{atom_text(each)}." for each in atoms))
    if any(each.predicate == MADE for each in derived):
        raise NotPrinted("whether a change is possible, or what it costs, rests on something that is not known")
    made = [each for each in derived if each.predicate == "change"]
    units = [most.value for each in made if isinstance(most := each.arguments[2], Number) and most.value >= 1]
    if sorted(units) != sorted(each.most for each in found):
        raise NotPrinted(
            "its rules offer other changes than are possible: this is a mistake in Attain, please report it"
        )
    once = sum(_value(each) for each in derived if each.predicate == "cost" and _can(each, made))
    each_ = sum(_value(each) for each in derived if each.predicate == "cost_each" and _can(each, made))
    wanted = (sum(each.cost_once for each in found), sum(each.cost_each for each in found))
    if (once, each_) != tuple(each * planned.money for each in wanted):
        raise NotPrinted("its rules tell other costs than `attain plan`: this is a mistake in Attain, please report it")


def _can(cost: Atom, made: Sequence[Atom]) -> bool:
    most = next((each.arguments[2] for each in made if each.arguments[0] == cost.arguments[0]), Number(0))
    return isinstance(most, Number) and most.value >= 1


def _value(atom: Atom) -> int:
    value = atom.arguments[-1]
    assert isinstance(value, Number)
    return value.value
