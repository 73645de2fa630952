"""The text of a mapping, `attain-facts.toml`: its parts as they are written, not yet checked against a policy."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from attain_engine.facts.spelling import did_you_mean, quoted

_Name = Annotated[str, Field(min_length=1)]
_Row = Annotated[int, Field(ge=1, le=1_000)]
_Rows: TypeAlias = _Row | Annotated[list[_Row], Field(min_length=1, max_length=10)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Written(_Part):
    """How something is written."""

    decimal: Literal[".", ","] | None = None
    thousands: Literal[".", ",", " ", "'", "_", ""] | None = None
    date: str | None = None
    time: Literal["drop"] | None = None
    day: Literal["drop"] | None = None


class WrittenField(Written):
    header: str | None = Field(default=None, alias="from", min_length=1)
    value: str | None = None
    unit: str | None = Field(default=None, min_length=1)
    values: dict[str, str] = Field(default_factory=dict)
    alike: Literal["same", "different"] | None = None


class WrittenTable(Written):
    """`header` is one row or several that are read together, or these for each of several `sources`."""

    sources: list[_Name] = Field(default_factory=list, alias="from")
    header: _Rows | dict[str, _Rows] | None = None
    ignore: list[str] = Field(default_factory=list)
    ignore_rows: list[_Name] = Field(default_factory=list)
    fields: dict[str, WrittenField] = Field(default_factory=dict)

    @field_validator("sources", mode="before")
    @classmethod
    def _one_or_several(cls, said: object) -> object:
        return said if isinstance(said, list) else [said]


class WrittenMapping(Written):
    organisation: str | None = Field(default=None, min_length=1)
    as_of: datetime.date | None = None
    closed: bool = False
    ignore: list[str] = Field(default_factory=list)
    tables: dict[str, WrittenTable] = Field(default_factory=dict)


_KEYS: Mapping[type[Written], tuple[str, ...]] = {
    kind: tuple(each.alias or name for name, each in kind.model_fields.items())
    for kind in (WrittenMapping, WrittenTable, WrittenField)
}


class NotAMapping(Exception):
    """A text is no mapping; `mistakes` are the place, what is wrong, and what to do, of each."""

    def __init__(self, *mistakes: tuple[str, str, str]) -> None:
        super().__init__(mistakes[0][1])
        self.mistakes = mistakes


def written_mapping(text: str) -> WrittenMapping:
    """The mapping that a text is. Raises `NotAMapping`."""
    try:
        return WrittenMapping.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = f"the mapping is not TOML: {str(error)[:1].lower()}{str(error)[1:]}"
        raise NotAMapping(("", message, "look at that place, and before it")) from None
    except RecursionError:
        fix = "a mapping has `tables`, and these have `fields`"
        raise NotAMapping(("", "the mapping is nested too deeply", fix)) from None
    except ValidationError as error:
        raise NotAMapping(*_explained(error)) from None


def _explained(error: ValidationError) -> Iterator[tuple[str, str, str]]:
    """Place, message and help of what pydantic found, one for each place."""
    told: set[str] = set()
    for each in error.errors(include_url=False):
        parts = list(each["loc"])
        if parts[0] == "tables" and parts[2:3] == ["header"]:
            del parts[3:]  # which of its forms it should be
        place = ".".join(map(str, parts))
        if place in told:
            continue
        told.add(place)
        if each["type"] == "extra_forbidden":
            depth = len(each["loc"])
            kind = WrittenMapping if depth == 1 else WrittenTable if depth == 3 else WrittenField
            key = str(each["loc"][-1])
            yield place, f"no part of a mapping is called {quoted(key)}", did_you_mean(key, _KEYS[kind])
        elif parts[2:3] == ["header"]:
            fix = (
                "name a row from 1 to 1000, or several that are read together: `[3, 4]`; "
                'or this for each sheet: `{ "January" = 3, "February" = [1, 2] }`'
            )
            yield place, f"{quoted(place)} is not right", fix
        else:
            message = each["msg"]
            yield place, f"{quoted(place)} is not right", f"{message[:1].lower()}{message[1:]}"
