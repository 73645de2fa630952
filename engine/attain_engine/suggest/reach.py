"""Which places of a policy the answer to a question rests on, and which of them no smaller question is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attain_compiler.model import program as model
from attain_compiler.source import Span
from attain_engine.check.coverage import Key
from attain_engine.compare.editions import mentioned
from attain_engine.suggest.facts import OpenFacts
from attain_engine.suggest.questions import Question, places


class Reach:
    """By each question the places that decide its answer."""

    def __init__(self, program: model.Program, keys: Iterable[Key], facts: OpenFacts) -> None:
        self._program = program
        self._facts = facts
        self.owners = self._owners(keys)
        """By each place the declaration that it is in."""
        self._places: dict[str, frozenset[Key]] = {}
        self._own: dict[str, frozenset[Key]] = {}

    def _owners(self, keys: Iterable[Key]) -> Mapping[Key, str]:
        found: dict[Key, str] = {}
        listed = places(self._program)
        for key in keys:
            path, start = key[1].path, key[1].start
            for identifier, (where, first, last) in listed.items():
                if where == path and first <= start < last:
                    found[key] = identifier
        return found

    def places(self, question: Question) -> frozenset[Key]:
        """The places that the answer to a question rests on. Of a designation, whose other requirements are worked out
        beside the one that is asked, or of a score with its parts, only those of this one: the answer does not tell of
        the others."""
        kind = kind_of(question)
        if kind not in self._places:
            below = {name for each in mentioned(question.body) for name in self._facts.reached(each)} - {question.owner}
            one = question.owner in self._program.designations or question.owner in self._program.scores
            span = self._span(question)
            self._places[kind] = frozenset(
                key
                for key, owner in self.owners.items()
                if owner in below
                or (owner == question.owner and (not one or span.start <= key[1].start < key[1].end <= span.end))
            )
        return self._places[kind]

    def own(self, question: Question, askable: frozenset[str]) -> frozenset[Key]:
        """Those of these places that are in the declaration which is asked, or in others on the way from there that
        nothing asks for by themselves (`askable` are those that something does)."""
        kind = kind_of(question)
        if kind not in self._own:
            others = askable - {question.owner}
            near = self._facts.reached_before(question.owner, others) - others
            self._own[kind] = frozenset(key for key in self.places(question) if self.owners[key] in near)
        return self._own[kind]

    def _span(self, question: Question) -> Span:
        """Where what a question asks stands."""
        designation = self._program.designations.get(question.owner)
        if designation is not None and designation.tracks is not None and question.body is question.asked:
            by = designation.tracks.by
            return designation.span if by is None else by.span
        return question.asked.span


def kind_of(question: Question) -> str:
    """What is asked, whatever the arguments are."""
    return f"{question.owner} {question.body.span.start}"
