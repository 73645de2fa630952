"""Values given straight to a measure or a define, as a dashboard shows them."""

from __future__ import annotations

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Define, Measure
from attain_compiler.model.types import EntityType, EnumType, Simple, Type, Value
from attain_engine.facts.draft import Draft
from attain_engine.facts.from_json_value import Raw, raw_reader, raw_text
from attain_engine.facts.from_text import text_reader
from attain_engine.facts.json_text import RepeatedKeys
from attain_engine.facts.problem import FactsProblem, Refusal
from attain_engine.facts.slot import Slot, argument_slot
from attain_engine.facts.spelling import did_you_mean, quoted

GIVEN = "given"
"""What stands for the table in problems with such values."""


def sample_key(draft: Draft, of: Type) -> str:
    """An argument of this type as it may be written, for a help line."""
    match of:
        case EnumType(id=enum) if enum in draft.vocabulary.spellings:
            return draft.vocabulary.spellings[enum].names[0]
        case Simple(kind="month"):
            return "2024-06"
        case Simple(kind="date"):
            return "2024-06-30"
        case Simple(kind="flag"):
            return "yes"
        case EntityType():
            return f"name of a {of}"
        case _:
            return str(of)


def target_slot(target: Measure | Define) -> Slot:
    """The slot of the value of a measure or define."""
    if isinstance(target, Measure):
        return Slot(target.name, target.type, target.low, target.high)
    return Slot(target.name, target.type)


def read_given(draft: Draft, raw: Raw, file: str) -> None:
    """Take the values of the `given` object: nested by the arguments, in their order."""
    if not isinstance(raw, dict):
        draft.problems.append(
            FactsProblem(
                "facts-wrong-shape",
                "`given` is not an object",
                file,
                GIVEN,
                value=raw_text(raw),
                help='write {"name of a measure": value}',
            )
        )
        return
    _refuse_repeated(draft, raw, file, "")
    for name, content in raw.items():
        target = find_target(draft, name, file, name, raw_text(content))
        if target is not None:
            _Walk(draft, file, target).take(content, name, ())


def find_target(draft: Draft, name: str, file: str, field: str, value: str) -> Measure | Define | None:
    """The measure or define with this name, if it may be given; a problem in the draft if not."""
    vocabulary = draft.vocabulary
    target = vocabulary.target(name)
    if target is None:
        other = vocabulary.other_targets.get(name)
        message = f"no measure {quoted(name)}" if other is None else f"{quoted(name)} cannot be given: {other[0]}"
        fix = did_you_mean(name, vocabulary.targets) if other is None else other[1]
        draft.problems.append(
            FactsProblem("facts-unknown-measure", message, file, GIVEN, field=field, value=value, help=fix)
        )
    return target


@frozen
class _Walk:
    """Through the nested objects of one target."""

    draft: Draft
    file: str
    target: Measure | Define

    def take(self, raw: Raw, path: str, arguments: tuple[Value, ...]) -> None:
        spellings = self.draft.vocabulary.spellings
        if len(arguments) == len(self.target.parameters):
            slot = target_slot(self.target)
            if raw is None:
                self.refuse("facts-missing-value", "the value is null", "leave it out if it is not known", path, raw)
                return
            if isinstance(raw, dict):
                self.refuse("facts-wrong-shape", "a value is an object", self.usage(), path, raw)
                return
            value = raw_reader(slot, spellings)(raw)
            if isinstance(value, Refusal):
                self.refuse(value.code, value.message, value.help, path, raw, slot.rule)
            elif (self.target.id, arguments) in self.draft.values:
                self.refuse("facts-given-twice", f"{quoted(path)} is given twice", "keep one", path, raw)
            else:
                self.draft.values[self.target.id, arguments] = value
            return
        parameter = self.target.parameters[len(arguments)]
        slot = argument_slot(parameter)
        if not isinstance(raw, dict):
            message = f"{quoted(path)} is given without its {quoted(parameter.name)}"
            self.refuse("facts-wrong-arguments", message, self.usage(), path, raw, slot.rule)
            return
        _refuse_repeated(self.draft, raw, self.file, path)
        read = text_reader(slot, spellings)
        for key, content in raw.items():
            inner = f"{path}.{key}"
            argument = read(key)
            if isinstance(argument, Refusal):
                self.refuse(argument.code, argument.message, argument.help, inner, content, slot.rule)
            else:
                self.take(content, inner, (*arguments, argument))

    def usage(self) -> str:
        inside = "..."
        for parameter in reversed(self.target.parameters):
            inside = f'{{"{sample_key(self.draft, parameter.type)}": {inside}}}'
        return f'write "{self.target.name}": {inside}'

    def refuse(self, code: str, message: str, fix: str, path: str, raw: Raw, rule: str = "") -> None:
        self.draft.problems.append(
            FactsProblem(code, message, self.file, GIVEN, field=path, value=raw_text(raw), rule=rule, help=fix)
        )


def _refuse_repeated(draft: Draft, raw: dict[str, Raw], file: str, path: str) -> None:
    if isinstance(raw, RepeatedKeys):
        for key in raw.repeated:
            field = f"{path}.{key}".removeprefix(".")
            draft.problems.append(
                FactsProblem(
                    "facts-repeated-key", f"{quoted(key)} is written twice", file, GIVEN, field=field, help="keep one"
                )
            )
