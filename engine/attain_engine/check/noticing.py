"""Whether an example notices that a policy was broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from attain_compiler.model.program import Program
from attain_compiler.pipeline import understand_policy
from attain_compiler.source import SourceFile
from attain_compiler.syntax.again import Memory
from attain_engine.check.examples import passes
from attain_engine.check.mutate import Mutant
from attain_engine.check.tested import own_examples
from attain_engine.evaluate import EvaluationProblem

_SECONDS = 10
"""So long a plan that an example expects is sought in a policy that was broken: what then is not proved is noticed."""


@dataclass(frozen=True, slots=True)  # goes from one process to another
class Suite:
    """A policy with examples: its file, and by their names the files of all modules that it rests on."""

    path: str
    modules: Mapping[str, SourceFile]

    @property
    def paths(self) -> frozenset[str]:
        """The files that its examples look at."""
        return frozenset(each.path for each in self.modules.values())


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
    """Tries mutants against suites, in one process. What did not change is not read again."""

    def __init__(self, suites: Sequence[Suite]) -> None:
        self._suites = suites
        self._memory = Memory()

    def notices(self, mutant: Mutant) -> bool:
        """Whether the policy can no longer be read, or an example of it or of one that imports it fails."""
        return any(self._fails(each, mutant) for each in self._suites if mutant.path in each.paths)

    def _fails(self, suite: Suite, mutant: Mutant) -> bool:
        def file(source: SourceFile) -> SourceFile:
            if source.path != mutant.path:
                return source
            return SourceFile(source.path, mutant.applied_to(source.text))

        def load(_: str, module: str) -> SourceFile | None:
            return file(suite.modules[module]) if module in suite.modules else None

        main = next(each for each in suite.modules.values() if each.path == suite.path)
        understood = understand_policy(file(main), load, self._memory.parse)
        if not understood.complete:
            return True
        program = understood.program
        try:
            return not all(passes(program, each, _SECONDS) for each in own_examples(program))
        except EvaluationProblem:
            return True
