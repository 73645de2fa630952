"""A policy as a plan program: its changes as choices, what they do to rows and measures, and the goal to reach.

The rules of the policy stand as they are, over the rows and measures that the chosen changes leave: `x_then` takes the
place of the record x, so that one reading serves assessing and planning. Whether a change is possible, what it costs
and what it does is said of the facts as they are now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from attain_compiler.asp import changes as written
from attain_compiler.asp import then_rows
from attain_compiler.asp.designations import name_of_constant
from attain_compiler.asp.expressions import ExpressionCompiler
from attain_compiler.asp.from_model import Compiled, blocks_of, open_predicates, partly_derived, rules_of
from attain_compiler.asp.names import plain
from attain_compiler.asp.profile import Profile
from attain_compiler.asp.rules import (
    Aggregate,
    Atom,
    Block,
    Choice,
    Literal_,
    Minimize,
    Negation,
    Rule,
    RuleProgram,
    Statement,
    Symbol,
    Term,
    Variable,
    head_atom,
)
from attain_compiler.asp.units import NoRuleForm
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model

NOW = "_now"
SHOWN = (("done", 2), ("met", 1), ("award", 2))


@frozen
class Planned:
    """`rules` without the frame (choice and minimization) that is the same for all policies. `compiled` is the policy
    alone, over the rows as they are then; its `rules` are those of `rules`, so that facts for all of them are given.
    `possible` are the rules of changes alone, over the facts as they are. `money` is the unit of costs; `entities` are
    those whose identifiers a plan may change."""

    rules: RuleProgram
    compiled: Compiled
    possible: RuleProgram
    money: int
    entities: tuple[str, ...]


def plan_rules(
    program: model.Program,
    now: Profile,
    then: Profile,
    goals: Sequence[tuple[model.Designation, str | None]],
    changes: Sequence[model.Change],
) -> Planned:
    """The plan program that reaches the goals (designations, each at least at a tier). `now` is the profile of the
    facts, `then` that of the facts with whatever changes may add. Raises NoRuleForm where it would not be exact."""
    touched = written.touched(changes)
    compiled = rules_of(
        program,
        then,
        [designation for designation, _ in goals],
        changed=frozenset((*touched, *then.raised, *then_rows.raised_alone(program, touched))),
    )
    c = ExpressionCompiler(program, now)
    c.names = compiled.names
    money = written.money_unit(c, changes)
    writer = written.ChangeWriter(c, then, money)
    for change in changes:
        try:
            writer.write(change)
        except NoRuleForm as why:
            raise NoRuleForm(f"`{change.name}`: {why}") from why
    for each in (*compiled.outsides, *c.outsides):
        raise NoRuleForm(f"something comes from outside the rules, and cannot follow a plan: {each.reason}")
    entities = then_rows.entities(program, touched)
    after = [
        *then_rows.after(c, then, touched, frozenset(compiled.rules.open_predicates)),
        *then_rows.identifiers(c, touched, entities),
    ]
    renamed = {c.names.predicate(record): written.then(c, record) for record in (*touched, *entities)}
    policy = [_renamed(each, renamed) for each in compiled.rules.blocks]
    own = _apart(blocks_of(c), compiled.rules.blocks)
    first = [each for each in own if each.span in [change.span for change in changes]]
    rest = [replace(each, title=f"{each.title}, as the facts are now", span=None) for each in own if each not in first]
    blocks = (*first, *rest, *after, *policy, *(_goal(compiled, *each) for each in goals))
    shown = tuple(each for each in SHOWN if each[0] == "done" or each in compiled.rules.shown)
    rules = RuleProgram(compiled.rules.header, blocks, open_predicates(blocks), partly_derived(blocks), shown)
    alone = tuple(blocks_of(c))
    possible = RuleProgram((), alone, open_predicates(alone), partly_derived(alone), ())
    return Planned(rules, replace(compiled, rules=rules), possible, money, tuple(entities))


# ---------------------------------------------------------------- apart


_STANDING = ("holds", "common", "option", "tier", "reached")
"""What stands between a requirement and a designation that is met."""


def _goal(compiled: Compiled, designation: model.Designation, tier: str | None) -> Block:
    """That the designation is reached, whatever is open: by the rules of its standing, over the requirements that
    surely hold."""
    name = Symbol(name_of_constant(compiled.names, designation))
    dated = compiled.depends.takes_date(designation)
    suffix, on = ("_on", (Variable("Today"),)) if dated else ("", ())
    surely = {f"{each}{suffix}": f"{each}_surely" for each in _STANDING}
    track, path = Variable("Track"), Variable("R")

    def atom(predicate: str, *args: Term) -> Atom:
        return Atom(f"{predicate}{suffix}", (*on, name, *args))

    holds = atom("holds", track, path)
    rules: list[Statement] = [Rule(Atom("holds_surely", holds.arguments), (holds, Negation(atom("open", track, path))))]
    for block in compiled.rules.blocks:
        for each in block.statements:
            head = head_atom(each) if isinstance(each, Rule) else None
            if head is None or head.predicate not in surely or head.predicate == f"holds{suffix}":
                continue
            if name in head.arguments[: len(on) + 1]:
                rules.append(_statement(each, surely))
    last = Atom("common_surely", (*on, name, track))
    if tier is not None:
        last = Atom("reached_surely", (*on, name, track, Symbol(plain(tier))))
    today = (Atom("today", on),) if dated else ()
    rules += [
        Rule(Atom("goal", (name,)), (*today, atom("counts", track), last)),
        Rule(None, (Negation(Atom("goal", (name,))),)),
        Rule(None, (*today, atom("open", Variable("_"), Symbol("by")))),
        Rule(None, (*today, atom("open", Variable("_"), Symbol("tracks")))),
    ]
    if tier is None and designation.tiers:
        lowest = Symbol(plain(designation.tiers[0].name))
        rules[-4] = Rule(Atom("goal", (name,)), (*today, atom("counts", track), Atom(
            "reached_surely", (*on, name, track, lowest))))  # fmt: skip
    title = f"the goal: {designation.name}" + (f", {tier} or higher" if tier else "")
    return Block(title, None, ("what is not known is not relied on",), tuple(rules))


def _apart(own: Sequence[Block], policy: Sequence[Block]) -> list[Block]:
    """The blocks of what is said of the facts as they are, where the policy's rules say the same of other rows: what
    both have in the same rules stands once, the rest of the first gets names of its own."""
    ours, theirs = _by_predicate(own), _by_predicate(policy)
    same = {
        name for name, rules in ours.items() if theirs.get(name) == rules and all(not _body(each) for each in rules)
    }
    names = {name for name, _ in (ours.keys() & theirs.keys()) - same}
    taken = {name for name, _ in (*ours, *theirs)}
    mapping = {}
    for name in sorted(names):
        new = f"{name}{NOW}"
        while new in taken:
            new += "_"
        mapping[name] = new
    kept = []
    for block in own:
        statements = [each for each in block.statements if not (isinstance(each, Rule) and _signature(each) in same)]
        if statements:
            kept.append(_renamed(replace(block, statements=tuple(statements)), mapping))
    return kept


def _by_predicate(blocks: Sequence[Block]) -> dict[tuple[str, int], set[Statement]]:
    found: dict[tuple[str, int], set[Statement]] = {}
    for block in blocks:
        for each in block.statements:
            if isinstance(each, Rule) and (signature := _signature(each)) is not None:
                found.setdefault(signature, set()).add(each)
    return found


def _signature(rule: Rule) -> tuple[str, int] | None:
    head = head_atom(rule)
    return None if head is None else (head.predicate, len(head.arguments))


def _body(statement: Statement) -> tuple[Literal_, ...]:
    return statement.condition if isinstance(statement, Minimize) else statement.body


def _renamed(block: Block, names: Mapping[str, str]) -> Block:
    return replace(block, statements=tuple(_statement(each, names) for each in block.statements))


def _statement(each: Statement, names: Mapping[str, str]) -> Statement:
    if isinstance(each, Minimize):
        return replace(each, condition=tuple(_literal(one, names) for one in each.condition))
    head = each.head
    if isinstance(head, Choice):
        head = Choice(_atom(head.atom, names))
    elif head is not None:
        head = _atom(head, names)
    return Rule(head, tuple(_literal(one, names) for one in each.body))


def _literal(literal: Literal_, names: Mapping[str, str]) -> Literal_:
    match literal:
        case Atom():
            return _atom(literal, names)
        case Negation(atom=atom):
            return Negation(_atom(atom, names))
        case Aggregate(elements=elements):
            inner = tuple(replace(e, condition=tuple(_literal(one, names) for one in e.condition)) for e in elements)
            return replace(literal, elements=inner)
        case _:
            return literal


def _atom(atom: Atom, names: Mapping[str, str]) -> Atom:
    return replace(atom, predicate=names.get(atom.predicate, atom.predicate))
