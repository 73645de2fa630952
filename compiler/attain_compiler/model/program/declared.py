"""What every declaration has: its id, its title and its notes; policies."""

from __future__ import annotations

import datetime

from attain_compiler.frozen import frozen
from attain_compiler.model.program.expressions import Node


@frozen
class Notes:
    """`sources` are ids or quotations, as written. `recovered` says where a figure was found that its source lost."""

    sources: tuple[str, ...] = ()
    because: str = ""
    advice: str = ""
    recovered: tuple[str, ...] = ()


SHOWN = " shown"
"""What the id of a report has behind it that is a definition as well: two declarations of one name."""


@frozen
class Declared(Node):
    """A declaration: `id` is stable, `name` is its last part, `title` is for people (the name where none is given)."""

    id: str
    title: str
    notes: Notes

    @property
    def name(self) -> str:
        return name_of(self.id)


def name_of(id_: str) -> str:
    """The last part of an id, with the arguments of an award: `status(smb)` of `partners.status(smb)`."""
    name, parenthesis, arguments = id_.partition("(")
    return name.rpartition(".")[2].removesuffix(SHOWN) + parenthesis + arguments


def name_on(name: str, track: str) -> str:
    """A designation on a track, as it is written: `modern_work(smb)`, or `status(cloud, smb)` of `status(cloud)`."""
    return f"{name[:-1]}, {track})" if name.endswith(")") else f"{name}({track})"


@frozen
class Policy(Declared):
    """The header of a module; `id` is the module's name."""

    is_library: bool
    force_from: datetime.date | None
    force_to: datetime.date | None
