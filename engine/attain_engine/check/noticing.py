"""Whether an example notices that a policy was broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from attain_compiler.model.program import Example, Program
from attain_compiler.pipeline import understand_policy
from attain_compiler.source import SourceFile
from attain_compiler.syntax.again import Memory
from attain_engine.check.examples import holds, plans_hold
from attain_engine.check.looked_at import looked_at
from attain_engine.check.mutate import Mutant
from attain_engine.check.tested import own_examples
from attain_engine.evaluate import EvaluationProblem

SECONDS = 10
"""So long a plan that an example expects is sought in a policy that was broken: what then is not proved is noticed."""


_BY_NAME = frozenset({"parameter", "define", "measure", "score", "designation", "change"})
"""The kinds of declarations that only what names them looks at."""


@dataclass(frozen=True, slots=True)  # goes from one process to another
class Suite:
    """A policy with examples: its file, and by their names the files of all modules that it rests on."""

    path: str
    modules: Mapping[str, SourceFile]

    @property
    def paths(self) -> frozenset[str]:
        """The files that its examples look at."""
        return frozenset(each.path for each in self.modules.values())

    @property
    def main(self) -> SourceFile:
        """The file of the policy itself."""
        return next(each for each in self.modules.values() if each.path == self.path)

    def load(self, _: str, module: str) -> SourceFile | None:
        """The file of a module that is imported."""
        return self.modules.get(module)


def suites(programs: Iterable[Program]) -> tuple[Suite, ...]:
    """The suites among some programs, those that rest on few files first: they are fast."""
    found: dict[str, Suite] = {}
    for program in programs:
        if own_examples(program):
            modules = {name: program.files[each.span.path] for name, each in program.policies.items()}
            path = program.policies[program.main].span.path
            found[path] = Suite(path, modules)
    return tuple(sorted(found.values(), key=lambda each: (len(each.modules), each.path)))


class Trial:
    """Tries mutants against suites, in one process. What did not change is not read again; suites and examples that
    noticed many are asked first, what they expect of plans last, and those that do not look at what is broken not at
    all. The search for a plan may take so many `seconds`; with 0 nothing that is expected of plans is looked at."""

    def __init__(self, suites: Sequence[Suite], seconds: int = SECONDS) -> None:
        self._suites = suites
        self._seconds = seconds
        self._memory = Memory()
        self._noticed: Counter[str] = Counter()
        self._noticing: Counter[tuple[str, str]] = Counter()
        self._looked: dict[str, Mapping[str, frozenset[str]]] = {}

    def notices(self, mutant: Mutant) -> bool:
        """Whether the policy can no longer be read, or an example of it or of one that imports it fails."""
        looking = [each for each in self._suites if mutant.path in each.paths]
        for suite in sorted(looking, key=lambda each: -self._noticing[mutant.path, each.path]):
            if self._fails(suite, mutant):
                self._noticing[mutant.path, suite.path] += 1
                return True
        return False

    def _fails(self, suite: Suite, mutant: Mutant) -> bool:
        def file(source: SourceFile) -> SourceFile:
            if source.path != mutant.path:
                return source
            return SourceFile(source.path, mutant.applied_to(source.text))

        def load(path: str, module: str) -> SourceFile | None:
            found = suite.load(path, module)
            return None if found is None else file(found)

        understood = understand_policy(file(suite.main), load, self._memory.parse)
        if not understood.complete:
            return True
        program = understood.program
        examples = sorted(own_examples(program), key=lambda each: -self._noticed[each.id])
        looking = self._looking(suite, mutant, examples)
        planned = [each for each in examples if each.plans and self._seconds]
        for each, held in (*((each, holds) for each in looking), *((each, self._plans_hold) for each in planned)):
            try:
                if held(program, each):
                    continue
            except EvaluationProblem:
                pass
            self._noticed[each.id] += 1
            return True
        return False

    def _looking(self, suite: Suite, mutant: Mutant, examples: Sequence[Example]) -> Sequence[Example]:
        """The examples that look at the declaration that is broken, where it is of a kind that is looked at by name."""
        kind, _, name = mutant.declaration.partition(" ")
        if kind not in _BY_NAME:
            return examples
        if suite.path not in self._looked:
            program = understand_policy(suite.main, suite.load, self._memory.parse).program
            self._looked[suite.path] = {each.id: looked_at(program, each) for each in own_examples(program)}
        looked = self._looked[suite.path]
        module = next(module for module, each in suite.modules.items() if each.path == mutant.path)
        return [each for each in examples if f"{module}.{name}" in looked[each.id]]

    def _plans_hold(self, program: Program, example: Example) -> bool:
        return plans_hold(program, example, self._seconds)
