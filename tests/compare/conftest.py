"""Every comparison begins as in a process of its own: which of several witnesses is found depends on what the process
has worked out before."""

from __future__ import annotations

import pytest

from attain_engine.open.conditions import forget


@pytest.fixture(autouse=True)
def _forgotten() -> None:
    forget()
