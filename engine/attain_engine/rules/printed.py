"""A policy and an organisation as programs to read, and to run under plain clingo."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from attain_compiler.asp.facts import DoesNotFit
from attain_compiler.asp.from_model import Compiled, rules_of
from attain_compiler.asp.profile import EXPECTED
from attain_compiler.asp.relevant import Relevant
from attain_compiler.asp.render import atom_text, render_rules
from attain_compiler.asp.rules import Atom, Block, Rule, RuleProgram
from attain_compiler.model import program as model
from attain_engine.facts.model import Facts
from attain_engine.rules.decide import Kept, solved
from attain_engine.rules.facts_program import facts_program, profile_of
from attain_engine.rules.outside_facts import OutsideFacts

OWN_RULES = Atom("needs_rules_of_its_own")
"""A fact of those facts for which the rules printed without facts are not meant; with those there is no answer set."""


def printed(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str],
    part: str | None,
    *,
    any_facts: bool,
) -> str:
    """The rules (`part` is `rules`), the facts (`facts`) or both (None). With `any_facts`, the rules for all facts of
    the usual size, whatever these are.

    Raises what the evaluator raises where conditions come from outside."""
    compiled = rules_of(program, EXPECTED)
    usual = True
    try:
        atoms = _given(compiled, facts, on, readings)
    except DoesNotFit:
        usual = any_facts
        if not any_facts:
            compiled = rules_of(program, profile_of(program, facts))
        atoms = _given(compiled, facts, on, readings)
    texts = []
    if part != "facts":
        texts.append(render_rules(_guarded(compiled.rules) if usual else compiled.rules, program.files))
    if part != "rules":
        texts.append("\n".join(_facts(compiled, atoms, usual)) + "\n")
    return "\n".join(texts)


def _given(compiled: Compiled, facts: Facts, on: datetime.date, readings: Mapping[str, str]) -> tuple[Atom, ...]:
    given = tuple(facts_program(compiled, facts, on, readings))
    if not compiled.outsides:
        return given
    return solved(Kept(compiled, Relevant(compiled.rules)), given, OutsideFacts(compiled, facts, on, readings))[1]


def _guarded(rules: RuleProgram) -> RuleProgram:
    """Rules for facts of the usual size, with which others have no answer set."""
    guard = Block("facts of the usual size", None, (), (Rule(None, (OWN_RULES,)),))
    signature = (OWN_RULES.predicate, 0)
    return RuleProgram(
        rules.header,
        (*rules.blocks, guard),
        (*rules.open_predicates, signature),
        rules.partly_derived,
        rules.shown,
    )


def _facts(compiled: Compiled, atoms: Sequence[Atom], usual: bool) -> Iterator[str]:
    if not usual:
        yield "% These facts need rules of their own: print them with `--rules-only` and the same facts."
        yield f"{atom_text(OWN_RULES)}."
    columns = {
        compiled.names.predicate(record.id): ("row", *(field.name for field in record.fields))
        for record in compiled.source.records.values()
    }
    units = {
        compiled.names.predicate(record.id): [
            f"{field.name} in 1/{unit}"
            for field in record.fields
            if (unit := compiled.profile.column(record.id, field.name).unit) > 1
        ]
        for record in compiled.source.records.values()
    }
    before = ""
    for atom in atoms:
        if atom.predicate != before and atom.predicate in columns:
            yield ""
            yield "; ".join((f"% {atom.predicate}({', '.join(columns[atom.predicate])})", *units[atom.predicate]))
        elif atom.predicate != before:
            yield ""
        before = atom.predicate
        yield f"{atom_text(atom)}."
