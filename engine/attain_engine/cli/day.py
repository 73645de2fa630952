"""A day that is given on the command line."""

from __future__ import annotations

import datetime

import click

from attain_compiler.model.calendar import LAST_YEAR


def day_given(text: str) -> datetime.date:
    """The day of `--as-of`. Raises UsageError."""
    try:
        return in_calendar(datetime.date.fromisoformat(text))
    except ValueError:
        raise click.UsageError(f"`{text}` is not a date: write it as 2024-06-30") from None


def in_calendar(day: datetime.date) -> datetime.date:
    """The assessment date, which must be one from which days can be reckoned. Raises UsageError."""
    if day.year > LAST_YEAR:
        raise click.UsageError(f"the assessment date {day} lies outside the years 1 to {LAST_YEAR}")
    return day
