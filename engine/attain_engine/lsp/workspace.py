"""The policies as they stand in an editor, open documents before what is on disk, and what is understood of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.model.from_ast import Understood
from attain_compiler.model.modules import Module
from attain_compiler.model.program import Program
from attain_compiler.model.scope import Visible
from attain_compiler.pipeline import understand_policy
from attain_compiler.source import SourceFile
from attain_compiler.syntax.again import Memory
from attain_engine.policies import find_policies, module_path, read_source


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """What is understood of one file and what it imports. `refused` are imported files that cannot be read. Equal only
    to itself: what is derived from one is kept by it."""

    path: str
    understood: Understood
    refused: tuple[Diagnostic, ...]

    @property
    def program(self) -> Program | None:
        """The program, None if there is any error."""
        return self.understood.program if self.understood.complete and not self.refused else None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return (*self.refused, *self.understood.diagnostics)

    @property
    def module(self) -> Module:
        """The module of the file itself."""
        return next(each for each in self.understood.modules if each.source.path == self.path)

    @property
    def visible(self) -> Visible:
        return self.understood.visible[self.path]

    @property
    def source(self) -> SourceFile:
        return self.module.source

    @property
    def files(self) -> Mapping[str, SourceFile]:
        """The files that were read, by path."""
        return {path: source for each in self.understood.modules for path, source in each.sources.items()}

    def module_called(self, name: str) -> Module | None:
        return next((each for each in self.understood.modules if each.name == name), None)


@dataclass(slots=True)
class Workspace:
    """Folders of policies, with the documents that are open in the editor. Paths are absolute.

    An analysis is kept as long as none of its files changes; a declaration is read again only if its text changes. For
    one thread at a time.
    """

    folders: tuple[str, ...] = ()
    documents: dict[str, str] = field(default_factory=dict)
    _sources: dict[str, SourceFile] = field(default_factory=dict)
    _memory: Memory = field(default_factory=Memory)
    _analyses: dict[str, tuple[Mapping[str, SourceFile], Analysis]] = field(default_factory=dict)
    _otherwise: Workspace | None = None

    def open(self, path: str, text: str) -> None:
        """The text of a document, as the editor has it now."""
        self.documents[path] = text

    def close(self, path: str) -> None:
        """From now on, what is on disk counts."""
        self.documents.pop(path, None)

    def forget(self) -> None:
        """Files came or went: which file an import means is to be looked up again."""
        self._analyses.clear()
        self._otherwise = None

    def source(self, path: str) -> SourceFile | None:
        """The text of a file as it stands; None if it cannot be read."""
        found = self._read(path)
        return found if isinstance(found, SourceFile) else None

    def analysis(self, path: str) -> Analysis | None:
        """What is understood of a file; None if it cannot be read."""
        source = self.source(path)
        if source is None:
            return None
        kept = self._analyses.get(path)
        if kept is not None and all(self.source(each) == file for each, file in kept[0].items()):
            return kept[1]
        files: dict[str, SourceFile] = {path: source}
        refused: list[Diagnostic] = []

        def load(importing: str, name: str) -> SourceFile | None:
            where = module_path(importing, name)
            if where is None:
                return None
            read = files.get(where) or self._read(where)
            if isinstance(read, Diagnostic):
                if read not in refused:
                    refused.append(read)
                return None
            files[where] = read
            return read

        understood = understand_policy(source, load, self._memory.parse)
        analysis = Analysis(path, understood, tuple(refused))
        self._analyses[path] = files, analysis
        return analysis

    def analysis_with(self, path: str, text: str) -> Analysis | None:
        """What would be understood of a file if this were its text; remembered apart, as declarations here are."""
        if self._otherwise is None:
            self._otherwise = Workspace(self.folders)
        self._otherwise.documents = {**self.documents, path: text}
        return self._otherwise.analysis(path)

    def policies(self) -> tuple[str, ...]:
        """Every policy of the folders, and every document that is open."""
        return tuple(dict.fromkeys((*find_policies(self.folders), *self.documents)))

    def beside(self, folders: Iterable[str]) -> tuple[str, ...]:
        """The policies that stand in these folders themselves."""
        wanted = frozenset(folders)
        return tuple(path for path in find_policies(wanted & _existing(wanted)) if os.path.dirname(path) in wanted)

    def mentioning(self, words: Iterable[str]) -> tuple[str, ...]:
        """The policies in which one of these words stands."""
        pattern = re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(each) for each in words) + r")(?![\w-])")
        found = []
        for path in self.policies():
            source = self.source(path)
            if source is not None and pattern.search(source.text):
                found.append(path)
        return tuple(found)

    def with_texts(self, texts: Mapping[str, str]) -> Workspace:
        """The workspace as it would be with other texts in some files."""
        return Workspace(self.folders, {**self.documents, **texts}, dict(self._sources))

    def _read(self, path: str) -> SourceFile | Diagnostic:
        """The text of a file; one that is the same again is the same object."""
        text = self.documents.get(path)
        before = self._sources.get(path)
        if before is not None and before.text == text:
            return before
        read = SourceFile(path, text) if text is not None else read_source(path)
        if isinstance(read, Diagnostic):
            return read
        if before is None or before.text != read.text:
            self._sources[path] = read
        return self._sources[path]


def _existing(folders: frozenset[str]) -> frozenset[str]:
    return frozenset(each for each in folders if os.path.isdir(each))


def absolute(path: str) -> str:
    """A path as the workspace has it."""
    return os.path.normpath(os.path.abspath(path))
