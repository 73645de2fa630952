"""What an undetermined verdict rests on, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attain_compiler.model import program as model
from attain_engine import show
from attain_engine.evaluate.values import Unknown
from attain_engine.facts.model import Row
from attain_engine.open.conditions import Amount, AmountAtLeast, Atom, Condition, Formula, subformulas
from attain_engine.open.quantities import Linear


def undecided(program: model.Program, *conditions: Condition) -> tuple[str, ...]:
    """The facts that would decide the conditions, each once."""
    found: dict[str, None] = {}
    for formula in subformulas(conditions):
        match formula:
            case Atom(kind="unknown", name=name):
                found.update(dict.fromkeys(_causes(program, name)))
            case AmountAtLeast(amount=amount):
                if amount.kind == "unknown":
                    found.update(dict.fromkeys(_causes(program, amount.name)))
            case _:
                pass
    return tuple(found)


def open_in_words(program: model.Program, formula: Formula) -> str:
    """What is open in a formula that nothing below it settles: what it asks, and of which numbers or facts."""
    name = formula.name if isinstance(formula, Atom) else formula.amount.name  # type: ignore[attr-defined]
    about = dict.fromkeys(_subjects(program, name))
    of_one = isinstance(formula, AmountAtLeast) and formula.amount.name[0] != "sum"
    asked = f"at least {show.number(formula.least)}: " if of_one else "a bound on "  # type: ignore[attr-defined]
    return f"open: {asked}{', '.join(about) or 'a fact that is not known'}"


def _subjects(program: model.Program, name: Any) -> Iterator[str]:
    match name:
        case ("measure", str() as measure, tuple() as arguments, str(), *_):
            yield show.call(program.measures[measure], arguments)
        case ("field", Row() as row, str() as field):
            yield f"{field} of {row.origin.name if row.origin is not None else _name(row.record)}"
        case ("unpublished" | "no entry", str() as table, *_):
            yield _name(table)
        case ("rows", str() as record, *_):
            yield f"the rows of {_name(record)}"
        case Formula():
            for each in subformulas((name,)):
                if isinstance(each, Atom):
                    yield from _subjects(program, each.name)
                elif isinstance(each, AmountAtLeast):
                    yield from _subjects(program, each.amount.name)
        case Amount() | Unknown():
            yield from _subjects(program, name.name)
        case tuple() | frozenset():
            for each in sorted(name, key=repr) if isinstance(name, frozenset) else name:
                yield from _subjects(program, each)
        case _:
            return


def _causes(program: model.Program, name: Any) -> Iterator[str]:
    match name:
        case ("field", Row() as row, str() as field):
            place = row.origin.name if row.origin is not None else row.record
            yield f"`{field}` of {place} is missing"
        case ("measure", str() as measure, tuple() as arguments, str() as record, *_):
            call = show.call(program.measures[measure], arguments)
            yield f"`{call}` is not known: no `{_name(record)}` rows were given (or set its value)"
        case ("unpublished", str() as table, tuple() as keys, str() as reason, _):
            shown = ", ".join(
                show.value(key, type_) for key, type_ in zip(keys, program.tables[table].keys, strict=True)
            )
            yield f"`{_name(table)}{f'({shown})' if shown else ''}` has no value: {reason}"
        case ("no entry", str() as table, tuple() as keys, _):
            yield from _causes(program, keys)
            yield f"`{_name(table)}` has no entry for some of what it is asked for"
        case ("rows", str() as record, *_):
            yield f"no `{_name(record)}` rows were given"
        case ("no answer", str() as message, tuple() as rows, *_):
            named = ", ".join(each.origin.name for each in rows if each.origin is not None)
            yield f"{message}{f' ({named})' if named else ''}"
        case ("part", str() as score, str() as part, tuple(), str() as record, *_):
            yield f"`{_name(score)}.{part}` is not known: no `{_name(record)}` rows were given"
        case Formula():
            yield from undecided(program, name)
        case Amount():
            yield from _causes(program, name.name)
        case Unknown():
            yield from _causes(program, name.name)
        case Linear():
            yield from _causes(program, (*name.terms, *name.amounts))
        case tuple() | frozenset():
            for each in name:
                yield from _causes(program, each)
        case _:
            return


def _name(identifier: str) -> str:
    return identifier.rpartition(".")[2]
