"""Writing what a command answers."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path


def write_output(text: str, path: str | None = None) -> None:
    """Write an answer to standard output, or to the file at `path`. Raises OSError where that cannot be written."""
    if path is None:
        sys.stdout.write(text)
    else:
        replace_file(Path(path), text)


def replace_file(path: Path, content: str | bytes) -> None:
    """Put `content` (a text as UTF-8) in place of what the file holds, all or nothing: whoever reads it never sees a
    half.

    A link stays a link, and the file keeps its permissions.
    """
    import tempfile  # here: few answers go to a file

    data = content if isinstance(content, bytes) else content.encode("utf-8", errors="backslashreplace")
    try:
        target = path.resolve()
    except RuntimeError:  # before Python 3.13
        raise OSError(errno.ELOOP, "links that lead in a circle", str(path)) from None
    if target.exists() and not target.is_file():  # a pipe or a device cannot be replaced, only written to
        target.write_bytes(data)
        return
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None  # not of the temporary file's name
    temporary = Path(name)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_mask())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
