"""One designation for each of something: a pattern becomes as many designations as its parameters have values.

`designation status(a Area)` is `status(cloud)`, `status(security)`, ... in a whole program; so is a report. What comes
after the model knows ordinary designations only. A report with an entity among its parameters stays as it is: the facts
say for what there is one.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from attain_compiler.model import program as model
from attain_compiler.model.declarations.notes import filled
from attain_compiler.model.types import FLAG, EnumType, EnumValue, Value
from attain_compiler.model.walk import with_parts
from attain_compiler.syntax.placeholders import PLACEHOLDER

_Awarded = TypeVar("_Awarded", model.Designation, model.Report)


def award_id(id_: str, values: tuple[Value, ...]) -> str:
    """The id of the designation for these values: `partners.status(smb)`."""
    return f"{id_}({', '.join(str(each) for each in values)})"


def each_awarded(program: model.Program) -> model.Program:
    """The program with a designation, or report, for each of the values of those that have parameters."""
    declared: tuple[model.Designation | model.Report, ...] = (
        *program.designations.values(), *program.reports.values()
    )  # fmt: skip
    awards = {each.id: tuple(_choices(program, each.parameters)) for each in declared if _is_pattern(each)}
    if not awards:
        return program
    asked = _Rewriting(awards, {})

    def rewritten(rules: Mapping[str, Any]) -> dict[str, Any]:
        return {id_: asked(each) for id_, each in rules.items()}

    return dataclasses.replace(
        program,
        defines=rewritten(program.defines),
        exclusions=rewritten(program.exclusions),
        measures=rewritten(program.measures),
        scores=rewritten(program.scores),
        designations=dict(_spread(program, program.designations, awards)),
        changes=rewritten(program.changes),
        examples=rewritten(program.examples),
        claims=rewritten(program.claims),
        reports=dict(_spread(program, program.reports, awards)),
    )


_Choice = tuple[EnumValue, ...]


def _is_pattern(declared: model.Designation | model.Report) -> bool:
    return bool(declared.parameters) and not model.of_what_facts_name(declared.parameters)


def _choices(program: model.Program, parameters: tuple[model.Formal, ...]) -> Iterator[_Choice]:
    """Every combination of the values of some parameters, which are enums."""
    enums = [program.enums[each.type.id] for each in parameters if isinstance(each.type, EnumType)]
    return itertools.product(*([member.constant for member in each.members] for each in enums))


def _spread(
    program: model.Program, declared: Mapping[str, _Awarded], awards: Mapping[str, tuple[_Choice, ...]]
) -> Iterator[tuple[str, _Awarded]]:
    for id_, each in declared.items():
        if id_ not in awards:
            yield id_, _Rewriting(awards, {})(each)
        for values in awards.get(id_, ()):
            award = _award(program, each, values, awards)
            yield award.id, award


def _award(
    program: model.Program, pattern: _Awarded, values: _Choice, awards: Mapping[str, tuple[_Choice, ...]]
) -> _Awarded:
    constants = {
        each.number: model.Constant(value, type=each.type, span=each.span)
        for each, value in zip(pattern.parameters, values, strict=True)
    }
    titles = {
        each.name: next(one.title for one in program.enums[value.enum].members if one.constant == value)
        for each, value in zip(pattern.parameters, values, strict=True)
    }
    title = filled(pattern.title, titles)
    if title == pattern.title and not PLACEHOLDER.search(title):
        title = f"{title}: {', '.join(titles.values())}"
    bare = dataclasses.replace(pattern, id=award_id(pattern.id, values), title=title, parameters=())
    return _Rewriting(awards, constants, titles, bare.id)(bare)  # type: ignore[no-any-return]


class _Rewriting:
    """Puts constants in the place of the first variables, whose numbers the others take, and asks of an award where
    its pattern was asked. What stands in two places stays one node."""

    def __init__(
        self,
        awards: Mapping[str, tuple[_Choice, ...]],
        constants: Mapping[int, model.Constant],
        titles: Mapping[str, str] | None = None,
        copy: str = "",
    ) -> None:
        self._awards = awards
        self._constants = constants
        self._titles = titles or {}
        self._copy = copy
        self._done: dict[int, Any] = {}

    def __call__(self, part: Any) -> Any:
        if isinstance(part, tuple):
            return with_parts(part, self)
        if isinstance(part, model.Gate):
            return dataclasses.replace(part, condition=self(part.condition), puts=self(part.puts))
        if not isinstance(part, model.Node):
            return part
        if id(part) not in self._done:
            self._done[id(part)] = self._rewritten(part)
        return self._done[id(part)]

    def _rewritten(self, node: Any) -> Any:
        if isinstance(node, model.Variable) and node.number in self._constants:
            return dataclasses.replace(self._constants[node.number], span=node.span.copied(self._copy))
        made = with_parts(node, self)
        if made is node:
            made = dataclasses.replace(node)  # expressions are told apart by what they are, not by what they say
        if self._copy:
            made = dataclasses.replace(made, span=node.span.copied(self._copy))  # and by their places
        if isinstance(made, model.Variable | model.Binder):
            made = dataclasses.replace(made, number=made.number - len(self._constants))
        if isinstance(made, model.Tier | model.Option):
            made = dataclasses.replace(made, title=filled(made.title, self._titles))
        return self._status(made) if isinstance(made, model.StatusIs) and made.arguments else made

    def _status(self, asked: model.StatusIs) -> model.Expression:
        """The status of the award for these arguments: where they are not constant, of whichever it is."""
        ways: list[model.Expression] = []
        for values in self._awards[asked.designation]:
            id_ = award_id(asked.designation, values)
            status = dataclasses.replace(asked, designation=id_, arguments=(), span=asked.span.copied(id_))
            tests = [
                model.Compare(
                    "==", each, model.Constant(value, type=each.type, span=each.span), type=FLAG, span=each.span
                )
                for each, value in zip(asked.arguments, values, strict=True)
                if not isinstance(each, model.Constant)
            ]
            other = any(
                isinstance(each, model.Constant) and each.value != value
                for each, value in zip(asked.arguments, values, strict=True)
            )
            if not other:
                ways.append(model.And((*tests, status), type=FLAG, span=asked.span) if tests else status)
        return ways[0] if len(ways) == 1 else model.Or(tuple(ways), type=FLAG, span=asked.span)
