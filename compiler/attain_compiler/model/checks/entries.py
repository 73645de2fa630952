"""The entries of a parameter: no two for one key at one date, and one for every key."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attain_compiler.diagnostics.model import Label
from attain_compiler.model import program as model
from attain_compiler.model.checks.intervals import Interval, by_start, interval, overlap, reaches_further, touches
from attain_compiler.model.findings import Findings
from attain_compiler.model.heads import Heads
from attain_compiler.model.types import COUNT, MONTH, Band, EnumType, EnumValue, Type, Value
from attain_compiler.model.units import ordered

MOST_PAIRS = 200
"""Among how many entries with several bands every pair is compared."""

MOST_CROSSING = 60
"""Among how many entries with an `otherwise` every pair is compared."""

MOST_KEYS = 20_000
"""How many combinations of enum values are looked at for one that is missing."""


def check_overlaps(table: model.Table, findings: Findings) -> None:
    """Report entries that answer one lookup differently: same dates, keys that meet, equally many `otherwise`."""
    banded = _banded(table)
    by_start_date: dict[object, list[model.Entry]] = defaultdict(list)
    for entry in table.entries:
        by_start_date[entry.force_from].append(entry)
    for entries in by_start_date.values():
        buckets: dict[tuple[object, ...], list[model.Entry]] = defaultdict(list)
        for entry in entries:
            buckets[_bucket(entry, banded)].append(entry)
        for bucket in buckets.values():
            _overlaps(table, bucket, banded, findings)
        _crossing(table, entries, findings)


def _banded(table: model.Table) -> tuple[bool, ...]:
    """For each key, whether some entry has a band there."""
    return tuple(any(isinstance(each.keys[i], Band) for each in table.entries) for i in range(len(table.keys)))


def _bucket(entry: model.Entry, banded: Sequence[bool]) -> tuple[object, ...]:
    return tuple(
        ("otherwise",) if key is None else ("band",) if band else ("value", key)
        for key, band in zip(entry.keys, banded, strict=True)
    )


def _overlaps(table: model.Table, entries: Sequence[model.Entry], banded: Sequence[bool], findings: Findings) -> None:
    """Overlaps among entries that differ in bands only."""
    if len(entries) < 2:
        return
    bands = [i for i, band in enumerate(banded) if band and entries[0].keys[i] is not None]
    if not bands:
        for entry in entries[1:]:
            _report(table, entries[0], entry, findings)
    elif len(bands) == 1:
        position = bands[0]
        ranges = [_interval(each, position, table.keys[position]) for each in entries]
        order = by_start(ranges)
        furthest = order[0]
        for current in order[1:]:
            if overlap(ranges[furthest], ranges[current]):
                _report(table, entries[furthest], entries[current], findings)
            if reaches_further(ranges[current], ranges[furthest]):
                furthest = current
    else:
        for one, other in itertools.combinations(entries[:MOST_PAIRS], 2):
            if all(overlap(_interval(one, i, table.keys[i]), _interval(other, i, table.keys[i])) for i in bands):
                _report(table, one, other, findings)


def _interval(entry: model.Entry, position: int, type_: Type) -> Interval:
    key = entry.keys[position]
    assert key is not None
    return interval(key, type_)


def _crossing(table: model.Table, entries: Sequence[model.Entry], findings: Findings) -> None:
    """`a otherwise` and `otherwise b` both answer for a b, unless an entry with fewer `otherwise` does."""
    for one, other in itertools.combinations([each for each in entries if None in each.keys][:MOST_CROSSING], 2):
        if _pattern(one) == _pattern(other) or one.keys.count(None) != other.keys.count(None):
            continue
        if _meet(table, one, other) and not any(
            each.keys.count(None) < one.keys.count(None) and _meet(table, each, one) and _meet(table, each, other)
            for each in entries
        ):
            _report(table, one, other, findings)


def _pattern(entry: model.Entry) -> list[bool]:
    return [key is None for key in entry.keys]


def _meet(table: model.Table, one: model.Entry, other: model.Entry) -> bool:
    """Whether there are keys for which both entries answer."""
    return all(
        a is None
        or b is None
        or (overlap(interval(a, type_), interval(b, type_)) if isinstance(a, Band) or isinstance(b, Band) else a == b)
        for a, b, type_ in zip(one.keys, other.keys, table.keys, strict=True)
    )


def _report(table: model.Table, one: model.Entry, other: model.Entry, findings: Findings) -> None:
    first, second = sorted((one, other), key=lambda each: each.span)
    same = first.keys == second.keys
    findings.error(
        "duplicate-entry" if same else "overlapping-entries",
        f"two entries of `{table.name}` have the same {'keys' if table.keys else 'dates'}"
        if same
        else f"two entries of `{table.name}` answer for the same keys",
        second.span,
        secondary=(Label(first.span, "the other one"),),
        help="leave one of them out, or say from when each is in force: `from DATE`"
        if same
        else "let one begin where the other ends, or say from when each is in force: `from DATE`",
    )


def check_holes(table: model.Table, heads: Heads, findings: Findings) -> None:
    """Warn of keys that no entry answers for: looking one up is an error, in the middle of an assessment."""
    if not table.keys or not table.entries:
        return
    place = heads.places[table.id]
    missing = list(itertools.islice(_missing(table, heads.enums), 4))
    if missing:
        shown = ", ".join("`" + " ".join(each.name for each in keys if each) + "`" for keys in missing[:3])
        more = " and others" if len(missing) > 3 else ""
        findings.warning(
            "missing-entry",
            f"`{table.name}` has no entry for {shown}{more}",
            place,
            help="add what is missing, or a line for `otherwise`",
        )
        return
    for entry, gap in itertools.islice(_gaps(table), 3):
        findings.warning(
            "gap-in-bands",
            f"`{table.name}` has no entry {gap}",
            entry.span,
            help="let the bands meet, or add a line for `otherwise`",
        )


def _missing(table: model.Table, enums: Mapping[str, model.Enum]) -> Iterable[tuple[EnumValue | None, ...]]:
    """The combinations of enum values that no entry answers for (None stands for a band)."""
    choices: list[list[EnumValue | None]] = []
    for type_ in table.keys:
        if isinstance(type_, EnumType) and type_.id in enums:
            choices.append([each.constant for each in enums[type_.id].members])
        elif ordered(type_):
            choices.append([None])
        else:
            return
    exact: set[tuple[object, ...]] = set()
    open_: list[tuple[Value | None, ...]] = []
    for entry in table.entries:
        keys = tuple(key if choice != [None] else None for key, choice in zip(entry.keys, choices, strict=True))
        if any(key is None and choice != [None] for key, choice in zip(keys, choices, strict=True)):
            open_.append(keys)
        else:
            exact.add(keys)
    if all(choice == [None] for choice in choices):
        return
    for keys in itertools.islice(itertools.product(*choices), MOST_KEYS):
        if keys not in exact and not any(
            all(own is None or own == key for own, key in zip(each, keys, strict=True)) for each in open_
        ):
            yield keys


def _gaps(table: model.Table) -> Iterable[tuple[model.Entry, str]]:
    """What lies between, below and above the bands of a table with one ordered key."""
    positions = [i for i, type_ in enumerate(table.keys) if ordered(type_)]
    if len(positions) != 1:
        return
    position = positions[0]
    type_ = table.keys[position]
    groups: dict[tuple[object, ...], list[model.Entry]] = defaultdict(list)
    for entry in table.entries:
        others = tuple(key for i, key in enumerate(entry.keys) if i != position)
        groups[others].append(entry)
    if any(None in entry.keys for entry in table.entries):
        return
    for entries in groups.values():
        ranges = [_interval(each, position, type_) for each in entries]
        order = by_start(ranges)
        first = ranges[order[0]]
        if type_ == COUNT and first.low is not None and first.low > 0:
            yield entries[order[0]], f"below {first.low}"
        furthest = order[0]
        for current in order[1:]:
            if not touches(ranges[furthest], ranges[current], type_):
                between = f"between {ranges[furthest].high} and {ranges[current].low}"
                yield entries[current], "just before this band" if type_ == MONTH else between
            if reaches_further(ranges[current], ranges[furthest]):
                furthest = current
        if type_ == COUNT and ranges[furthest].high is not None:
            yield entries[furthest], f"above {ranges[furthest].high}"
