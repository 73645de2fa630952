"""Names, texts, numbers, dates and other words that are values by themselves."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from attain_compiler.diagnostics.model import Diagnostic, Fix
from attain_compiler.source import Span
from attain_compiler.syntax import ast
from attain_compiler.syntax.build.parts import Report, Written
from attain_compiler.syntax.making import Make
from attain_compiler.syntax.tokens import Token

MOST_DIGITS = 100

_IN_DOUBT = re.compile(r"[1-9]\d{0,2}\.\d\d0")
"""What half of the world reads as a whole number of thousands."""


def name(it: Written) -> ast.Name:
    return ast.Name(it.parts[0].text, span=it.span)


def text(it: Written) -> ast.Text:
    return ast.Text(_unquoted(it.parts[0], it.span, it.report), span=it.span)


def text_value(it: Written) -> ast.TextLiteral:
    return ast.TextLiteral(_unquoted(it.parts[0], it.span, it.report), span=it.span)


def _unquoted(token: Token, span: Span, report: Report) -> str:
    inner = token.text[1:-1]
    if "\\" not in inner:
        return inner
    for found in re.finditer(r"\\(.)", inner):
        if found.group(1) not in '"\\':
            start = token.start + 1 + found.start()
            place = Span(span.path, start, start + 2)
            report.append(
                Diagnostic(
                    "unknown-escape",
                    f"`{found.group()}` means nothing in a text",
                    place,
                    help='only `\\"` and `\\\\` are written with a backslash; for a backslash write two',
                    fix=Fix(place, "\\" + found.group(), "write two backslashes"),
                )
            )
    return re.sub(r"\\(.)", r"\1", inner)


def word(it: Written) -> ast.Word:
    return ast.Word(it.parts[0].text, span=it.span)


def any_other(it: Written) -> ast.Word:
    return ast.Word("otherwise", span=it.span)


def date(it: Written) -> ast.DateLiteral:
    written = it.parts[0].text
    year, month, day = (int(each) for each in written.split("-"))
    try:
        value = datetime.date(year, month, day)
    except ValueError:
        value = datetime.date(2000, 1, 1)
        it.report.append(_no_such_date(written, it.span, year, month))
    else:
        _check_year(written, year, it.span, it.report)
        _check_digits(written, value.isoformat(), it.span, it.report)
    return ast.DateLiteral(value, span=it.span)


def _no_such_date(written: str, span: Span, year: int, month: int) -> Diagnostic:
    if not 1 <= month <= 12:
        advice = "write year-month-day, with a month from 01 to 12"
    elif year == 0:
        advice = "years begin with 0001"
    else:
        advice = f"{year:04}-{month:02} has {_days_in(year, month)} days"
    return Diagnostic("no-such-date", f"there is no date `{written}`", span, help=advice)


LAST_YEAR = 9998
"""A date of a later year could not be told from `never`."""


def _check_year(written: str, year: int, span: Span, report: Report) -> None:
    if year > LAST_YEAR:
        message = f"`{written}` lies outside the years 1 to {LAST_YEAR}"
        report.append(Diagnostic("no-such-date", message, span, help="write `never` for a date without end"))


def _days_in(year: int, month: int) -> int:
    following = datetime.date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else None
    return 31 if following is None else (following - datetime.timedelta(days=1)).day


def _check_digits(written: str, right: str, span: Span, report: Report) -> None:
    if written != right:
        report.append(
            Diagnostic(
                "short-date",
                f"month and day have two digits, `{written}` has fewer",
                span,
                label=f"write `{right}`",
                help=f"write `{right}`",
                fix=Fix(span, right, f"write `{right}`"),
            )
        )


def quantity(it: Written) -> ast.Number | ast.MonthLiteral | ast.DurationLiteral:
    token: Token = it.parts[0]
    if token.kind == "MONTH":
        return _month(token, it.span, it.report)
    if sum(sign.isdigit() for sign in token.text) > MOST_DIGITS:
        advice = "check the number; nothing that is counted or paid has so many digits"
        it.report.append(Diagnostic("too-long", f"a number of more than {MOST_DIGITS} digits", it.span, help=advice))
        return ast.Number(Fraction(0), span=it.span)
    _check_point(token.text.rstrip("%").split()[0], it.span, it.report)
    if token.kind == "PERCENT":
        return ast.Number(_fraction(token.text[:-1].rstrip()), "%", span=it.span)
    if token.kind == "NUMBER":
        return ast.Number(_fraction(token.text), span=it.span)
    number, unit = token.text.split(maxsplit=1)
    if token.kind == "DURATION":
        return _duration(number, unit.removesuffix("s"), it.span, it.report)
    return ast.Number(_fraction(number), "points" if token.kind == "POINTS" else " ".join(unit.split()), span=it.span)


def _check_point(written: str, span: Span, report: Report) -> None:
    """A last 0 as the third decimal says nothing; where the point stands between thousands it does."""
    if _IN_DOUBT.fullmatch(written):
        thousands, decimals = written.replace(".", "_"), written.rstrip("0").removesuffix(".")
        report.append(
            Diagnostic(
                "malformed-number",
                f"`{written}` may be read as `{decimals}` or as `{thousands}`",
                span,
                help=f"write `{thousands}` if the point stands between thousands, else `{decimals}`",
            )
        )


def _fraction(written: str) -> Fraction:
    return Fraction(written.replace("_", ""))


def _month(token: Token, span: Span, report: Report) -> ast.MonthLiteral:
    year, month = (int(each) for each in token.text.split("-"))
    if year == 0 or not 1 <= month <= 12:
        advice = "write year-month, with a month from 01 to 12; to subtract, put spaces around `-`"
        report.append(Diagnostic("no-such-date", f"there is no month `{token.text}`", span, help=advice))
        return ast.MonthLiteral(2000 * 12, span=span)
    _check_year(token.text, year, span, report)
    _check_digits(token.text, f"{year:04}-{month:02}", span, report)
    return ast.MonthLiteral(year * 12 + month - 1, span=span)


def _duration(number: str, unit: str, span: Span, report: Report) -> ast.DurationLiteral:
    value = _fraction(number)
    if value.denominator != 1:
        advice = "say it in a smaller unit, for example `18 months` instead of `1.5 years`"
        report.append(
            Diagnostic("malformed-number", f"`{number} {unit}s` is no whole number of {unit}s", span, help=advice)
        )
    return ast.DurationLiteral(int(value), unit, span=span)


MAKERS: dict[str, Make] = {
    "name": name,
    "text": text,
    "text_value": text_value,
    "word": word,
    "any_other": any_other,
    "date": date,
    "quantity": quantity,
}
