"""What facts the rules are printed for: how many rows, how large the numbers, in what steps.

Rules are compiled once and hold for all facts of their profile. `EXPECTED` is the profile of a policy printed by
itself; for an organisation `profile_of` (in the engine) looks at its facts, rounded up to powers of two, so that the
same rules serve many organisations.
"""

from __future__ import annotations

from collections.abc import Mapping

from attain_compiler.frozen import frozen


@frozen
class Range:
    """The numbers of a column or of a given measure: whole multiples of 1/`unit`, from `low` to `high` units; the
    positive ones add up to at most `total_high`, the negative ones to at least `total_low`. `fits` is false where some
    do not fit the solver's numbers: then none of them is printed."""

    unit: int
    low: int
    high: int
    total_low: int
    total_high: int
    fits: bool = True

    def covers(self, other: Range) -> bool:
        """Whether every number of the other is one of this, in the same unit."""
        return (
            self.fits
            and other.fits
            and self.unit % other.unit == 0
            and self._within(other.low, other.high, self.low, self.high, other.unit)
            and self._within(other.total_low, other.total_high, self.total_low, self.total_high, other.unit)
        )

    def _within(self, low: int, high: int, least: int, most: int, unit: int) -> bool:
        return least * unit <= low * self.unit and high * self.unit <= most * unit


@frozen
class Profile:
    """`rows` are the most rows of a record, `identifiers` the most identifiers of an entity; `columns` are by record
    and field, `given` by measure or define; `missing` are the columns that have a missing value; `absent` are the
    records that may not have been given. What is not named is as `otherwise` (columns), `most_rows` and
    `most_identifiers` say; `open` says
    whether a column, a record or a figure that is not named may be missing as well."""

    most_rows: int
    most_identifiers: int
    otherwise: Range
    rows: Mapping[str, int]
    identifiers: Mapping[str, int]
    columns: Mapping[tuple[str, str], Range]
    given: Mapping[str, Range]
    missing: frozenset[tuple[str, str]]
    absent: frozenset[str]
    anything_missing: bool
    raised: Mapping[str, Range]
    """What a plan may add to measures, by their ids: empty where nothing is planned."""
    several: frozenset[str]
    """The measures (by their ids) and fields (`record.field`) of which more than one change may raise the same one."""

    def column(self, record: str, field: str) -> Range:
        return self.columns.get((record, field), self.otherwise)

    def rows_of(self, record: str) -> int:
        return self.rows.get(record, self.most_rows)

    def identifiers_of(self, entity: str) -> int:
        return self.identifiers.get(entity, self.most_identifiers)

    def covers(self, other: Profile) -> bool:
        """Whether rules for this profile are exact for all facts of the other as well."""
        columns = {*self.columns, *other.columns}
        given = {*self.given, *other.given}
        return (
            self.anything_missing
            and self.raised == other.raised
            and self.several == other.several
            and all(most <= self.rows_of(record) for record, most in other.rows.items())
            and all(most <= self.identifiers_of(entity) for entity, most in other.identifiers.items())
            and all(self.column(*each).covers(other.column(*each)) for each in columns)
            and all(
                self.given.get(each, self.otherwise).covers(other.given.get(each, other.otherwise)) for each in given
            )
        )

    def may_miss(self, record: str, field: str) -> bool:
        return self.anything_missing or (record, field) in self.missing

    def may_be_absent(self, record: str) -> bool:
        return self.anything_missing or record in self.absent


EXPECTED = Profile(
    most_rows=2_000,
    most_identifiers=50,
    otherwise=Range(1, -1_000_000, 1_000_000, -1_000_000, 1_000_000),
    rows={},
    identifiers={},
    columns={},
    given={},
    missing=frozenset(),
    absent=frozenset(),
    anything_missing=True,
    raised={},
    several=frozenset(),
)
"""Up to 2,000 rows in a record and 50 identifiers of an entity, whole numbers up to a million, for a column added up as
well; anything that may be missing may be."""
