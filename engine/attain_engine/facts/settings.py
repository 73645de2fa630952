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

_PART = re.compile(r'"[^"]*"|[^".=]+|.', re.DOTALL)
"""A quoted part, a plain one, or a character that is neither: a dot, the `=`, a quotation mark that is not closed."""


def read_settings(draft: Draft, settings: Sequence[str]) -> None:
    """Take settings: `net_adds.smb=-59`, `certified_by."ana.b"=3`. A setting replaces the value that a file gives."""
    taken: set[tuple[str, tuple[Value, ...]]] = set()
    for setting in settings:
        path, names, written = _parsed(setting)
        if not names or not written:
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
        if draft.vocabulary.target(names[0]) is None and draft.vocabulary.target(".".join(names[:2])) is not None:
            names = [".".join(names[:2]), *names[2:]]  # the id of a measure: its policy, a dot, its name
        target = find_target(draft, names[0], SETTING, path, written)
        if target is not None:
            _take_setting(draft, target, names[1:], path, written, taken)


def _parsed(setting: str) -> tuple[str, list[str], str]:
    """What stands before the `=`, its names (none where they are not names with dots between), and what comes after."""
    names: list[str] = []
    wanted = True
    for part in _PART.finditer(setting):
        text = part[0].strip()
        if text == "=":
            names = [] if wanted else names
            return setting[: part.start()].strip(), names, setting[part.end() :].strip()
        if not text:
            continue
        if (text == ".") is wanted or text == '"':
            break
        if wanted:
            names.append(text[1:-1] if text[0] == '"' else text)
        wanted = not wanted
    return setting, [], ""


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
