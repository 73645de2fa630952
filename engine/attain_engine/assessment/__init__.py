"""`assess`: do we qualify, and why; and its result as pydantic models."""

from attain_engine.assessment.assess import assess, designations_of
from attain_engine.assessment.models import Assessment

__all__ = ["Assessment", "assess", "designations_of"]
