"""What a policy means: resolved, typed and desugared, keyed by stable ids.

How it differs from `syntax.ast`: every name is bound (a declaration's id, or a variable's number); every expression has
its type; imports are merged into one program; what can be said with the few forms below is spelled with them (`no`,
`every`, `within`, `x from A to B` and many more are gone). All later stages, the formatter and the editor aside, read
this and nothing else.

Ids are `module.name` (`modern_work.capability`). A condition is an expression of type flag.
"""

from __future__ import annotations

from collections.abc import Mapping

from attain_compiler.frozen import frozen
from attain_compiler.model.program.changes import *
from attain_compiler.model.program.declared import *
from attain_compiler.model.program.designations import *
from attain_compiler.model.program.examples import *
from attain_compiler.model.program.expressions import *
from attain_compiler.model.program.rules import *
from attain_compiler.model.program.scores import *
from attain_compiler.model.program.tables import *
from attain_compiler.model.program.vocabulary import *
from attain_compiler.model.types import RecordType
from attain_compiler.source import SourceFile


@frozen
class Program:
    """Everything of one policy and what it imports, in order of declaration, by id.

    `main` is the id of the policy the program was compiled from. `files` are its sources, by path. `imported` are the
    policies that it imports by names of its own, with these, and `prefixes` what the names of each policy that is seen
    only so begin with. `amended` says of declarations that stand for one of a policy that is amended which
    that is.
    """

    main: str
    files: Mapping[str, SourceFile]
    policies: Mapping[str, Policy]
    enums: Mapping[str, Enum]
    entities: Mapping[str, Entity]
    records: Mapping[str, Record]
    tables: Mapping[str, Table]
    readings: Mapping[str, Reading]
    defines: Mapping[str, Define]
    exclusions: Mapping[str, Exclusion]
    measures: Mapping[str, Measure]
    scores: Mapping[str, Score]
    designations: Mapping[str, Designation]
    changes: Mapping[str, Change]
    examples: Mapping[str, Example]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    imported: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    amended: tuple[tuple[str, str], ...] = ()

    def called(self, declared: Declared) -> str:
        """What a declaration is called in the policy that the program was compiled from."""
        return dict(self.prefixes).get(declared.id.partition(".")[0], "") + declared.name

    def exclusions_of(self, record: RecordType) -> tuple[Exclusion, ...]:
        return tuple(each for each in self.exclusions.values() if each.record == record.id)
