"""What is not known, by name: two unknown values of one name are the same value.

`mark` tells apart what is asked on another date, or with other rows left out; it is empty where nothing is special.
"""

from __future__ import annotations

import datetime
from typing import Any, Final, TypeAlias

from attain_compiler.frozen import frozen
from attain_compiler.source import Span
from attain_engine.evaluate.moved import Moved
from attain_engine.facts.model import Row

Mark: TypeAlias = "tuple[()] | tuple[tuple[datetime.date, frozenset[str], bool]]"
"""Under what something is asked that is not asked as everything else is: as of which date, within which measures, and
whether exclusions leave no row out."""


@frozen
class Place:
    """Where an expression stands. Designations that are awarded for each value of an enum stand at one place: `put` are
    the values that tell their expressions apart."""

    span: Span
    put: tuple[object, ...] = ()


@frozen
class MissingField:
    """A field that a row leaves out."""

    row: Row
    field: str


@frozen
class FieldIsGiven:
    """Whether an optional field of a row is given, where it is open what facts say of the row."""

    row: Row
    field: str


@frozen
class LeftOpen:
    """A value that is not missing: while plans are looked for it may be any of several, as it is on another day. Where
    it is not sure to be known on each of them, `is_known` is false."""

    of: tuple[Any, ...]
    is_known: bool


@frozen
class RowsNotGiven:
    """What rests on rows of a record that was not given: a define, or the expression at a place."""

    record: str
    asked: str | Place
    arguments: tuple[object, ...]
    mark: Mark = ()


@frozen
class MeasureNotGiven:
    """A measure of rows that were not given."""

    measure: str
    arguments: tuple[object, ...]
    record: str
    mark: Mark = ()


@frozen
class PartNotGiven:
    """The points of a part of a score that rests on rows that were not given."""

    score: str
    part: str
    arguments: tuple[object, ...]
    record: str
    mark: Mark = ()


@frozen
class Unpublished:
    """A figure of a parameter that nobody knows."""

    table: str
    keys: tuple[object, ...]
    reason: str
    since: datetime.date | None


@frozen
class NoEntry:
    """What a parameter says for unknown keys that it may have no entry for."""

    table: str
    keys: tuple[object, ...]
    on: datetime.date


@frozen
class IsValue:
    """Whether something unknown is this value of its enum."""

    of: object
    value: Any


@frozen
class OfUnknownArguments:
    """A measure or define, some values of which were given, of arguments that are not known."""

    declared: str
    arguments: tuple[object, ...]
    mark: Mark = ()


@frozen
class Compared:
    """How two values stand to each other of which one is unknown."""

    operator: str
    left: object
    right: object


@frozen
class Contained:
    """Whether something is in a set or band that is unknown."""

    element: object
    container: object


@frozen
class WorkedOut:
    """What is worked out, at a place of the policy, from values that are unknown."""

    place: Span
    values: tuple[object, ...]


@frozen
class OnUnknownDate:
    """What is asked as of a date that is unknown."""

    date: object
    asked: Place
    arguments: tuple[object, ...]
    mark: Mark = ()


@frozen
class OnUnknownTrack:
    """A status asked on a track that is unknown."""

    asked: Place
    track: object
    mark: Mark = ()


@frozen
class NoAnswerFound:
    """A value that cannot be worked out from the facts: `message` says why, `rows` are those it was to come from."""

    message: str
    rows: tuple[Row, ...]
    asked: str | Place
    arguments: tuple[object, ...]
    mark: Mark = ()


Asked: TypeAlias = RowsNotGiven | MeasureNotGiven | PartNotGiven | NoAnswerFound
"""What is asked and not known for want of rows, or of an answer."""

RELATED: Final = (NoEntry, OfUnknownArguments, Compared, Contained, WorkedOut, Moved, OnUnknownDate, OnUnknownTrack)
"""What is known to be related to other unknowns, but not how: treated as if it could be anything. So what is certain is
certain, but a completion may be none, and what is said to be undetermined may be settled after all."""
