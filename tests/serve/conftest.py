"""A server in this process, with real workers, for a folder of small policies; and a client that can lie."""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("uvicorn")

from attain_engine.serve.pool import Limits
from attain_engine.serve.server import address_of, listening, server_of
from tests.cli.conftest import SOURCES, attain, write
from tests.serve.policies import BROKEN, CLUB, FACTS, IMPORTING, LIBRARY, SECRET

__all__ = ["attain", "write"]


@dataclass(frozen=True, slots=True)
class Got:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Client:
    """Asks the server on a port. `headers` of a request replace those that would be sent."""

    root: Path
    port: int

    def __call__(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = {"host": f"127.0.0.1:{self.port}"} | {each.replace("_", "-"): text for each, text in headers.items()}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Got(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Got:
        return self("GET", path, **headers)

    def ask(self, path: str, question: Mapping[str, Any], **headers: str) -> Got:
        told = {"content_type": "application/json"} | headers
        return self("POST", path, json.dumps(question).encode(), **told)


def running(root: Path, limits: Limits) -> Iterator[Client]:
    """A server for a folder, until the generator goes on."""
    os.environ["PYTHONPATH"] = SOURCES  # the workers run the code that the tests import
    listener: socket.socket = listening("127.0.0.1", 0)
    server = server_of(root, limits, (), wide=False)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield Client(root, address_of(listener)[1])
    server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with policies and facts, and things beside it that must not be read."""
    outside = tmp_path_factory.mktemp("served")
    root = outside / "inside"
    for path, text in {
        outside / "secret.attain": CLUB.replace("Club", SECRET),
        outside / "secret.json": FACTS.replace("our club", SECRET),
        outside / "tables" / "Helper.csv": f"person,trained\n{SECRET},2024-01-01\n",
        outside / "shared" / "elsewhere.attain": LIBRARY.replace("people", "elsewhere"),
        root / "club.attain": CLUB,
        root / "broken.attain": BROKEN,
        root / "importing.attain": IMPORTING,
        root / "reaching.attain": IMPORTING.replace("people", "elsewhere"),
        root / "shared" / "people.attain": LIBRARY,
        root / "facts" / "us.json": FACTS,
        root / "facts" / "wrong.json": FACTS.replace("2024-01-10", "2024-02-30"),
        root / "facts" / "other.json": '{"facts": {"Invoice": []}}',
        root / "facts" / "tables" / "Helper.csv": "person,trained\nana,2024-01-10\n",
        root / "facts" / "tables" / "organisation.json": '{"as_of": "2024-06-30"}',
        root / "facts" / "half" / "organisation.json": '{"as_of": "2024-06-30"}',
        root / ".hidden" / "club.attain": CLUB,
        root / "mapped" / "us.json": FACTS,
        root / "package.json": '{"name": "not facts"}',
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "linked.attain").symlink_to(outside / "secret.attain")
    (root / "linked.json").symlink_to(outside / "secret.json")
    (root / "linked").symlink_to(outside / "tables")
    (root / "facts" / "half" / "Helper.csv").symlink_to(outside / "tables" / "Helper.csv")
    (root / "mapped" / "attain-facts.toml").symlink_to(outside / "secret.json")
    (root / "circle.json").symlink_to(root / "circle.json")
    return root


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Client]:
    """The server of that folder."""
    before = os.environ.get("PYTHONPATH")
    yield from running(folder, Limits())
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before
