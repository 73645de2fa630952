"""The whole compiler on one page: the text of a policy in, a program out, with every mistake that was found.

    SourceFile -> ast.File          syntax.parse: what was written
    ast.File   -> model.Program     model.from_ast: what it means; imports merged, names bound, types checked
    model.Program -> asp.Program    asp.from_model: the rules for the solver (called by the engine, for what it asks)

Nothing here reads files: `load` is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence

from attain_compiler.diagnostics.model import Diagnostic
from attain_compiler.model.from_ast import Understood, program_of, understand
from attain_compiler.model.modules import Load, Parse
from attain_compiler.model.program import Program
from attain_compiler.source import SourceFile


def compile_policy(path: str, text: str, load: Load) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """The program of one policy and what it imports, and every mistake and doubt in any of the files.

    `load(path of the importing file, name of the module)` gives the file of an imported module, None where there is
    none. The program is None if there is any error (warnings do not matter).
    """
    return compile_policies([SourceFile(path, text)], load)


def compile_policies(sources: Sequence[SourceFile], load: Load) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """One program of several policies, for planning several designations together; `main` is the first of them.

    The policies see only what they import, so their names may be the same; what two of them import is one module.
    """
    return program_of(sources, load)


def understand_policy(source: SourceFile, load: Load, parse: Parse) -> Understood:
    """All that is understood of one policy and what it imports, mistakes or not: for editors, which give a `parse` that
    remembers (`syntax.again.Memory`)."""
    return understand([source], load, parse)
