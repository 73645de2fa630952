"""The organisations that examples of the editions describe: some of them show what differs, or have the rows for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_engine.check.judged_on import date_of
from attain_engine.compare.editions import Editions
from attain_engine.compare.rewriting import Rewriting
from attain_engine.facts import rows_from_example
from attain_engine.facts.model import Facts, Row


@frozen
class Organisation:
    """Facts under the names that both editions share, and the day they are judged on."""

    on: datetime.date
    facts: Facts


def organisations(editions: Editions, beside: Iterable[Program]) -> Iterator[Organisation]:
    """The facts of all examples of both editions and of policies `beside` HEAD, each once, under default readings."""
    seen: set[Any] = set()
    head = editions.head
    both = [(each.program, each.names) for each in (head, editions.base)]
    for program, names in (*both, *((each, head.names) for each in beside)):
        for example in program.examples.values():
            chosen = dict(example.readings)
            if any(program.readings[each].default != name for each, name in chosen.items()):
                continue
            on = date_of(program, example)
            facts = under_shared_names(names, rows_from_example(program, example))
            key = (on, facts.closed, _content(facts.tables), tuple(sorted(facts.values.items(), key=repr)))
            if repr(key) not in seen:
                seen.add(repr(key))
                yield Organisation(on, facts)


def under_shared_names(names: Mapping[str, str], facts: Facts) -> Facts:
    """Facts under the names of an edition, under the names that both share."""
    rewrite = Rewriting(names)
    values = {
        (names.get(identifier, identifier), rewrite(arguments)): rewrite(value)
        for (identifier, arguments), value in facts.values.items()
    }
    tables = {
        names.get(name, name): tuple(
            Row(names.get(name, name), {field: rewrite(value) for field, value in row.values.items()}) for row in rows
        )
        for name, rows in facts.tables.items()
    }
    return replace(facts, values=values, tables=tables)


def _content(tables: Mapping[str, tuple[Row, ...]]) -> Any:
    return tuple((name, tuple(tuple(row.values.items()) for row in rows)) for name, rows in tables.items() if rows)


class Known:
    """The organisations of the examples, gathered once they are asked for."""

    def __init__(self, editions: Editions, beside: Callable[[], Iterable[Program]] = tuple) -> None:
        self._editions = editions
        self._beside = beside

    @cached_property
    def every(self) -> tuple[Organisation, ...]:
        return tuple(organisations(self._editions, self._beside()))
