"""What an entry of the catalogue of diagnostics says."""

from __future__ import annotations

from attain_compiler.diagnostics.model import Severity
from attain_compiler.frozen import frozen


@frozen
class Entry:
    """The page of one diagnostic.

    `summary` is one line without a final period. `why` says in whole sentences what the mistake costs and how to mend
    it; blank lines separate paragraphs. `avoid` shows what is refused and `prefer` what to write instead, both as they
    would stand in a file (an empty text leaves its part of the page out).
    """

    code: str
    summary: str
    why: str
    avoid: str
    prefer: str
    severity: Severity = Severity.ERROR
