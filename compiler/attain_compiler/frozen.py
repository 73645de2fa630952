"""Classes of values that never change, cheap to define.

`@dataclass(frozen=True, slots=True)` writes and compiles some eight methods for every class it is given, a millisecond
each time. The trees have two hundred classes, and every command waits for them. `@frozen` means the same, but its
classes share their methods, and the constructor of a class is made when the first value of it is, from one that is
compiled once for all classes with as many fields.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: _Class) -> _Class:
    """Make a class a frozen dataclass with slots: equal, hashed and shown by its fields, as `dataclasses` would, which
    can also list and replace them. There is no `__post_init__` and no `default_factory`; for those, order and much else
    there is `dataclasses.dataclass`."""
    for name, method in _SHARED.items():
        if name not in cls.__dict__:
            setattr(cls, name, method)
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` makes one up, which costs more than all the rest
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    compared = [each.name for each in dataclasses.fields(made) if each.compare]
    made._compared = staticmethod(attrgetter(*compared) if compared else lambda _: ())
    return made  # type: ignore[no-any-return]


def _first(self: Any, /, *values: Any, **named: Any) -> None:
    """The constructor of a class until it is used; then the class gets its own."""
    cls: Any = type(self)
    cls.__init__ = _constructor(cls)
    cls.__init__(self, *values, **named)


def _constructor(cls: Any) -> Any:
    """`def __init__(self, name, title=default, *, span): set_0(self, name) ...`"""
    fields = sorted(dataclasses.fields(cls), key=lambda each: bool(each.kw_only))
    named = [each for each in fields if each.kw_only]
    placed = fields[: len(fields) - len(named)]
    code = _code(len(placed), len(named)).replace(co_varnames=("self", *(each.name for each in fields)))
    scope = {f"_set_{number}": getattr(cls, each.name).__set__ for number, each in enumerate(fields)}
    defaults = [each.default for each in placed if each.default is not dataclasses.MISSING]
    if any(each.default is dataclasses.MISSING for each in placed[len(placed) - len(defaults) :]):
        raise TypeError(f"a field of {cls.__qualname__} without a default follows one with a default")
    constructor = FunctionType(code, scope, "__init__", tuple(defaults))
    constructor.__kwdefaults__ = {each.name: each.default for each in named if each.default is not dataclasses.MISSING}
    constructor.__qualname__ = f"{cls.__qualname__}.__init__"
    return constructor


@cache
def _code(placed: int, named: int) -> CodeType:
    """What a constructor of so many fields does, the last of which are only given by name. Classes with as many fields
    differ in no more than how these are called: it is compiled once for all of them."""
    fields = [f"field_{number}" for number in range(placed + named)]
    parameters = ["self", "/", *fields[:placed], *["*"] * bool(named), *fields[placed:]]
    body = [f"_set_{number}(self, {name})" for number, name in enumerate(fields)]
    scope: dict[str, Any] = {}
    exec(f"def __init__({', '.join(parameters)}):\n    {'; '.join(body) or 'pass'}", scope)  # noqa: S102 - numbers only
    code: CodeType = scope["__init__"].__code__
    return code


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    compared = self._compared
    return compared(self) == compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


def _shown(self: Any) -> str:
    fields = [f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr]
    return f"{self.__class__.__qualname__}({', '.join(fields)})"


def _set(self: Any, name: str, value: Any) -> None:  # noqa: ARG001 - what Python calls it with
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> None:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {
    "__init__": _first,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__setattr__": _set,
    "__delattr__": _delete,
}
