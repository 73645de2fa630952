"""A worker that does as it is told: the tests of limits start it in the place of the real one."""

from __future__ import annotations

import os
import sys
import time

from attain_engine.serve.frames import OUT_OF_MEMORY, packed, received


def main() -> None:
    """Do what the kind of each question says."""
    sys.stdout.buffer.write(packed({"status": 200, "type": "ready"}))
    sys.stdout.buffer.flush()
    while (message := received(sys.stdin.buffer)) is not None:
        match message[0]["kind"]:
            case "sleep":
                time.sleep(3_600)
            case "die":
                os._exit(3)
            case "out of memory":
                os._exit(OUT_OF_MEMORY)
            case "who":
                answer = str(os.getpid()).encode()
            case _:
                answer = b"said"
        sys.stdout.buffer.write(packed({"status": 200, "type": "text/plain"}, answer))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
