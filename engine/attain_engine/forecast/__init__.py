"""What is lost and gained in time if nothing is done, why, what would prevent it, and what is critical now."""

from attain_engine.forecast.forecast import forecast
from attain_engine.forecast.models import Forecast

__all__ = ["Forecast", "forecast"]
