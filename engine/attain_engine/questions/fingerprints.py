"""Whether the policy and the facts are still those that a plan was made for."""

from __future__ import annotations

import hashlib

from attain_compiler.model.program import Program
from attain_engine.facts import Facts
from attain_engine.facts.write import write_facts_json


def policy_fingerprint(program: Program) -> str:
    """SHA-256 of the texts of the policy and of all that it imports, each with its name."""
    found = hashlib.sha256()
    for name, policy in sorted(program.policies.items()):
        text = program.files[policy.span.path].text
        found.update(f"{name}\0{len(text)}\0{text}\0".encode())
    amended = program.files.keys() - {policy.span.path for policy in program.policies.values()}
    for text in sorted(program.files[path].text for path in amended):
        found.update(f"amended\0{len(text)}\0{text}\0".encode())
    return found.hexdigest()


def facts_fingerprint(facts: Facts, program: Program) -> str:
    """SHA-256 of the facts, in whatever form they were given."""
    return hashlib.sha256(write_facts_json(facts, program).encode()).hexdigest()
