"""Tests that try many seeds: some at a time, so that a test stands for what it would catch and not for a number."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable
from typing import Any

import pytest


def asked_for(kind: str, otherwise: int) -> range:
    """As many seeds as ATTAIN_{kind}_SEEDS says, from ATTAIN_{kind}_FIRST on (from 0 on where nothing is said)."""
    first = int(os.environ.get(f"ATTAIN_{kind}_FIRST", "0"))
    return range(first, first + int(os.environ.get(f"ATTAIN_{kind}_SEEDS", otherwise)))


def of_each(tried: Iterable[Any], name: str = "seed", at_a_time: int = 50) -> Callable[[Callable[..., None]], Any]:
    """The test as one for each `at_a_time` values of its argument `name`; a failure says of which value it is, and the
    values after it are not tried."""
    values = list(tried)
    batches = [values[start : start + at_a_time] for start in range(0, len(values), at_a_time)]

    def wrap(test: Callable[..., None]) -> Any:
        @functools.wraps(test)
        def each(**given: Any) -> None:
            for value in given.pop("batch"):
                try:
                    test(**given, **{name: value})
                except BaseException as error:
                    error.add_note(f"with {name}={value!r}")
                    raise

        signature = inspect.signature(test)
        parameters = [each for each in signature.parameters.values() if each.name != name]
        batch = inspect.Parameter("batch", inspect.Parameter.KEYWORD_ONLY)
        each.__signature__ = signature.replace(parameters=[*parameters, batch])  # type: ignore[attr-defined]
        named = [
            f"{name}s-{batch[0]}" if isinstance(batch[0], int) else f"{name}s-{place}"
            for place, batch in enumerate(batches)
        ]
        return pytest.mark.parametrize("batch", batches, ids=named)(each)

    return wrap
