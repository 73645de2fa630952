"""Tables of cells from a database, SQLite or DuckDB, or from a Parquet file. Nothing is written, and no other file than
the one that is named is read."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import quote

from attain_engine.facts.cells import MOST_CELLS, Broken, CannotRead, Cell, Grid, cell_of
from attain_engine.facts.extras import extra
from attain_engine.facts.problem import FactsProblem

MOST_STEPS = 200_000_000
"""So many steps of SQLite's machine a table may take: a view can ask for work without end."""

MOST_SECONDS = 60
"""So long a table of DuckDB may take, for the same reason."""

_AT_ONCE = 1_000
_AS_IT_IS = re.compile(
    r"VARCHAR|BOOLEAN|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DOUBLE|DECIMAL\(\d+,\d+\)|DATE|TIMESTAMP|BLOB|VARCHAR\[\]"
)
"""Types of DuckDB whose values arrive as they are; of others it is asked for the text. So is FLOAT: its value in binary
would arrive with digits that nobody wrote."""


class Database(Protocol):
    """A file with tables. `tables` are their names, views among them. To be used in a `with` statement."""

    tables: tuple[str, ...]

    def grid(self, table: str) -> Grid: ...

    def __enter__(self) -> Database: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Sqlite:
    """A SQLite database."""

    def __init__(self, path: Path, file: str) -> None:
        """Raises `CannotRead`."""
        self._file = file
        self._steps = 0
        try:
            self._connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=5)
            self._connection.set_progress_handler(self._too_long, 1_000_000)
            self._connection.execute("pragma trusted_schema = off")
            self._connection.execute("pragma query_only = on")
            found = self._connection.execute(
                "select name from sqlite_schema where type in ('table', 'view') "
                "and name not like 'sqlite\\_%' escape '\\' order by name"
            )
            self.tables = tuple(str(name) for (name,) in found)
        except sqlite3.Error as error:
            raise _not_a_database(file, str(error)) from None

    def __enter__(self) -> Sqlite:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def grid(self, table: str) -> Grid:
        """The cells of a table or view."""
        return Grid(self._file, "query", self._rows(table), table)

    def _rows(self, table: str) -> Iterator[tuple[int | None, list[Cell]]]:
        self._steps = 0
        try:
            found = self._connection.execute(f"select * from {_named(table)}")  # noqa: S608 - the name is quoted
            yield None, [each[0] for each in found.description]
            yield from _bounded(found)
        except sqlite3.Error as error:
            raise Broken(f"the table cannot be read: {_short(error)}", "mend the database, or give a copy") from None

    def _too_long(self) -> int:
        self._steps += 1_000_000
        return int(self._steps > MOST_STEPS)


class DuckDb:
    """A DuckDB database, or with `parquet` one Parquet file, whose table is called like the file."""

    def __init__(self, path: Path, file: str, parquet: bool = False) -> None:
        """Raises `CannotRead`."""
        duckdb = extra("duckdb", "tables", "a Parquet file" if parquet else "a DuckDB database", file)
        self._file, self._error = file, duckdb.Error
        self._parquet = re.sub(r"([*?\[\]])", r"[\1]", str(path)) if parquet else ""
        limits = {"threads": "1", "memory_limit": "800MB"}
        try:
            if parquet:
                self._connection: Any = duckdb.connect(":memory:", config=limits)
                self.tables: tuple[str, ...] = (path.stem,)
                return
            self._connection = duckdb.connect(
                str(path), read_only=True, config={**limits, "enable_external_access": "false"}
            )
            found = self._connection.execute(
                "select table_name from information_schema.tables where table_schema = 'main' order by table_name"
            )
            self.tables = tuple(name for (name,) in found.fetchall())
        except self._error as error:
            raise _not_a_database(file, str(error)) from None

    def __enter__(self) -> DuckDb:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def grid(self, table: str) -> Grid:
        """The cells of a table or view."""
        return Grid(self._file, "query", self._rows(table), "" if self._parquet else table)

    def _rows(self, table: str) -> Iterator[tuple[int | None, list[Cell]]]:
        late = threading.Timer(MOST_SECONDS, self._connection.interrupt)
        late.daemon = True
        late.start()
        source, given = ("read_parquet(?)", [self._parquet]) if self._parquet else (_named(table), [])
        try:
            asked = self._connection.execute(f"describe select * from {source}", given).fetchall()  # noqa: S608
            names = [str(each[0]) for each in asked]
            wanted = ", ".join(
                _named(name) if _AS_IT_IS.fullmatch(kind) else f"cast({_named(name)} as varchar)"
                for name, kind in ((str(each[0]), str(each[1])) for each in asked)
            )
            found = self._connection.execute(f"select {wanted} from {source}", given)  # noqa: S608
            yield None, list(names)
            yield from _bounded(row for many in iter(lambda: found.fetchmany(_AT_ONCE), []) for row in many)
        except self._error as error:
            raise Broken(f"the table cannot be read: {_short(error)}", "mend the file, or give a copy") from None
        finally:
            late.cancel()


def _bounded(rows: Any) -> Iterator[tuple[int | None, list[Cell]]]:
    count = 0
    for row in rows:
        count += len(row)
        if count > MOST_CELLS:
            fix = "give the rows of one organisation"
            raise Broken(f"the table has more than {MOST_CELLS:,} cells; the rest was not read", fix)
        yield None, [cell_of(each) for each in row]


def _named(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _not_a_database(file: str, why: str) -> CannotRead:
    return CannotRead(
        FactsProblem(
            "facts-bad-file",
            f"the file cannot be read as a database: {' '.join(why.split())[:200]}",
            file,
            help="give a copy that no other program is writing to",
        )
    )
