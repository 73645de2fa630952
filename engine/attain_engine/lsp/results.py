"""What was asked of a policy in the editor and is shown beside it, as long as the policy stays as it was."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from attain_compiler.frozen import frozen
from attain_compiler.source import SourceFile
from attain_engine.lsp.workspace import Analysis


def _same(files: Mapping[str, SourceFile], analysis: Analysis) -> bool:
    return dict(files) == dict(analysis.files)


@frozen
class Ran:
    """What an example came to when it was run: how many of its cases failed, and the first failure in words."""

    files: Mapping[str, SourceFile]
    cases: int
    failed: int
    message: str

    def is_of(self, analysis: Analysis) -> bool:
        """Whether the policy is still as it was."""
        return _same(self.files, analysis)


@frozen
class Standing:
    """What the parts of the scores came to for some facts, by the names of score and part."""

    files: Mapping[str, SourceFile]
    facts: str
    on: datetime.date
    points: Mapping[tuple[str, str], str]

    def is_of(self, analysis: Analysis) -> bool:
        """Whether the policy is still as it was."""
        return _same(self.files, analysis)
