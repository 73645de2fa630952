"""What to write instead of a value of the wrong type, where that is plain from the text or from the two types."""

from __future__ import annotations

from attain_compiler.model import program as model
from attain_compiler.model.types import FLAG, EntityType, EnumType, Quantity, RecordType, Simple, Type
from attain_compiler.model.units import is_broken
from attain_compiler.source import SourceFile
from attain_compiler.syntax import ast

LONGEST = 40
"""What is written in more characters is not repeated in a help."""


def repair(node: ast.Expression, wanted: Type, source: SourceFile) -> str:
    """What to write instead, where that is plain from the text."""
    match node, wanted:
        case ast.Number(unit="", value=value), Quantity(kind="percent"):
            written = source.slice(node.span)
            if 1 <= value <= 10:
                return f"write `{written}%`, or `{100 * value}%` if {written} times as much is meant"
            if not 0 < value < 1 or (100 * value).denominator != 1:
                return f"write `{written}%`"
            return f"write `{100 * value}%`, or `{written}%` if so little is meant"
        case ast.Number(unit="points", value=value), Quantity(kind="percent"):
            return f"a share of something is a percent: `{value}%`; points are compared with points"
        case ast.Binary(operator="/" | "-"), Simple(kind="date"):
            return "a date is written `2022-10-03`: the year, the month, the day"
        case ast.DurationLiteral(), Simple(kind="date"):
            return f"say from when, as in `{source.slice(node.span)} before assessment date`"
        case ast.Number(unit=""), Quantity(kind="money", currency=currency):
            return f"write `{source.slice(node.span)} {currency}`"
        case ast.Number(unit=unit), Quantity(period=period) if period and " a " not in unit:
            return f"a rate says its time, `{source.slice(node.span)} a {period}`; an amount is `... * 12 months` of it"
        case ast.Number(unit=""), Quantity(kind="count"):
            return "a count is whole"
        case ast.Aggregate(condition=None), Simple(kind="flag"):
            return "say which rows with `where`: `... among R r where ...`; or compare it: `(...) at least 2`"
        case ast.Aggregate(), Simple(kind="flag"):
            return "compare it, in parentheses: `(count of ... where ...) at least 2`"
        case ast.TextLiteral(value=value), _ if not is_broken(wanted):
            return f"write {value} without quotes" if value.isidentifier() or value.isdecimal() else ""
        case ast.Range(unit=unit), Quantity():
            return f"write `number of {unit} from A to B`: `{unit} from A to B` is the set of them"
        case ast.Number(unit=""), Simple(kind="month"):
            return "write `month number of ...` for the number of a month in its year"
        case ast.Number(unit="", value=value), Simple(kind="date"):
            return f"for the dates of a year write `year of D is {value}`"
        case ast.MonthLiteral(), Simple(kind="date"):
            return f"for the dates of a month write `month of D is {source.slice(node.span)}`"
        case ast.DateLiteral(value=value), Simple(kind="month"):
            return f"a month is written `{value:%Y-%m}`; `month of D` is that of a date"
        case ast.DurationLiteral(value=value, unit=unit), Quantity(kind="count" | "number"):
            return f"a number of {unit}s is a count: write `{value}` alone"
        case _:
            return ""


def field_of_type(record: model.Record, wanted: Type, written: str) -> str:
    """Of a row where a value is wanted: its field of that type, if there is one."""
    found = next((each for each in record.fields if each.type == wanted), None)
    return f"write `{_short(written)}.{found.name}`" if found is not None else ""


def repair_of(found: Type, wanted: Type, written: str) -> str:
    """What is to be done with a value of one type where another is wanted."""
    it = _short(written)
    match found, wanted:
        case Quantity() | Simple(kind="duration"), Simple(kind="flag"):
            return f"say what it must be, as in `{it} at least ...`"
        case Simple(kind="date" | "month"), Simple(kind="flag"):
            return f"say what it must be, as in `{it} on or before ...`"
        case EntityType(), Simple(kind="flag"):
            return f"ask for the rows that hold it: `some R r where r.FIELD is {it}`"
        case RecordType(), Simple(kind="flag"):
            return f"ask about one of its fields, as in `{it}.FIELD`"
        case Simple(kind="flag"), _ if wanted != FLAG:
            return f"a condition is yes or no: choose `by case`, with lines `VALUE when {it}`"
        case _:
            return apart(found, wanted)


def apart(left: Type, right: Type) -> str:
    """What brings two values together that are not alike."""
    match left, right:
        case Quantity(kind="money", currency=one), Quantity(kind="money", currency=other) if one != other:
            return f"amounts of two currencies are not alike: a `parameter` may hold one in {one} and one in {other}"
        case (Quantity(kind="percent"), Quantity()) | (Quantity(), Quantity(kind="percent")):
            return (
                "a percent is a share of something: multiply, as in `a * 5%`, or divide, as in `(a / b else 0%)`; "
                "two thirds are `200% / 3`"
            )
        case (Quantity(kind="points"), Quantity()) | (Quantity(), Quantity(kind="points")):
            return "points are those of a score: write the number alone, or make points of it, `a * 1 point`"
        case (EnumType(), Simple(kind="text")) | (Simple(kind="text"), EnumType()):
            return "values of an enum are written by their names, without quotes"
        case _:
            return ""


def _short(written: str) -> str:
    return written if len(written) <= LONGEST and "\n" not in written else "..."
