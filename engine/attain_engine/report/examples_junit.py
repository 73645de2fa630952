"""Examples as JUnit XML: a suite for each policy file, a case for each example."""

from __future__ import annotations

from collections.abc import Iterable

from attain_compiler.diagnostics.render import Findings
from attain_compiler.diagnostics.render.concise import render_concise
from attain_compiler.diagnostics.render.junit import junit_suite
from attain_compiler.diagnostics.render.junit_document import Case, Failed, Suite, junit_document
from attain_engine.check.examples import ExampleResult
from attain_engine.check.tested import TestedPolicy, failures_of


def examples_junit(policies: Iterable[TestedPolicy], findings: Findings) -> str:
    """One JUnit document, in ASCII. A policy that could not be tested is a suite of its mistakes. `findings` are what
    else there is to say of the files: remarks are the output of their suite."""
    return junit_document("attain test", [_suite(each, findings) for each in policies])


def _suite(policy: TestedPolicy, findings: Findings) -> Suite:
    path = policy.policy.path
    if policy.mistakes:
        return junit_suite(path, policy.mistakes, findings)
    program = policy.policy.program
    name = program.main if program is not None else path
    remarks = tuple(each for each in findings.diagnostics if each.span.path == path and each.code != "example-failed")
    output = render_concise(Findings(remarks, findings.files))
    return Suite(path, tuple(_case(name, each, findings) for each in policy.results), output)


def _case(name: str, result: ExampleResult, findings: Findings) -> Case:
    failures = failures_of(result)
    failed = [
        Failed(each.code, failure.message, render_concise(Findings((each,), findings.files)))
        for each, failure in zip(failures, result.failures, strict=True)
    ]
    return Case(name, result.example.title, tuple(failed))
