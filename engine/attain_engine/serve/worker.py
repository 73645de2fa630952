"""A worker: answers questions one after the other, in a process of its own that ends when it uses up its limits.

`python -P -m attain_engine.serve.worker FOLDER SECONDS MEGABYTES` reads messages from standard input and writes one for
each to standard output, and one before them when it is ready.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attain_compiler.model.program import Program
from attain_engine.memory import memory_in_use
from attain_engine.serve.answers import Answers, Reply
from attain_engine.serve.folder import Folder
from attain_engine.serve.frames import OUT_OF_MEMORY, packed, received
from attain_engine.serve.kept import Uploaded
from attain_engine.serve.problems import problem_of

_INTERVAL = 0.05


def main() -> None:
    """Answer until standard input ends."""
    root, seconds, megabytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    messages, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no part of an answer
    threading.Thread(target=_watch, args=(megabytes, os.getppid()), name="limits", daemon=True).start()
    os.chdir(root)
    answers = Answers(Folder(Path.cwd()), seconds)
    answer = packed({"status": 200, "type": "ready"})
    while True:
        out.write(answer)
        out.flush()
        message = received(messages)
        if message is None:
            return
        answer = _answered(answers, *message)
        _keep_to(megabytes)


def _answered(answers: Answers, head: Mapping[str, Any], body: bytes) -> bytes:
    named = head.get("upload")
    upload = None
    if named is not None:
        length = named["bytes"]
        upload = Uploaded(named["name"], body[:length], named["scratch"], body[length:])
    try:
        reply: Reply = answers.answer(head["kind"], head["question"], upload)
    except Exception as error:
        found = problem_of(error, _program(answers, head))
        return packed({"status": found.status, "type": "application/problem+json"}, found.model_dump_json().encode())
    return packed({"status": 200, "type": reply.type}, reply.body.encode("utf-8", "backslashreplace"))


def _program(answers: Answers, head: Mapping[str, Any]) -> Program | None:
    """The policy that a question is about, for the places in what is said of it."""
    try:
        return answers.kept.program(head["question"]["policy"])
    except Exception:  # then this is what is wrong, and is said
        return None


def _keep_to(megabytes: int) -> None:
    if memory_in_use() > megabytes * 1_000_000:
        os._exit(OUT_OF_MEMORY)


def _watch(megabytes: int, parent: int) -> None:
    """End the process when it holds too much memory, or when the server is gone."""
    while True:
        time.sleep(_INTERVAL)
        _keep_to(megabytes)
        if os.getppid() != parent:
            os._exit(1)


if __name__ == "__main__":
    main()
