"""Designations: which requirements fail, which tracks count, what is met and awarded.

`failed(D,Track,R)`, `counts(D,Track)`, `met(D)`, `award(D,Tier)`; the track of a designation without tracks is `none`.
Where the date is an argument (a designation that is asked about under `as of`) the same with `_on` and the date first.
"""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.asp import outside, predicates, rows, sums
from attain_compiler.asp.body import Body
from attain_compiler.asp.compiler import Compiler
from attain_compiler.asp.depends import Variant
from attain_compiler.asp.names import Names, plain
from attain_compiler.asp.rules import Atom, Comparison, Literal_, Negation, Rule, Symbol, Term, Text, Variable
from attain_compiler.asp.shapes import Scope
from attain_compiler.asp.units import NoRuleForm, compared
from attain_compiler.model import program as model


def requirements(designation: model.Designation) -> Iterator[model.Requirement]:
    """Every requirement, those of options and tiers included, in order."""
    yield from designation.requirements
    for option in designation.options:
        yield from option.requirements
    for tier in designation.tiers:
        yield from tier.requirements
        for option in tier.options:
            yield from option.requirements


def path_term(path: str) -> Term:
    """The path of a requirement: a name by itself, else quoted."""
    name = plain(path)
    return (
        Symbol(name)
        if name == path and path.isidentifier() and path not in ("not", "unknown", "by", "tracks")
        else Text(path)
    )


def name_of(c: Compiler, designation: model.Designation) -> Symbol:
    """The constant of a designation."""
    return Symbol(name_of_constant(c.names, designation))


def name_of_constant(names: Names, designation: model.Designation) -> str:
    """The constant of a designation: different from that of another module's of the same name."""
    return names.constant("designation", designation.name, designation.id)


class _Writer:
    """The rules of one designation."""

    def __init__(self, c: Compiler, designation: model.Designation) -> None:
        self.c = c
        self.designation = designation
        self.dated = c.depends.takes_date(designation)
        self.name = name_of(c, designation)
        self.track: Term = Variable("Track") if designation.tracks else Symbol("none")

    def atom(self, predicate: str, *args: Term, on: Term | None = None) -> Atom:
        if self.dated:
            return Atom(f"{predicate}_on", (on or Variable("On"), self.name, *args))
        return Atom(predicate, (self.name, *args))

    def start(self) -> tuple[Body, Scope]:
        """Each track of the designation where it is asked for."""
        body = Body()
        body.names.update({"Track": 1, "On": 1, "Other": 1})
        body.fact(self.atom("in_designation"))
        now = Variable("On") if self.dated else None
        scope = Scope({}, now)
        tracks = self.designation.tracks
        if tracks is not None:
            body.fact(self.atom("track", self.track))
            scope = scope.binding(tracks.binder.number, predicates.as_value(tracks.binder, self.track))
        return body, scope

    def tracks(self) -> None:
        tracks = self.designation.tracks
        if tracks is None:
            return
        body = Body()
        body.names.update({"Track": 1, "On": 1})
        body.fact(self.atom("in_designation"))
        now = Variable("On") if self.dated else None
        mark, there = self.c.mark(), body.mark()
        try:
            scope = rows.bind(self.c, tracks.binder, body, Scope({}, now))
            value = predicates.whole_term(tracks.binder, scope.values[tracks.binder.number])
        except NoRuleForm as why:
            self.c.back(mark)
            Body.back(there)
            domain = tracks.binder.domain
            assert domain is not None
            name = outside.of_designation(self.c, self.designation, "tracks", domain, self.dated, str(why))
            value = self.track
            body.fact(Atom(name, (Variable("On"), value) if self.dated else (value,)))
        opens = self.atom("open", Symbol("none"), Symbol("tracks"))
        self.c.derive(self.atom("track", value), body, opens)

    def requirement(self, requirement: model.Requirement) -> None:
        path = path_term(requirement.path)
        holds = self.atom("holds", self.track, path)
        opens = self.atom("open", self.track, path)
        mark = self.c.mark()
        try:
            for way in self.c.ways(requirement.condition):
                body, scope = self.start()
                way(body, scope)
                self.c.derive(holds, body, opens)
        except NoRuleForm:
            self.c.back(mark)
            body, scope = self.start()
            self.c.holds_or_outside(requirement.condition, body, scope, True, _fails)
            self.c.derive(holds, body, opens)
        self.rule(self.atom("failed", self.track, path), Negation(holds))

    def rule(self, head: Atom, *rest: Literal_) -> None:
        body, _ = self.start()
        self.c.rule(Rule(head, (*body.literals(), *rest)))

    def counting(self) -> None:
        """The tracks that count: those with the most, or all."""
        tracks = self.designation.tracks
        if tracks is None or tracks.by is None:
            self.rule(self.atom("counts", self.track))
            return
        c, by = self.c, tracks.by
        opens = self.atom("open", self.track, Symbol("by"))
        mark = c.mark()
        body, scope = self.start()
        other_track = Variable("Other")
        body.fact(self.atom("track", other_track))
        body.add(Comparison(other_track, "!=", self.track), cheap=True)
        others = scope.binding(tracks.binder.number, predicates.as_value(tracks.binder, other_track))
        if sums.compare(c, (sums.Side(by, others, 1), sums.Side(by, scope, -1)), ">", body):
            c.derive(self.atom("beaten", self.track), body, opens)
            self.rule(self.atom("counts", self.track), Negation(self.atom("beaten", self.track)))
            return
        try:
            body, scope = self.start()
            value = c.value(by, body, scope)
            shape = predicates.heads(c, self.atom("total").predicate, [
                predicates.Found((*self.atom("total").arguments, self.track), body, value)], opens)  # fmt: skip
            mine = tuple(Variable(each) for each in ("S", "N", "D")[-len(shape.ends) :])
            other = tuple(Variable(each) for each in ("S2", "N2", "D2")[-len(shape.ends) :])
            here, there = predicates.seen(shape, mine), predicates.seen(shape, other)
            c.rule(Rule(self.atom("beaten", self.track), (
                self.atom("total", self.track, *mine), self.atom("total", Variable("Other"), *other),
                compared(predicates.numeric(there), ">", predicates.numeric(here)))))  # fmt: skip
        except NoRuleForm as why:
            c.back(mark)
            self._beaten_outside(by, str(why))
        self.rule(self.atom("counts", self.track), Negation(self.atom("beaten", self.track)))

    def _beaten_outside(self, by: model.Expression, why: str) -> None:
        """Which tracks others surpass is worked out outside."""
        body, _ = self.start()
        name = outside.of_designation(self.c, self.designation, "beaten", by, self.dated, why)
        args = (Variable("On"), self.track) if self.dated else (self.track,)
        body.add(Atom(name, args))
        body.unknown(Atom(f"open_{name}", args))
        self.c.derive(self.atom("beaten", self.track), body, self.atom("open", self.track, Symbol("by")))

    def block(
        self, head: Atom, own: tuple[model.Requirement, ...], options: tuple[model.Option, ...], prefix: str
    ) -> None:
        """What holds when all requirements and one of the options do."""
        all_own = tuple(self.atom("holds", self.track, path_term(each.path)) for each in own)
        for option in options:
            name = path_term(prefix + option.name)
            parts = (self.atom("holds", self.track, path_term(each.path)) for each in option.requirements)
            self.rule(self.atom("option", self.track, name), *parts)
            self.rule(head, *all_own, self.atom("option", self.track, name))
        if not options:
            self.rule(head, *all_own)

    def standing(self) -> None:
        designation, track = self.designation, self.track
        common = self.atom("common", track)
        self.block(common, designation.requirements, designation.options, "")
        tiers = [Symbol(plain(each.name)) for each in designation.tiers]
        for index, tier in enumerate(designation.tiers):
            self.block(self.atom("tier", track, tiers[index]), tier.requirements, tier.options, f"{tier.name}.")
            for higher in tiers[index:]:
                self.c.rule(Rule(self.atom("reached", track, tiers[index]), (common, self.atom("tier", track, higher))))
            self.c.rule(Rule(self.atom("met", track), (self.atom("reached", track, tiers[index]),)))
            at_least = self.atom("at_least", tiers[index])
            self.c.rule(Rule(at_least, (self.atom("counts", track), self.atom("reached", track, tiers[index]))))
            above = [Negation(self.atom("at_least", each)) for each in tiers[index + 1 : index + 2]]
            self.c.rule(Rule(self.atom("award", tiers[index]), (at_least, *above)))
        if not designation.tiers:
            self.c.rule(Rule(self.atom("met", track), (common,)))
        self.c.rule(Rule(self.atom("met"), (self.atom("counts", track), self.atom("met", track))))

    def settling(self) -> None:
        """The verdict is not settled: something is open on a track on which no common requirement surely fails, or what
        its total is: then it may be the track that counts instead of another one, whether it is met or not."""
        any_track, path = Variable("Track"), Variable("R")
        opened = self.atom("open", any_track, path)
        for each in self.designation.requirements:
            failed = self.atom("failed", self.track, path_term(each.path))
            sure = Negation(self.atom("open", self.track, path_term(each.path)))
            self.c.rule(Rule(self.atom("ruled_out", self.track), (failed, sure)))
        self.c.rule(Rule(self.atom("unsettled"), (opened, Negation(self.atom("ruled_out", any_track)))))
        if self.designation.tracks is not None and self.designation.tracks.by is not None:
            self.c.rule(Rule(self.atom("unsettled"), (self.atom("open", any_track, Symbol("by")),)))

    def today(self) -> None:
        """What is said of the day of the assessment, without the date."""
        if not self.dated:
            return
        today, track, other = Variable("Today"), Variable("Track"), Variable("X")
        for predicate, args in (
            ("failed", (track, other)), ("counts", (track,)), ("met", ()), ("met", (track,)), ("award", (other,)),
            ("open", (track, other)), ("holds", (track, other)), ("unsettled", ()),
        ):  # fmt: skip
            inner = self.atom(predicate, *args, on=today)
            self.c.rule(Rule(Atom(predicate, (self.name, *args)), (Atom("today", (today,)), inner)))


def _fails() -> None:
    raise NoRuleForm("its value has no rule form")


def declare(c: Compiler, designation: model.Designation) -> None:
    """Compile a designation, once."""
    key = ("designation", designation.id)
    if c.known(key):
        return
    c.remember(key, True)
    c.block.append(designation.id)
    c.spans[designation.id] = designation.span
    try:
        writer = _Writer(c, designation)
        writer.tracks()
        for each in requirements(designation):
            writer.requirement(each)
        writer.counting()
        writer.standing()
        writer.settling()
        writer.today()
    finally:
        c.block.pop()


def ask(c: Compiler, designation: model.Designation) -> None:
    """Ask for a designation on the day of the assessment."""
    declare(c, designation)
    writer = _Writer(c, designation)
    body = (Atom("today", (Variable("Today"),)),) if writer.dated else ()
    c.rule(Rule(writer.atom("in_designation", on=Variable("Today")), body), designation.id)


def status(c: Compiler, expression: model.StatusIs, body: Body, scope: Scope, sign: bool) -> None:
    """Whether a designation has a status."""
    designation = c.program.designations[expression.designation]
    if expression.word == "undetermined":
        raise NoRuleForm("whether something is undetermined is asked of what is not known")
    if c.depends.variant(designation, scope.inside, scope.raw) != Variant():
        raise NoRuleForm("a designation is asked about inside a measure with exclusions of its own")
    declare(c, designation)
    writer = _Writer(c, designation)
    on = c.now(body, scope) if writer.dated else None
    asked = writer.atom("in_designation", on=on)
    c.demand("designation" + ("_on" if writer.dated else ""), asked.arguments, body, designation.id)
    tiers = [each.name for each in designation.tiers]
    track: Term | None = Symbol("none") if designation.tracks is None else None
    if expression.track is not None:
        track = c.term(expression.track, body, scope)

    def says(predicate: str, *args: Term, wanted: bool = sign) -> None:
        atom = writer.atom(predicate, *args, on=on)
        body.add(atom if wanted else Negation(atom), unsure=True)

    base = () if track is None else (track,)
    if expression.requirement is not None:
        path = path_term(expression.requirement)
        if track is None:
            own = Variable("Track")
            c.rule(Rule(writer.atom("some_track", path), (
                writer.atom("counts", own), writer.atom("holds", own, path))), designation.id)  # fmt: skip
            says("some_track", path)
        else:
            says("holds", track, path)
    elif expression.tier is None:
        says("met", *base)
    else:
        tier = Symbol(plain(expression.tier))
        index = tiers.index(expression.tier)
        if track is None or designation.tracks is None:
            says("award" if expression.word == "exactly" else "at_least", tier)
        elif expression.word != "exactly" or index + 1 == len(tiers):
            says("reached", track, tier)
        elif sign:
            says("reached", track, tier)
            says("reached", track, Symbol(plain(tiers[index + 1])), wanted=False)
        else:
            exactly = writer.atom("exactly", Variable("Track"), tier)
            c.rule(Rule(exactly, (
                writer.atom("reached", Variable("Track"), tier),
                Negation(writer.atom("reached", Variable("Track"), Symbol(plain(tiers[index + 1])))),
            )), designation.id)  # fmt: skip
            says("exactly", track, tier)
    if expression.requirement is None:
        body.unknown(writer.atom("unsettled", on=on))
        return
    asked_track = track or Variable("_")
    body.unknown(writer.atom("open", asked_track, path_term(expression.requirement), on=on))
    if track is None:
        body.unknown(writer.atom("open", Variable("_"), Symbol("by"), on=on))
    if designation.tracks is not None:
        body.unknown(writer.atom("open", Symbol("none"), Symbol("tracks"), on=on))
