"""Two editions of a policy: where they decide differently, for whom, and what only reads differently."""

from attain_engine.compare.compare import compare
from attain_engine.compare.models import Comparison, Finding, Note, Witness

__all__ = ["Comparison", "Finding", "Note", "Witness", "compare"]
