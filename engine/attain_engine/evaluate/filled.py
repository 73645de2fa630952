"""Conditions that give what they run over to lines of theirs, and how each line was filled: for reports."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model import program as model
from attain_compiler.model.types import Type
from attain_engine.evaluate.state import Context, Frame


@frozen
class Filled:
    """A line of a condition as it was filled: how many (or how much) it `needed`, what was `given` to it, how many that
    is (`found`), and how many it misses. Of `maybe`, which are among those given, it is not known whether they can be
    given to it. `type` is that of the numbers, `element` that of what is given."""

    written: model.Node
    type: Type
    element: Type
    needed: Any
    given: tuple[Any, ...]
    found: Any
    missing: Any
    maybe: tuple[Any, ...] = ()


class Filling(ABC):
    """The closure of a condition that can tell how its lines were filled."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, frame: Frame, context: Context) -> Any:
        """The truth of the condition."""

    @abstractmethod
    def filled(self, frame: Frame, context: Context) -> tuple[Filled, ...]:
        """What was given to which line; nothing where that is not settled, unless too little could be given whatever is
        open. Raises NotGiven and NoAnswer."""
