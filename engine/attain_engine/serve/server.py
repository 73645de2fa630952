"""The server itself: listens, tells where, and ends on Ctrl-C."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from pathlib import Path

import uvicorn

from attain_engine.serve.app import application
from attain_engine.serve.guard import Guard
from attain_engine.serve.pool import Limits

CONNECTIONS = 100
"""So many connections at once; further ones are refused."""


def is_loopback(address: str) -> bool:
    """Whether an address is reached from this machine alone."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError where it cannot."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = found[0]
    return socket.create_server((str(address[0]), port), family=family)


def address_of(listener: socket.socket) -> tuple[str, int]:
    """Where a socket listens."""
    name = listener.getsockname()
    return str(name[0]), int(name[1])


def server_of(root: Path, limits: Limits, names: Sequence[str], *, wide: bool) -> uvicorn.Server:
    """The server of a folder."""
    guarded = Guard(application(root, limits), names, wide=wide)
    config = uvicorn.Config(
        guarded,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=2,
    )
    return uvicorn.Server(config)


def serve(listener: socket.socket, root: Path, limits: Limits, names: Sequence[str]) -> None:
    """Serve a folder until interrupted."""
    wide = not is_loopback(address_of(listener)[0])
    server_of(root, limits, names, wide=wide).run(sockets=[listener])
