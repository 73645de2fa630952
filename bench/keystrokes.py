"""From a keystroke to the diagnostics: `attain lsp` over its protocol, beside a full check of the same policy.

python bench/keystrokes.py [POLICY]: for each place of typing, the median and the slowest of 20 keystrokes, in
milliseconds; and how long the policy takes when nothing of it is remembered. The pause in which the server waits for
more keystrokes is in the figures; beside it stands the processor time that the server took for each, all of the
protocol included (Linux alone tells it). Below that, the processor time of the work itself, in this process: on a
machine that does other things, these are what to compare.
"""

from __future__ import annotations

import asyncio
import gc
import os
import statistics
import sys
import time
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

from attain_compiler.model.modules import parse_once
from attain_engine.lsp import fixes
from attain_engine.lsp.workspace import Workspace

POLICY = Path(__file__).parent.parent / "policies" / "modern_work.attain"
KEYSTROKES = 20


def taken_by(process: int) -> float:
    """Milliseconds of processor time that a process has taken so far; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/stat")
    if not told.exists():
        return 0
    used = told.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]  # in user and in system mode, in ticks
    return 1000 * sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


async def keystrokes(path: Path) -> dict[str, tuple[list[float], float]]:
    """Milliseconds from each keystroke to the diagnostics, by where it is typed, and the server's processor time for
    one."""
    text = path.read_text(encoding="utf-8")
    uri = from_fs_path(str(path.resolve()))
    assert uri is not None
    client = LanguageClient("bench", "1")
    told: asyncio.Queue[int | None] = asyncio.Queue()

    @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def published(params: lsp.PublishDiagnosticsParams) -> None:
        if params.uri == uri:
            told.put_nowait(params.version)

    await client.start_io(sys.executable, "-m", "attain_engine", "lsp")
    await client.initialize_async(lsp.InitializeParams(capabilities=lsp.ClientCapabilities()))
    client.initialized(lsp.InitializedParams())
    client.text_document_did_open(lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "attain", 1, text)))
    await told.get()
    version = 1
    lines = text.split("\n")
    places = {"at the top (everything below moves)": 0, "in the middle": len(lines) // 2, "at the end": len(lines) - 1}
    found: dict[str, tuple[list[float], float]] = {}
    server = client._server
    assert server is not None
    for name, start in places.items():
        line = next(number for number in range(start, -1, -1) if '"' in lines[number])
        column = lines[line].index('"') + 1
        times: list[float] = []
        before = taken_by(server.pid)
        for _ in range(KEYSTROKES):
            version += 1
            place = lsp.Position(line, column)
            change = lsp.TextDocumentContentChangePartial(lsp.Range(place, place), "x")
            began = time.perf_counter()
            client.text_document_did_change(
                lsp.DidChangeTextDocumentParams(lsp.VersionedTextDocumentIdentifier(version, uri), [change])
            )
            while await told.get() != version:
                pass
            times.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(0.1)
        found[name] = times, (taken_by(server.pid) - before) / KEYSTROKES
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return found


def full_check(path: Path) -> float:
    """Milliseconds to understand the policy when nothing of it is remembered: the best of 5."""
    times = []
    for _ in range(6):
        parse_once.cache_clear()
        began = time.perf_counter()
        Workspace().analysis(str(path.resolve()))
        times.append(1000 * (time.perf_counter() - began))
    return min(times[1:])


def processor(path: Path) -> tuple[float, float]:
    """Milliseconds of processor time: from a keystroke at the top to its diagnostics, and of the same policy with
    nothing remembered."""
    where = str(path.resolve())
    text = path.read_text(encoding="utf-8")
    column = text.index('"') + 1
    files = Workspace()
    files.open(where, text)
    files.analysis(where)
    edits, anew = [], []
    for _ in range(KEYSTROKES):
        text = text[:column] + "x" + text[column:]
        began = time.process_time()
        files.open(where, text)
        fixes.diagnostics(files, where)
        fixes.diagnostics_of_imports(files, where)
        edits.append(1000 * (time.process_time() - began))
        began = time.process_time()
        Workspace().analysis(where)
        anew.append(1000 * (time.process_time() - began))
    return statistics.median(edits), statistics.median(anew)


def main() -> None:
    gc.set_threshold(200_000, 30, 30)  # as the commands do
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else POLICY
    print(f"{path.name}, {len(path.read_text(encoding='utf-8').splitlines())} lines")
    whole = full_check(path)
    print(f"a full check, nothing remembered: {whole:.0f} ms")
    for name, (times, taken) in asyncio.run(keystrokes(path)).items():
        median = statistics.median(times)
        print(
            f"a keystroke {name}: {median:.0f} ms, at most {max(times):.0f} ms ({median / whole:.2f} of a full check); "
            f"the server's processor time {taken:.0f} ms"
        )
    edit, anew = processor(path)
    print(f"processor time: a keystroke at the top {edit:.0f} ms, a full check {anew:.0f} ms ({edit / anew:.2f})")
    print(f"{os.getloadavg()[0]:.1f} programs ran on {os.cpu_count()} processors meanwhile")


if __name__ == "__main__":
    main()
