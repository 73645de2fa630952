"""Where the stage puts what it finds wrong: every mistake once, in the order found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from attain_compiler.diagnostics.model import Diagnostic, Fix, Label, Severity
from attain_compiler.source import Span

SUGGESTIONS = 40
"""How many `did you mean` are looked for in one run: a file of ten thousand wrong names is not searched for long."""


class Findings:
    """The diagnostics of one compilation. Saying the same thing of the same place twice counts once."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}
        self._suggestions = SUGGESTIONS
        self._nearest: dict[tuple[str, ...], str | None] = {}

    @property
    def all(self) -> tuple[Diagnostic, ...]:
        return tuple(self._found)

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(each.severity is Severity.ERROR for each in self._found)

    def take(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Add what another stage found."""
        for each in diagnostics:
            self._found.setdefault(replace(each, span=each.span.written) if each.span.copy else each)

    def error(
        self,
        code: str,
        message: str,
        span: Span,
        label: str = "",
        secondary: Iterable[Label] = (),
        help: str = "",
        fix: Fix | None = None,
    ) -> None:
        self._found.setdefault(Diagnostic(code, message, span, label, tuple(secondary), help, fix))

    def warning(
        self,
        code: str,
        message: str,
        span: Span,
        label: str = "",
        secondary: Iterable[Label] = (),
        help: str = "",
        fix: Fix | None = None,
    ) -> None:
        warned = Diagnostic(code, message, span, label, tuple(secondary), help, fix, Severity.WARNING)
        self._found.setdefault(warned)

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """The name among `known` that `word` is most likely meant to be, or None."""
        question = (word, *known)
        if question not in self._nearest and self._suggestions > 0 and len(word) <= 80:
            import difflib  # only where there is a mistake

            self._suggestions -= 1
            folded = {each.casefold().replace("-", "_"): each for each in question[1:]}
            close = difflib.get_close_matches(word.casefold().replace("-", "_"), folded, n=1, cutoff=0.6)
            ends = [each for each, one in folded.items() if one.rpartition(".")[2] == word]  # only said with its import
            close = ends[:1] or close
            self._nearest[question] = folded[close[0]] if close else None
        return self._nearest.get(question)

    def unknown(
        self,
        message: str,
        span: Span,
        word: str,
        known: Iterable[str],
        secondary: Iterable[Label] = (),
        help: str = "",
        code: str = "unknown-name",
    ) -> None:
        """An error about a name that means nothing here, with the name it is most likely meant to be."""
        meant = self.nearest(word, known)
        if meant is None:
            self.error(code, message, span, secondary=secondary, help=help)
            return
        fix = Fix(span, meant, f"change `{word}` to `{meant}`", certain=False)
        self.error(code, message, span, f"did you mean `{meant}`?", secondary, help, fix)
