"""What a policy means: resolved, typed and desugared, keyed by stable ids.

How it differs from `syntax.ast`: every name is bound (a declaration's id, or a variable's number); every expression has
its type; imports are merged into one program; `no`, `every`, `within`, `x from A to B`, `each part of`, comparisons of
dates, precedence and mixed surface forms are gone, spelled with the few forms below. All later stages, the formatter
and the editor aside, read this and nothing else.

Ids are `module.name` (`modern_work.capability`). A condition is an expression of type flag.
"""

from __future__ import annotations

from collections.abc import Mapping

from attain_compiler.frozen import frozen
from attain_compiler.model.program.changes import (
    Adds,
    Change,
    Cost,
    Effect,
    Pace,
    RaisesField,
    RaisesMeasure,
    Removes,
    Sets,
    Takes,
)
from attain_compiler.model.program.declared import (
    SHOWN,
    Declared,
    Notes,
    Policy,
    name_of,
    name_on,
)
from attain_compiler.model.program.designations import (
    Designation,
    Option,
    Requirement,
    Tier,
    Tracks,
)
from attain_compiler.model.program.examples import (
    Claim,
    Example,
    GivenRows,
    GivenValue,
    PlanExpected,
    PlannedStep,
)
from attain_compiler.model.program.expressions import (
    Aggregate,
    Allocation,
    And,
    Arithmetic,
    AsOf,
    AssessmentDate,
    AtLeast,
    Binder,
    Binding,
    Branch,
    Case,
    Clamped,
    Compare,
    Comparison,
    Constant,
    Contains,
    DatePart,
    DefineCall,
    Elapsed,
    Exists,
    Expression,
    Extreme,
    Fallback,
    FieldOf,
    InProportion,
    IsKnown,
    Lookup,
    MaximumOf,
    MeasureCall,
    Negative,
    NewEntity,
    Node,
    Not,
    Or,
    Range,
    ReadingValue,
    Repeated,
    Role,
    Rounded,
    ScoreCall,
    Selecting,
    SelfCall,
    SetOf,
    Share,
    Shift,
    SingleRow,
    StatusIs,
    Typed,
    Variable,
)
from attain_compiler.model.program.rules import (
    Define,
    Exclusion,
    Formal,
    Measure,
    Report,
    of_what_facts_name,
)
from attain_compiler.model.program.scores import (
    Gate,
    Part,
    Score,
)
from attain_compiler.model.program.tables import (
    Alternative,
    Entry,
    Reading,
    Table,
    Unpublished,
)
from attain_compiler.model.program.vocabulary import (
    Entity,
    Enum,
    EnumMember,
    Field,
    Record,
)
from attain_compiler.model.types import RecordType
from attain_compiler.source import SourceFile

__all__ = [
    "SHOWN",
    "Adds",
    "Aggregate",
    "Allocation",
    "Alternative",
    "And",
    "Arithmetic",
    "AsOf",
    "AssessmentDate",
    "AtLeast",
    "Binder",
    "Binding",
    "Branch",
    "Case",
    "Change",
    "Claim",
    "Clamped",
    "Compare",
    "Comparison",
    "Constant",
    "Contains",
    "Cost",
    "DatePart",
    "Declared",
    "Define",
    "DefineCall",
    "Designation",
    "Effect",
    "Elapsed",
    "Entity",
    "Entry",
    "Enum",
    "EnumMember",
    "Example",
    "Exclusion",
    "Exists",
    "Expression",
    "Extreme",
    "Fallback",
    "Field",
    "FieldOf",
    "Formal",
    "Gate",
    "GivenRows",
    "GivenValue",
    "InProportion",
    "IsKnown",
    "Lookup",
    "MaximumOf",
    "Measure",
    "MeasureCall",
    "Negative",
    "NewEntity",
    "Node",
    "Not",
    "Notes",
    "Option",
    "Or",
    "Pace",
    "Part",
    "PlanExpected",
    "PlannedStep",
    "Policy",
    "Program",
    "RaisesField",
    "RaisesMeasure",
    "Range",
    "Reading",
    "ReadingValue",
    "Record",
    "Removes",
    "Repeated",
    "Report",
    "Requirement",
    "Role",
    "Rounded",
    "Score",
    "ScoreCall",
    "Selecting",
    "SelfCall",
    "SetOf",
    "Sets",
    "Share",
    "Shift",
    "SingleRow",
    "StatusIs",
    "Table",
    "Takes",
    "Tier",
    "Tracks",
    "Typed",
    "Unpublished",
    "Variable",
    "name_of",
    "name_on",
    "of_what_facts_name",
]


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
