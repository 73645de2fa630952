"""Keeping the parser of policies between commands: making it from the grammar takes longer than anything else."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path


@cache
def keep_parser() -> None:
    """Save the parser that this process has made, where the compiler looks for it: in its own folder, as Python does
    with its compiled modules. An installed Attain has it there from the start, so this is for those who change the
    grammar. If the folder cannot be written, the next command makes the parser anew.

    The file is put in its place in one step, so that no other process can read half of it.
    """
    from attain_compiler.syntax import parser

    data = parser.to_be_saved()
    if data is None:
        return
    import tempfile  # here: hardly ever is there anything to be saved

    folder = Path(parser.__file__).parent
    with contextlib.suppress(OSError):
        handle, written = tempfile.mkstemp(prefix=f"{parser.SAVED}.", dir=folder)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(written, 0o644)  # whoever may run Attain may read it
            os.replace(written, folder / parser.SAVED)
        except BaseException:
            os.unlink(written)
            raise
