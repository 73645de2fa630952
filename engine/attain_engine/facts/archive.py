"""What can be told of a workbook before it is read: an .xlsx file is a zip of XML, and a small one can unpack to more
than fits into the memory."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from attain_compiler.frozen import frozen
from attain_engine.facts.cells import MOST_COLUMNS, CannotRead
from attain_engine.facts.problem import FactsProblem

LARGEST_UNPACKED = 120_000_000
"""Bytes. A workbook that unpacks to more is refused."""

MOST_PARTS = 10_000
MOST_MERGED = 100_000

_CHUNK = 1 << 20
_OVERLAP = 200
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})\"")

_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_NUMBER = re.compile(rb"\sr=\"([0-9]{1,7})\"")
_HIDDEN = re.compile(rb"\shidden=\"(?:1|true)\"")
_COL = re.compile(rb"<(?:\w+:)?col\s[^>]*>")
_FROM, _TO = re.compile(rb"\smin=\"([0-9]{1,5})\""), re.compile(rb"\smax=\"([0-9]{1,5})\"")


@frozen
class Merged:
    """Merged cells: the ends of their columns (A is 0) and rows (from 1), both included."""

    left: int
    top: int
    right: int
    bottom: int


@frozen
class Archive:
    """What is in the parts of a workbook. `merged`, `hidden` with the numbers of the rows that are not shown, and
    `hidden_columns` with those of the columns (A is 0), are by the path of the part that has the sheet."""

    formulas: bool
    merged: Mapping[str, tuple[Merged, ...]]
    hidden: Mapping[str, frozenset[int]]
    hidden_columns: Mapping[str, frozenset[int]]


def examine(path: str, file: str, largest: int = LARGEST_UNPACKED) -> Archive:
    """Unpack everything once, in pieces. Raises `CannotRead` where it is no workbook, or too large."""
    formulas = False
    merged: dict[str, tuple[Merged, ...]] = {}
    hidden: dict[str, frozenset[int]] = {}
    hidden_columns: dict[str, frozenset[int]] = {}
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise _too_large(file, f"more than {MOST_PARTS:,} parts")
            for part in parts:
                before, found = b"", []
                unseen: set[int] = set()
                columns: set[int] = set()
                with archive.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > largest:
                            raise _too_large(file, f"more than {largest // 1_000_000} MB when it is unpacked")
                        if not part.filename.endswith((".xml", ".rels")):
                            continue
                        text = before + chunk
                        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                            raise not_a_workbook(file, "it declares entities of its own")
                        formulas = formulas or (b"sheet" in part.filename.encode() and bool(_FORMULA.search(text)))
                        found += [each for each in _MERGED.finditer(text) if each.end() > len(before)]
                        if len(found) > MOST_MERGED:
                            raise _too_large(file, f"more than {MOST_MERGED:,} merged cells")
                        unseen.update(_hidden_rows(text))
                        columns.update(_hidden_columns(text))
                        before = text[-_OVERLAP:]
                hidden[part.filename] = frozenset(unseen)
                hidden_columns[part.filename] = frozenset(columns)
                merged[part.filename] = tuple(_merged(each) for each in found)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise not_a_workbook(file, str(error) or "it is damaged") from None
    return Archive(formulas, merged, hidden, hidden_columns)


def _hidden_rows(text: bytes) -> Iterator[int]:
    if b'hidden="' not in text:
        return
    for row in _ROW.finditer(text):
        number = _NUMBER.search(row[0])
        if number is not None and _HIDDEN.search(row[0]):
            yield int(number[1])


def _hidden_columns(text: bytes) -> Iterator[int]:
    if b'hidden="' not in text:
        return
    for column in _COL.finditer(text):
        first, last = _FROM.search(column[0]), _TO.search(column[0])
        if first is not None and last is not None and _HIDDEN.search(column[0]):
            yield from range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))


def _merged(found: re.Match[bytes]) -> Merged:
    left, top, right, bottom = (each.decode() for each in found.groups())
    return Merged(_column(left), int(top), _column(right), int(bottom))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _too_large(file: str, why: str) -> CannotRead:
    return CannotRead(
        FactsProblem(
            "facts-too-large",
            f"the workbook has {why}",
            file,
            help="give the rows of one organisation, without pictures and unused sheets",
        )
    )


def not_a_workbook(file: str, why: str) -> CannotRead:
    """That a file cannot be read as a workbook."""
    return CannotRead(
        FactsProblem(
            "facts-bad-file",
            f"the file cannot be read as a workbook: {' '.join(why.split())[:200]}",
            file,
            help="open it in a spreadsheet program and save it again as .xlsx, without a password",
        )
    )
