"""Small policies for the tests of this folder: a vocabulary, and what is built on it."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Diagnostic, Severity
from attain_compiler.model import program as model
from attain_compiler.pipeline import compile_policy
from attain_compiler.source import SourceFile

VOCABULARY = """\
policy p "P"

enum Track { enterprise, smb }
enum Association { cpor, dpor, csp }
entity Person
entity Tenant

record Certificate
  holder  Person
  earned  date
  expires date or never
  score   count? 0 to 1_000

record Usage
  tenant       Tenant
  track        Track
  association  Association
  month        month
  paid_seats   count
  active_users count
  billed       money USD
  trial        flag default no

record Membership one row
  anniversary date
  growth      percent
  length      duration

parameter seats for Track band of count
  enterprise more than 300
  smb        from 11 to 300

parameter associations for Track set of Association
  enterprise { cpor, dpor }
  smb        { cpor, csp }

measure adds(t Track) count
  count of Usage u where u.track is t

score capability(t Track) out of 100
  part first  up to 60 in proportion to adds(t) full at 10
  part second up to 40 4 points for each adds(t)

designation work
  best for t in Track by capability(t)
  require total capability(t) at least 70
  tier silver
    require people some Certificate c where c.earned is c.earned
  tier gold
    require people (count of Certificate c) at least 2
"""


def compiled(text: str, **modules: str) -> tuple[model.Program | None, tuple[Diagnostic, ...]]:
    """The outcome of a policy whose imports are `modules`, by name."""

    def load(_: str, module: str) -> SourceFile | None:
        return SourceFile(f"{module}.attain", modules[module]) if module in modules else None

    return compile_policy("p.attain", text, load)


def program(text: str, **modules: str) -> model.Program:
    """The program of a policy without mistakes."""
    result, diagnostics = compiled(text, **modules)
    assert result is not None, diagnostics
    return result


def body(
    expression: str, type_: str | None = None, parameters: str = "u Usage, c Certificate, t Track"
) -> model.Define:
    """A definition with this body, in the vocabulary above; a condition unless a type is given."""
    head = f"define it({parameters})" + (f" as {type_}" if type_ else "")
    return program(f"{VOCABULARY}\n{head}\n  {expression}\n").defines["p.it"]


def errors(text: str, **modules: str) -> list[str]:
    """The codes of the mistakes in a policy, in order."""
    return [each.code for each in compiled(text, **modules)[1] if each.severity is Severity.ERROR]


def errors_in(
    expression: str, type_: str | None = None, parameters: str = "u Usage, c Certificate, t Track"
) -> list[str]:
    """The codes of the mistakes in an expression."""
    head = f"define it({parameters})" + (f" as {type_}" if type_ else "")
    return errors(f"{VOCABULARY}\n{head}\n  {expression}\n")


def warnings(text: str, **modules: str) -> list[str]:
    """The codes of the doubts about a policy without mistakes, in order."""
    result, diagnostics = compiled(text, **modules)
    assert result is not None, diagnostics
    return [each.code for each in diagnostics]


def error(text: str, **modules: str) -> Diagnostic:
    """The one mistake in a policy."""
    (found,) = (each for each in compiled(text, **modules)[1] if each.severity is Severity.ERROR)
    return found


def marked(text: str, diagnostic: Diagnostic) -> str:
    """The text that a diagnostic of `p.attain` is about."""
    return text[diagnostic.span.start : diagnostic.span.end]
