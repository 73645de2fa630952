"""Parameters and readings."""

from __future__ import annotations

import datetime

from attain_compiler.frozen import frozen
from attain_compiler.model.program.declared import Declared, Notes
from attain_compiler.model.program.expressions import Node
from attain_compiler.model.types import Type, Value


@frozen
class Unpublished:
    """The value of a parameter of which no figure is known, and why. Whatever depends on it is undetermined."""

    reason: str


@frozen
class Entry(Node):
    """One value of a table: in force on the dates from `force_from` to `force_to` (both included, None: open); each
    key is a value, a Band, or None (`otherwise`: any key that no other entry matches)."""

    force_from: datetime.date | None
    force_to: datetime.date | None
    keys: tuple[Value | None, ...]
    value: Value | Unpublished
    notes: Notes


@frozen
class Table(Declared):
    """A `parameter`. Of the entries that match keys and date, the one with the latest `force_from` counts; among those,
    one with fewer `otherwise` keys. None matching is an error when it is evaluated."""

    keys: tuple[Type, ...]
    type: Type
    entries: tuple[Entry, ...]


@frozen
class Alternative(Node):
    name: str
    title: str
    value: Value
    notes: Notes


@frozen
class Reading(Declared):
    type: Type
    alternatives: tuple[Alternative, ...]
    default: str
