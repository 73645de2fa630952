"""What the random policies need."""

from __future__ import annotations

import pytest

from tests.properties import derivation


@pytest.fixture(autouse=True, scope="session")
def grammar_of_random_policies() -> None:
    """Loaded before the first example is drawn, which would seem slow otherwise."""
    derivation.prepare()
