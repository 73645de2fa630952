"""`assess`: do we qualify, and why; and its result as pydantic models."""

from attain_engine.assess.assess import assess, check_designations, designations_of
from attain_engine.assess.models import Assessment

__all__ = ["Assessment", "assess", "check_designations", "designations_of"]
