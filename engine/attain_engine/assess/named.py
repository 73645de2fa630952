"""`attain why NAME`: the worksheet of a designation, a tier, an option, a requirement, a score, a part, a measure, a
definition or a report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice, product
from typing import Any, Final, TypeAlias

from attain_compiler.model import program as model
from attain_compiler.model.types import EntityType, EnumType, Type
from attain_engine import show
from attain_engine.assess.assess import reckoned, shown_tracks
from attain_engine.assess.lines import Line, Worksheet
from attain_engine.assess.models import Verdict
from attain_engine.assess.titles import title_for
from attain_engine.assess.tracer import title_of
from attain_engine.assess.tracing import Tracing
from attain_engine.assess.verdicts import Verdicts
from attain_engine.evaluate import Evaluator
from attain_engine.evaluate.designations import DesignationResult, TrackResult, requirements_of
from attain_engine.facts.from_text import text_reader
from attain_engine.facts.model import Facts
from attain_engine.facts.problem import Refusal
from attain_engine.facts.slot import Slot
from attain_engine.open.conditions import conjunction

MOST_MEANT: Final = 20
"""A name may mean so many values; of more of them, one has to be picked."""
MOST_COMBINATIONS: Final = 200

_CALL: Final = re.compile(r"\s*([^\s()]+)\s*\(([^()]*)\)\s*")

Meant: TypeAlias = tuple[str, Callable[[], Line]]
"""A value that can be asked for, as it is called, and what makes its line."""


class NameProblem(Exception):
    """What was asked about cannot be told: the message says why and what to write."""


def explain_name(
    program: model.Program,
    facts: Facts,
    on: datetime.date,
    readings: Mapping[str, str] | None,
    wanted: str,
    *,
    every: bool = False,
) -> Worksheet:
    """The worksheet of what a name means: `total`, `gold.total`, `grant`, `grant:gold`, `capability(smb).advanced`,
    `net_adds(smb)`.

    Of a designation with tracks, and of its requirements, the track that reports show, unless one is named
    (`modern_work(smb).total`). With `every`, all rows are named. Raises NameProblem and EvaluationProblem.
    """
    evaluator, results, verdicts = reckoned(program, facts, on, readings)
    shown = shown_tracks(evaluator, results, verdicts)
    naming = _Naming(Tracing(evaluator, verdicts.of, every=every), results, verdicts, shown)
    return Worksheet(
        organisation=facts.organisation,
        policy=program.main,
        as_of=on,
        lines=tuple(naming.tracing.apart(make) for _, make in naming.meant(wanted)),
    )


def designation_lines(
    evaluator: Evaluator, results: Sequence[DesignationResult], verdicts: Verdicts, shown: Mapping[str, str]
) -> tuple[Line, ...]:
    """The lines of every designation; `shown` names the track to show, by the designation's id."""
    naming = _Naming(Tracing(evaluator, verdicts.of), results, verdicts, shown)
    return tuple(naming.designation(each, naming.shown(each)) for each in results)


class _Naming:
    def __init__(
        self,
        tracing: Tracing,
        results: Sequence[DesignationResult],
        verdicts: Verdicts,
        shown: Mapping[str, str],
    ) -> None:
        self.tracing = tracing
        self.evaluator = tracing.evaluator
        self.program = tracing.program
        self.context = tracing.evaluator.context
        self.results = results
        self.verdicts = verdicts
        self._shown = shown

    # ------------------------------------------------------------ names

    def meant(self, wanted: str) -> list[Meant]:
        """What a name means. Raises NameProblem where that is nothing, or too much."""
        known = [*self._known()]
        whole = _tight(wanted)
        policy, _, rest = whole.partition(".")
        found = [(name, make) for _, names, name, make in known if whole in names]
        found = found or [(name, make) for owner, names, name, make in known if owner == policy and rest in names]
        if not found and policy == self.program.main:  # what it imports may be called as its own
            found = [(name, make) for _, names, name, make in known if rest in names]
        found = found or list(self._called_with(wanted))
        if not found:
            raise NameProblem(self._nothing(wanted, [name for _, _, name, _ in known]))
        if len(found) > MOST_MEANT:
            some = ", ".join(f"`{each}`" for each, _ in found[:6])
            raise NameProblem(f"`{wanted}` has {len(found):,} values: ask for one of them, such as {some}")
        return found

    @staticmethod
    def _nothing(wanted: str, known: Sequence[str]) -> str:
        bare = list(dict.fromkeys(re.sub(r"\(.*?\)", "", each).rpartition(".")[2] for each in known))
        close = get_close_matches(wanted, list(dict.fromkeys([*known, *bare])), n=3)
        hint = f"did you mean {' or '.join(f'`{each}`' for each in close)}?" if close else ""
        records = "or of a row: RECORD:NUMBER or RECORD:FIELD=VALUE"
        hint = hint or f"write the name of a requirement, a tier, a score, a part, a measure or a definition, {records}"
        return f"nothing that the designations rest on is called `{wanted}`: {hint}"

    def _known(self) -> Iterator[tuple[str, frozenset[str], str, Callable[[], Line]]]:
        """Everything that can be asked for: the policy that declares it, what it may be called, how it is called in
        full, and its line."""
        for result in self.results:
            yield from ((_owner(result.designation), *each) for each in self._of_designation(result))
        asked = {each.designation.id for each in self.results}
        for key, result in list(self.context.calls.items()):
            if key[0] == "designation" and result.designation.id not in asked:  # of an imported policy
                whole = _tight(result.designation.name)
                for names, name, make in self._of_designation(result):
                    full = frozenset(each for each in names if each.startswith(whole))
                    yield _owner(result.designation), full, name, make
        for score in self.program.scores.values():
            for arguments in self._arguments(score, "total"):
                yield from ((_owner(score), *each) for each in self._of_score(score, arguments))
        for measure in self.program.measures.values():
            for arguments in self._arguments(measure, ""):
                call = show.call(measure, arguments)
                make = _later(self.tracing.measure, measure, arguments, self.context)
                yield _owner(measure), frozenset({measure.name, _tight(call)}), call, make
        for define in self.program.defines.values():
            for arguments in self._combinations(define):
                call = show.call(define, arguments)
                make = _later(self.tracing.define, define, arguments, self.context)
                yield _owner(define), frozenset({define.name, _tight(call)}), call, make
        for report in (each for each in self.program.reports.values() if model.SHOWN not in each.id):
            names = frozenset({report.name, _tight(report.name)})
            yield _owner(report), names, report.name, _later(self._report, report)

    def _called_with(self, wanted: str) -> Iterator[Meant]:
        """A measure or definition for arguments of any types, read as facts have them: `streak(ana, 2024-05)`."""
        shape = _CALL.fullmatch(wanted)
        written = [each.strip().strip('"') for each in shape[2].split(",")] if shape else []
        every: list[model.Measure | model.Define] = [*self.program.measures.values(), *self.program.defines.values()]
        for declared in every:
            if shape is None or shape[1] not in (declared.name, declared.id):
                continue
            if len(written) != len(declared.parameters):
                continue
            formals = zip(declared.parameters, written, strict=True)
            arguments = tuple(self._argument(formal.type, each) for formal, each in formals)
            if not any(isinstance(each, Refusal) for each in arguments):
                line = self.tracing.measure if isinstance(declared, model.Measure) else self.tracing.define
                yield show.call(declared, arguments), _later(line, declared, arguments, self.context)

    def _argument(self, type_: Type, written: str) -> Any:
        if not isinstance(type_, EnumType | EntityType):
            return text_reader(Slot("", type_), {})(written)
        members = {_tight(show.value(each, type_)): each for each in self._members(type_)}
        return members.get(_tight(written), Refusal("", ""))

    def _of_designation(self, result: DesignationResult) -> Iterator[tuple[frozenset[str], str, Callable[[], Line]]]:
        name = result.designation.name
        shown = self.shown(result)
        if shown is None:
            yield frozenset({_tight(name)}), name, _later(self.designation, result, None)
        for track in result.tracks:
            on = "" if track.track is None else f"({self._track_name(result, track)})"
            whole = model.name_on(name, self._track_name(result, track)) if on else name
            if track is shown:
                yield frozenset({_tight(name)}), whole, _later(self.designation, result, track)
            if on:
                yield frozenset({_tight(whole)}), whole, _later(self.designation, result, track, alone=True)
            for block, called, make in self._blocks_of(result, track, whole):
                of = {_tight(name), _tight(whole)} if track is shown else {_tight(whole)}
                yield frozenset({*(each for each in block if track is shown), *_called(of, block)}), called, make
            for requirement in requirements_of(result.designation):
                path = requirement.path
                bare = {path, path.rpartition(".")[2], f"{_tight(name)}.{path}"} if track is shown else set()
                names = frozenset({*bare, _tight(f"{path}{on}"), f"{_tight(whole)}.{path}"})
                make = _later(self.requirement, result, track, requirement)
                yield names, f"{whole}.{path}", make

    def _blocks_of(
        self, result: DesignationResult, track: TrackResult, whole: str
    ) -> Iterator[tuple[tuple[str, ...], str, Callable[[], Line]]]:
        """The tiers and options of a designation: by what names, how each is called in full, and its line."""
        designation = result.designation
        for option in designation.options:
            yield (option.name,), f"{whole}.{option.name}", _later(self._option, result, track, option)
        for number, tier in enumerate(designation.tiers):
            make = _later(self._asked_tier, result, track, number, f"{whole}:{tier.name}")
            yield (tier.name,), f"{whole}:{tier.name}", make
            for option in tier.options:
                path = f"{tier.name}.{option.name}"
                yield (option.name, path), f"{whole}.{path}", _later(self._option, result, track, option)

    def _of_score(
        self, score: model.Score, arguments: tuple[Any, ...]
    ) -> Iterator[tuple[frozenset[str], str, Callable[[], Line]]]:
        call = show.call(score, arguments)
        make = _later(self.tracing.score, score, arguments, self.context)
        yield frozenset({score.name, _tight(call)}), call, make
        for part in score.parts:
            names = frozenset({part.name, f"{score.name}.{part.name}", f"{_tight(call)}.{part.name}"})
            yield names, f"{call}.{part.name}", _later(self.tracing.part, score, part, arguments, self.context)

    def _arguments(self, declared: model.Score | model.Measure, word: str) -> Iterator[tuple[Any, ...]]:
        """The arguments for which it was worked out, or can be."""
        found: dict[tuple[Any, ...], None] = {}
        for key in list(self.context.calls):
            match key:
                case (str(identifier), tuple(arguments)) if identifier == declared.id and not word:
                    found[arguments] = None
                case ("total", identifier, tuple(arguments)) if identifier == declared.id and word:
                    found[arguments] = None
                case _:
                    pass
        yield from found or self._combinations(declared)

    def _combinations(self, declared: model.Score | model.Measure | model.Define) -> Iterator[tuple[Any, ...]]:
        if all(isinstance(each.type, EnumType | EntityType) for each in declared.parameters):
            values = (self._members(each.type) for each in declared.parameters)
            yield from islice(product(*values), MOST_COMBINATIONS)

    def _members(self, type_: Type) -> list[Any]:
        """The values of an enum; the identifiers of an entity that facts or policy name."""
        if isinstance(type_, EntityType):
            return [each for each, _ in self.evaluator.known_identifiers(type_.id)]
        return list(self.evaluator.members(type_))

    # ------------------------------------------------------------ designations

    def shown(self, result: DesignationResult) -> TrackResult | None:
        """The track that reports show; None where there is none."""
        name = self._shown.get(result.designation.id)
        named = [each for each in result.tracks if self._track_name(result, each) == name]
        return next(iter(named or result.tracks), None)

    def _track_name(self, result: DesignationResult, track: TrackResult) -> str:
        tracks = result.designation.tracks
        return "" if track.track is None or tracks is None else show.value(track.track, tracks.binder.type)

    def designation(self, result: DesignationResult, track: TrackResult | None, *, alone: bool = False) -> Line:
        """A designation on a track: its requirements, in its options and tiers. Its verdict is that of the track where
        this is asked for `alone`, and that of the whole where it only shows what this rests on."""
        designation = result.designation
        if track is None:
            return Line(
                kind="designation",
                text=designation.name,
                title=title_of(designation),
                verdict=self.verdicts.designation(result),
                note="there is no track that it could be judged on",
                quotation=self.tracing.quoted(designation),
            )
        name = self._track_name(result, track)
        tiers = tuple(
            self._tier(result, track, tier, met) for tier, met in zip(designation.tiers, track.tiers, strict=True)
        )
        award = self.verdicts.track_award(designation, track) if alone else self.verdicts.award(result)
        return Line(
            kind="designation",
            text=model.name_on(designation.name, name) if name else designation.name,
            title=title_of(designation),
            verdict=self.verdicts.of(track.met) if alone else self.verdicts.designation(result),
            note=f"tier {award}" if award else "",
            quotation=self.tracing.quoted(designation),
            lines=(*self._block(result, track, designation.requirements, designation.options), *tiers),
        )

    def _tier(self, result: DesignationResult, track: TrackResult, tier: model.Tier, met: Any) -> Line:
        return Line(
            kind="tier",
            text=tier.name,
            title=tier.title if tier.title != tier.name else "",
            verdict=self.verdicts.of(met),
            quotation=self.tracing.quoted(tier),
            lines=self._block(result, track, tier.requirements, tier.options),
        )

    def _asked_tier(self, result: DesignationResult, track: TrackResult, number: int, called: str) -> Line:
        """A tier by itself, as who asks for it means it: what every tier needs, and what it needs alone."""
        designation, tier = result.designation, result.designation.tiers[number]
        award = self.verdicts.award(result)
        own = self._tier(result, track, tier, conjunction((track.common, track.tiers[number])))
        common = self._block(result, track, designation.requirements, designation.options)
        other = award and award != tier.name and track is self.shown(result)
        note = f"the award is {award}" if other else ""
        return own.model_copy(update={"text": called, "note": note, "lines": (*common, *own.lines)})

    def _block(
        self,
        result: DesignationResult,
        track: TrackResult,
        requirements: Sequence[model.Requirement],
        options: Sequence[model.Option],
    ) -> tuple[Line, ...]:
        lines = [self.requirement(result, track, each) for each in requirements]
        lines += [self._option(result, track, each) for each in options]
        return tuple(lines)

    def _option(self, result: DesignationResult, track: TrackResult, option: model.Option) -> Line:
        inner = self._block(result, track, option.requirements, ())
        return Line(
            kind="option",
            text=option.name,
            title=option.title if option.title != option.name else "",
            verdict=_all_of([each.verdict for each in inner if each.verdict]),
            note="one option is enough",
            quotation=self.tracing.quoted(option),
            lines=inner,
        )

    def requirement(self, result: DesignationResult, track: TrackResult, requirement: model.Requirement) -> Line:
        """A requirement, with the lines of its condition."""
        arguments = () if track.track is None else (track.track,)
        return Line(
            kind="requirement",
            text=requirement.path,
            title=title_for(self.tracing.evaluator, requirement, arguments)
            if requirement.title != requirement.path
            else "",
            verdict=self.verdicts.requirement(track, requirement.path),
            quotation=self.tracing.quoted(requirement),
            lines=(self.tracing.line(requirement.condition, arguments, self.context),),
        )

    def _report(self, report: model.Report) -> Line:
        value = self.tracing.value(report.body, (), self.context)
        lines = tuple(self.tracing.below(report.body, (), self.context))
        return self.tracing.make("report", report.name, value, report.type, title=title_of(report), lines=lines)


def _all_of(verdicts: Sequence[Verdict]) -> Verdict:
    return "failed" if "failed" in verdicts else "undetermined" if "undetermined" in verdicts else "met"


def _tight(call: str) -> str:
    """How a call is compared: an identifier may be asked for in quotes, as policies write it, or without."""
    return re.sub(r"[\s\"]", "", call)


def _called(designations: set[str], names: tuple[str, ...]) -> Iterator[str]:
    """What tiers and options may be called with their designation: `grant:gold` as plans have it, or `grant.gold`."""
    yield from (f"{each}{mark}{name}" for each in designations for name in names for mark in ":.")


def _owner(declared: model.Declared) -> str:
    """The policy that declares something."""
    return declared.id.partition(".")[0]


def _later(make: Callable[..., Line], *arguments: Any, **named: Any) -> Callable[[], Line]:
    return lambda: make(*arguments, **named)
