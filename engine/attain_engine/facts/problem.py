"""A mistake in the facts, as a value: what is wrong, exactly where, which rule it breaks, and what to do.

Facts are not policy sources, so a problem has no span: it has a file, a table, a row and a field. Its code is an entry
of the catalogue of diagnostics like any other.
"""

from __future__ import annotations

from typing import Literal

from attain_compiler.frozen import frozen


@frozen
class FactsProblem:
    """One mistake.

    `file` is the path as it was given (`--set` for a setting, empty where there is no file); `table` the record's name,
    or `given`; `row` counts from 1; `line` is the line in the file, from 1; `field` the column or field (for a value
    that was given straight, the measure and its arguments: `net_adds.smb`). `value` is what was written (None: nothing
    was), `rule` what the policy says about it, `help` what to do. In a workbook or a database, `sheet` is the name of
    the sheet or table, and `column` the letters of the column. A remark is a `warning`. Texts that do not apply are
    empty.
    """

    code: str
    message: str
    file: str = ""
    table: str = ""
    row: int | None = None
    line: int | None = None
    field: str = ""
    value: str | None = None
    rule: str = ""
    help: str = ""
    sheet: str = ""
    column: str = ""
    severity: Literal["error", "warning"] = "error"


@frozen
class Refusal:
    """A value that cannot be taken, without its place: what is wrong with it and what to do."""

    code: str
    message: str
    help: str = ""
