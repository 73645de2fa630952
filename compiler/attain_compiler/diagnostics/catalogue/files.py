"""Diagnostics about files that cannot be read as a policy at all."""

from __future__ import annotations

from attain_compiler.diagnostics.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = (
    Entry(
        code="unreadable-file",
        summary="a policy file cannot be read",
        why="""\
The file does not exist, is a folder, or may not be read by whoever runs the command. Nothing can be said about a policy
that cannot be read, so the command ends as it does for wrong usage (exit code 2).

Look at the path for a misspelling, and at who may read the file.""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="not-text",
        summary="a policy file is not text",
        why="""\
A policy is text in UTF-8. This file has bytes that are not: it may be a spreadsheet, a document of a word processor, an
archive, or text that was saved in another encoding (then names and titles would be read wrongly, and in silence).

Save the file as plain text in UTF-8. Most editors offer it as "Save with encoding".""",
        avoid="",
        prefer="",
    ),
    Entry(
        code="file-too-large",
        summary="a policy file is larger than any policy should be",
        why="""\
A policy is written and read by people. A file of more than two million bytes is not one: it is nearly always facts, or
another file under the wrong name. Facts belong in a file of their own, which is given to `attain assess` beside the
policy.""",
        avoid="",
        prefer="",
    ),
)
