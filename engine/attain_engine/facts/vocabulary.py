"""The names that facts use for what a policy declares: its records, enum values, and measures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Define, Enum, Measure, Program, Record
from attain_compiler.model.types import EnumValue, RecordType


@frozen
class Spellings:
    """How the values of an enum may be written: by name, title or `aka` text. `doubtful` are texts that two values
    share, with their names; a name always means its own value."""

    enum: Enum
    values: Mapping[str, EnumValue]
    doubtful: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.constant.name for member in self.enum.members)


@frozen
class Vocabulary:
    """The names of one program.

    A name that several policies of the program declare is replaced by ids (`modern_work.Usage`); an id may always be
    written, and so may what the policy calls something that it imports (`p.Usage`). `names` has what each record,
    measure and define is called, by its id. `targets` are the measures and defines that may be given straight (those
    that take no row), `other_targets` the names of everything that has a value and may not, with the reason and what to
    do.
    """

    program: Program
    names: Mapping[str, str]
    records: Mapping[str, Record]
    spellings: Mapping[str, Spellings]
    targets: Mapping[str, Measure | Define]
    other_targets: Mapping[str, tuple[str, str]]

    def record(self, written: str) -> Record | None:
        """The record that a table is called after."""
        found = self.records.get(written) or self.program.records.get(written)
        return found or next((each for each in self.records.values() if self._is_called(each, written)), None)

    def target(self, written: str) -> Measure | Define | None:
        """The measure or define that is called so and may be given."""
        named = (each for each in self.targets.values() if each.id == written or self._is_called(each, written))
        return self.targets.get(written) or next(named, None)

    def _is_called(self, declared: Record | Measure | Define, written: str) -> bool:
        """Whether the policy, which imports a declaration, calls it so; a name alone may mean several."""
        return "." in written and self.program.called(declared) == written


def vocabulary_of(program: Program) -> Vocabulary:
    targets: dict[str, Measure | Define] = {}
    others: dict[str, tuple[str, str]] = {}
    declared: list[Measure | Define] = [*program.measures.values(), *program.defines.values()]
    for target in declared:
        if any(isinstance(parameter.type, RecordType) for parameter in target.parameters):
            others[target.name] = ("it is about a row of the facts", "give the row itself")
        else:
            targets[target.id] = target
    for score in program.scores.values():
        others[score.name] = ("it is a score", "give the measures that it is worked out from")
    for designation in program.designations.values():
        others[designation.name] = ("it is a designation", "give the measures that it is worked out from")
    for table in program.tables.values():
        others[table.name] = ("it is a parameter", "a parameter is set by the policy, not by the facts")
    record_names, target_names = names_of(program.records), names_of(targets)
    return Vocabulary(
        program,
        {**record_names, **target_names},
        {record_names[each.id]: each for each in program.records.values()},
        {enum.id: spellings_of(enum) for enum in program.enums.values()},
        {target_names[each.id]: each for each in targets.values()},
        others,
    )


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """What each declaration is called: the last part of its id, or all of it where two have the same last part."""
    ids = tuple(ids)
    counts = Counter(each.rpartition(".")[2] for each in ids)
    return {each: name if counts[name := each.rpartition(".")[2]] == 1 else each for each in ids}


def spellings_of(enum: Enum) -> Spellings:
    values: dict[str, EnumValue] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    names = {member.constant.name for member in enum.members}
    for member in enum.members:
        values[member.constant.name] = member.constant
    for member in enum.members:
        for text in (member.title, *member.synonyms):
            spelling = normal(text).strip()
            if spelling in names or not spelling:
                continue
            known = values.get(spelling)
            if spelling in doubtful:
                doubtful[spelling] = (*doubtful[spelling], member.constant.name)
            elif known is not None and known != member.constant:
                doubtful[spelling] = (known.name, member.constant.name)
                del values[spelling]
            else:
                values[spelling] = member.constant
    return Spellings(enum, values, doubtful)


def normal(text: str) -> str:
    """A text in Unicode's composed form: an accent typed as its own character makes no other name."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def snake_case(name: str) -> str:
    """`CertificateHolder` as `certificate_holder`: the other name that a table's file may have."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
