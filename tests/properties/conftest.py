"""What the random policies need."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.properties import derivation

settings.register_profile("unhurried", deadline=None)  # how long reading takes is measured, not tested
settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="session")
def grammar_of_random_policies() -> None:
    """Loaded before the first example is drawn, which would seem slow otherwise."""
    derivation.prepare()
