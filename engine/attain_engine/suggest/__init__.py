"""Examples that are missing: found by the solver, for each place of a policy that no example decides both ways."""

from attain_engine.suggest.models import Suggestion, Suggestions
from attain_engine.suggest.suggest import suggest

__all__ = ["Suggestion", "Suggestions", "suggest"]
