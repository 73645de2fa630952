"""What stands before every request: who may ask, how much they may send, and what browsers are told.

A server on one's own machine is reached by every page that is open in a browser there. So the name that a request is
addressed to must be one of this machine's (or a page elsewhere could have its own name lead here), and what asks for
answers must come from the server's own page, or from no page at all.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final, TypeAlias

from starlette.exceptions import HTTPException

from attain_engine.serve.models import Problem
from attain_engine.serve.problems import problem

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Application: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]

LARGEST_QUESTION: Final = 1_000_000
"""Bytes of the body of a question."""

LARGEST_UPLOAD: Final = 20_000_000
"""Bytes of facts that are uploaded."""

MOST_DRAINED: Final = 100_000_000
"""Bytes that are read of what is too large, and thrown away."""

UPLOADS: Final = "/api/uploads"

LONGEST_BODY: Final = 60
"""Seconds for a body to arrive."""

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})

HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""What every answer says to a browser."""


class _NotTaken(HTTPException):
    """A body that is too large, or too slow. What reads bodies lets such exceptions through."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.status, found.detail)
        self.found = found


class Guard:
    """Lets through what may ask. `names` are what this machine may be called beside its loopback names; with `wide`,
    where it listens beyond loopback, any address in numbers, too: such a name leads nowhere else."""

    def __init__(self, application: Application, names: Iterable[str] = (), *, wide: bool = False) -> None:
        self.application = application
        self.names = _LOOPBACK | {each.lower() for each in names}
        self.wide = wide

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.application(scope, receive, send)
            return  # no WebSockets
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self.refused(scope["method"], scope["path"], headers, scope["scheme"])
        if refused is not None:
            if refused.status == 413:
                await _drained(receive)
            await _answer(refused, send)
            return
        largest = LARGEST_UPLOAD if scope["path"] == UPLOADS else LARGEST_QUESTION
        began = False

        async def sent(message: Message) -> None:
            nonlocal began
            if message["type"] == "http.response.start":
                began = True
                told = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *told]
            await send(message)

        try:
            await self.application(scope, _bounded(receive, largest), sent)
        except _NotTaken as error:
            if began:
                raise
            await _answer(error.found, send)

    def refused(self, method: str, path: str, headers: dict[str, str], scheme: str) -> Problem | None:
        """Why a request is not let through; None where it is."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            fix = "ask for it by the address that `attain serve` printed, or name the host with `--allow-host`"
            return problem(403, "wrong-host", f"`{host[:100]}` is not a name of this server", fix)
        if path.startswith("/api") or path == "/page/answer" or method not in ("GET", "HEAD"):
            origin = headers.get("origin")
            foreign = origin is not None and origin.lower() != f"{scheme}://{host.lower()}"
            if foreign or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
                return problem(403, "wrong-origin", "only the page of this server may ask it", "open that page")
        length = headers.get("content-length", "0")
        largest = LARGEST_UPLOAD if path == UPLOADS else LARGEST_QUESTION
        if not length.isdecimal() or len(length) > 12 or int(length) > largest:
            return _too_much(largest)
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.lower()
        name = name[: name.rfind("]") + 1] if name.startswith("[") else name.partition(":")[0]
        name = name.removesuffix(".")
        return name in self.names or (self.wide and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _bounded(receive: Receive, largest: int) -> Receive:
    """Receives a body of at most so many bytes, which must arrive in time. What comes after it is not bounded: that is
    the end of the connection, whenever it comes."""
    received = 0
    complete = False
    deadline: float | None = None

    async def bounded() -> Message:
        nonlocal received, complete, deadline
        if complete:
            return await receive()
        now = asyncio.get_running_loop().time()
        deadline = now + LONGEST_BODY if deadline is None else deadline
        try:
            async with asyncio.timeout_at(deadline):
                message = await receive()
        except TimeoutError:
            raise _NotTaken(_too_slow()) from None
        received += len(message.get("body", b""))
        if received > largest:
            raise _NotTaken(_too_much(largest))
        complete = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return bounded


async def _drained(receive: Receive) -> None:
    """Let what is too large arrive, and forget it: who sends it reads the answer only then. Not without end."""
    left = MOST_DRAINED
    try:
        async with asyncio.timeout(LONGEST_BODY):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return


def _too_much(largest: int) -> Problem:
    return problem(413, "too-large", f"more than {largest:,} bytes are not taken")


def _too_slow() -> Problem:
    return problem(408, "too-slow", f"the question did not arrive within {LONGEST_BODY} s")


async def _answer(found: Problem, send: Send) -> None:
    body = found.model_dump_json().encode()
    headers = HEADERS | {"content-type": "application/problem+json", "content-length": str(len(body))}
    headers |= {"connection": "close"} if found.status in (408, 413) else {}
    told = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": found.status, "headers": told})
    await send({"type": "http.response.body", "body": body})
