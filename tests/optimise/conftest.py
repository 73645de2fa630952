"""Formulas made by one test are let go of before the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from attain_engine.open.conditions import forget


@pytest.fixture(autouse=True)
def fresh_formulas() -> Iterator[None]:
    yield
    forget()
