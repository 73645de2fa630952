"""The examples of a policy file, run: what `attain test` and the plugin of pytest report."""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_engine.check.examples import ExampleResult, run_example
from attain_engine.policies import ReadPolicy


@frozen
class TestedPolicy:
    """A policy file and its own examples, each with how it went. Those of imported policies are tested with their own
    file. `mistakes` are what keeps the policy from being tested."""

    __test__ = False  # what pytest looks for in names that begin with Test

    policy: ReadPolicy
    mistakes: tuple[Diagnostic, ...]
    results: tuple[ExampleResult, ...]

    @property
    def failures(self) -> tuple[Diagnostic, ...]:
        """What failed, as diagnostics."""
        return tuple(each for result in self.results for each in failures_of(result))


def tested(policy: ReadPolicy) -> TestedPolicy:
    """Run the examples of a policy that was read."""
    mistakes = tuple(each for each in policy.diagnostics if each.severity is Severity.ERROR)
    if policy.program is None or mistakes:
        return TestedPolicy(policy, mistakes, ())
    program = policy.program
    return TestedPolicy(policy, (), tuple(run_example(program, each) for each in own_examples(program)))


def own_examples(program: model.Program) -> tuple[model.Example, ...]:
    """The examples that stand in the main policy's file."""
    return tuple(each for each in program.examples.values() if _is_own(program, each.id))


def without_examples(policies: Sequence[TestedPolicy]) -> tuple[Diagnostic, ...]:
    """Remarks on the policies that decide something and that no example of those tested looks at, be it in their own
    file or in one that imports them."""
    looked_at = {
        module
        for each in policies
        if each.results and each.policy.program is not None
        for module in each.policy.program.policies
    }
    found: list[Diagnostic] = []
    for each in policies:
        program = each.policy.program
        if program is None or each.mistakes or program.main in looked_at:
            continue
        header = program.policies[program.main]
        if not header.is_library and decides(program):
            message = f"no example looks at the policy `{program.main}`"
            advice = "add an `example` for each threshold: one at it, and one just beside it"
            found.append(Diagnostic("no-examples", message, header.span, help=advice, severity=Severity.NOTE))
    return tuple(found)


def decides(program: model.Program) -> bool:
    """Whether the main policy itself declares what an example could look at."""
    declared = (program.defines, program.exclusions, program.measures, program.scores, program.designations)
    return any(_is_own(program, identifier) for each in declared for identifier in each)


def failures_of(result: ExampleResult) -> tuple[Diagnostic, ...]:
    """What failed in one example."""
    title = result.example.title
    return tuple(
        Diagnostic("example-failed", f"example `{title}`: {failure.message}", failure.span)
        for failure in result.failures
    )


def _is_own(program: model.Program, identifier: str) -> bool:
    return identifier.partition(".")[0] == program.main
