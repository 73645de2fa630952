"""Settings of a run: `--set net_adds.smb=66` gives a value straight to a measure or a define."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attain_compiler.model.program import Define, Measure
from attain_compiler.model.types import Value
from attain_engine.facts.draft import Draft
from attain_engine.facts.from_text import text_reader
from attain_engine.facts.given import GIVEN, find_target, sample_key, target_slot
from attain_engine.facts.problem import FactsProblem, Refusal
from attain_engine.facts.slot import argument_slot
from attain_engine.facts.spelling import quoted

SETTING = "--set"
"""What stands for the file in problems with settings."""

_SETTING = re.compile(r'\s*((?:"[^"]*"|[^"=])+?)\s*=\s*(.*?)\s*', re.DOTALL)
_PART = re.compile(r'\s*(?:"([^"]*)"|([^".]+?))\s*(?:\.|\Z)')


def read_settings(draft: Draft, settings: Sequence[str]) -> None:
    """Take settings: `net_adds.smb=-59`, `certified_by."ana.b"=3`. A setting replaces the value that a file gives."""
    taken: set[tuple[str, tuple[Value, ...]]] = set()
    for setting in settings:
        parts = _SETTING.fullmatch(setting)
        names = None if parts is None else _split(parts[1])
        if parts is None or not names or not parts[2]:
            draft.problems.append(
                FactsProblem(
                    "facts-bad-setting",
                    f"{quoted(setting)} is not a name and a value",
                    SETTING,
                    GIVEN,
                    value=setting,
                    help="write `--set measure=value` or `--set measure.argument=value`",
                )
            )
            continue
        path, written = parts[1], parts[2]
        if draft.vocabulary.target(names[0]) is None and draft.vocabulary.target(".".join(names[:2])) is not None:
            names = [".".join(names[:2]), *names[2:]]  # the id of a measure: its policy, a dot, its name
        target = find_target(draft, names[0], SETTING, path, written)
        if target is not None:
            _take_setting(draft, target, names[1:], path, written, taken)


def _split(path: str) -> list[str] | None:
    names: list[str] = []
    position = 0
    while position < len(path):
        part = _PART.match(path, position)
        if part is None:
            return None
        names.append(part[1] if part[1] is not None else part[2])
        position = part.end()
    return None if path.rstrip().endswith(".") else names


def _take_setting(
    draft: Draft,
    target: Measure | Define,
    names: list[str],
    path: str,
    written: str,
    taken: set[tuple[str, tuple[Value, ...]]],
) -> None:
    spellings = draft.vocabulary.spellings

    def refuse(code: str, message: str, fix: str, rule: str = "") -> None:
        draft.problems.append(
            FactsProblem(code, message, SETTING, GIVEN, field=path, value=written, rule=rule, help=fix)
        )

    if len(names) != len(target.parameters):
        keys = (sample_key(draft, parameter.type) for parameter in target.parameters)
        wanted = ".".join([target.name, *(f'"{key}"' if " " in key else key for key in keys)])
        takes = f"takes {_counted(len(target.parameters))}, and has {len(names) or 'none'}"
        refuse("facts-wrong-arguments", f"{quoted(target.name)} {takes}", f"write `--set {wanted}=...`")
        return
    arguments: list[Value] = []
    for parameter, name in zip(target.parameters, names, strict=True):
        slot = argument_slot(parameter)
        argument = text_reader(slot, spellings)(name)
        if isinstance(argument, Refusal):
            refuse(argument.code, argument.message, argument.help, slot.rule)
        else:
            arguments.append(argument)
    slot = target_slot(target)
    value = text_reader(slot, spellings)(written)
    if isinstance(value, Refusal):
        refuse(value.code, value.message, value.help, slot.rule)
        return
    if len(arguments) < len(names):
        return
    key = (target.id, tuple(arguments))
    if key in taken:
        refuse("facts-given-twice", f"{quoted(path)} is set twice", "keep one")
        return
    taken.add(key)
    draft.values[key] = value


def _counted(arguments: int) -> str:
    return f"{arguments or 'no'} argument{'' if arguments == 1 else 's'}"
