"""Values that take long to make, remembered for the keys that were used last."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Latest(Generic[_Value]):
    """Remembers the values of the `most` keys used last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[_Value, object]] = {}

    def get(self, key: Hashable, make: Callable[[], _Value], alive: object = None) -> _Value:
        """The value of a key, made if it is not remembered. What a key names by identity is given as `alive`: it is
        kept with the value, so that no other object can come to have its identity."""
        known = self._kept.pop(key, None)
        if known is None:
            known = (make(), alive)
            while len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = known
        return known[0]
