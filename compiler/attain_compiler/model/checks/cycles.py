"""Nothing is defined by itself, directly or in a circle; but for definitions that go back or grow (see `recursion`)."""

from __future__ import annotations

from collections.abc import Iterator

from attain_compiler.diagnostics.model import Label
from attain_compiler.model.findings import Findings
from attain_compiler.model.heads import Heads
from attain_compiler.source import Span


def check(heads: Heads, findings: Findings) -> None:
    """Report each circle once, with every step of it."""
    for circle in circles(heads):
        names = [id_.rpartition(".")[2] for id_, _ in circle]
        (_, first), *others = circle
        way = f"`{names[0]}` uses " + ", which uses ".join(f"`{each}`" for each in [*names[1:], names[0]])
        findings.error(
            "cyclic-definition",
            f"`{names[0]}` is defined by itself" + (f": {way}" if len(circle) > 1 else ""),
            first,
            f"`{names[0]}` uses `{names[1 % len(names)]}` here",
            [
                Label(span, f"`{name}` uses `{names[(i + 2) % len(names)]}` here")
                for i, ((_, span), name) in enumerate(zip(others, names[1:], strict=True))
            ],
            "say what it means without itself",
        )


def circles(heads: Heads) -> Iterator[list[tuple[str, Span]]]:
    """Circles of declarations that use one another, each with the places of the uses; every circle's start once."""
    done: set[str] = set()
    for start in heads.places:
        if start in done:
            continue
        path: list[tuple[str, Span]] = []
        on_path: dict[str, int] = {}
        todo: list[tuple[str, Iterator[tuple[str, Span]]]] = [(start, iter(heads.uses.of(start).items()))]
        on_path[start] = 0
        while todo:
            current, uses = todo[-1]
            step = next(uses, None)
            if step is None:
                todo.pop()
                on_path.pop(current)
                done.add(current)
                if path:
                    path.pop()
                continue
            used, span = step
            if used == current and used in heads.values and heads.values[used].kind == "define":
                continue  # see `recursion`
            if used in on_path:
                yield [*path[on_path[used] :], (current, span)]
            elif used not in done:
                path.append((current, span))
                on_path[used] = len(path)
                todo.append((used, iter(heads.uses.of(used).items())))
