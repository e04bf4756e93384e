"""HTTP/1.1 with nothing around it: the measuring side must cost far less than what it measures.

A server whose answers may come late, and a client of keep-alive lines with one request at a time on each. Only what
our own bench meets is understood: requests and answers with a Content-Length. Anything else raises.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

Answer = Callable[[bytes], None]
Handler = Callable[[str, bytes, bytes, Answer], None]
Done = Callable[[int, bytes], None]

_END: Final = b"\r\n\r\n"


class WireError(Exception):
    """The other side speaks something this wire does not read."""


def _length(head: bytes) -> int:
    """The Content-Length of a head (0 = none). Raises WireError on a chunked body."""
    low = head.lower()
    at = low.find(b"\r\ncontent-length:")
    if at >= 0:
        end = low.find(b"\r\n", at + 17)
        return int(low[at + 17 : end if end > 0 else len(low)])
    if b"\r\ntransfer-encoding:" in low:
        raise WireError("a body of unknown length")
    return 0


def content_type(head: bytes) -> bytes:
    """The Content-Type of a request's head, as written."""
    at = head.lower().find(b"\r\ncontent-type:")
    if at < 0:
        return b""
    end = head.find(b"\r\n", at + 15)
    return head[at + 15 : end if end > 0 else len(head)].strip()


class _Served(asyncio.Protocol):
    """One connection of somebody who calls us; its requests are handed over one by one."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._got = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own are none by ancestry

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._got = got = self._got + data if self._got else data
        while (split := got.find(_END)) >= 0:
            head = got[:split]
            end = split + 4 + _length(head)
            if len(got) < end:
                break
            body, got = got[split + 4 : end], got[end:]
            self._handler(head[: head.find(b"\r\n")].split(b" ", 2)[1].decode(), head, body, self._answer)
        self._got = got

    def _answer(self, response: bytes) -> None:
        if self._transport is None:
            return
        if response:
            self._transport.write(response)
        else:
            self._transport.abort()


def response(body: bytes, status: bytes = b"200 OK") -> bytes:
    """A whole JSON answer. The empty answer b"" (given to `Answer`) drops the connection instead."""
    return b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body)


async def serve(handler: Handler, port: int = 0) -> tuple[asyncio.Server, int]:
    """Listens on loopback; `handler(path, head, body, answer)` must call `answer` once, now or later. Returns the
    server and its port.
    """
    server = await asyncio.get_running_loop().create_server(lambda: _Served(handler), "127.0.0.1", port)
    return server, server.sockets[0].getsockname()[1]


@dataclass(frozen=True, slots=True)
class _Call:
    request: bytes
    done: Done


class _Line(asyncio.Protocol):
    """One keep-alive connection of ours: one call at a time."""

    def __init__(self, pool: "Pool") -> None:
        self._pool = pool
        self._got = b""
        self._call: _Call | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own are none by ancestry
        self._pool.free(self)

    def begin(self, call: _Call) -> None:
        assert self._transport is not None
        self._call = call
        self._transport.write(call.request)

    def data_received(self, data: bytes) -> None:
        self._got = got = self._got + data if self._got else data
        split = got.find(_END)
        if split < 0:
            return
        end = split + 4 + _length(got[:split])
        if len(got) < end or self._call is None:
            return
        call, self._call, self._got = self._call, None, b""
        call.done(int(got[9:12]), got[split + 4 : end])
        if self._transport is not None and not self._transport.is_closing():
            self._pool.free(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        call, self._call = self._call, None
        self._pool.lost(self)
        if call:
            call.done(0, b"")

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


class Pool:
    """Up to `most` lines to one port of loopback. `call` answers through `done(status, body)`; status 0 = no answer
    came.
    """

    def __init__(self, port: int, most: int = 40) -> None:
        self._port = port
        self._most = most
        self._open = 0
        self._free: list[_Line] = []
        self._lines: set[_Line] = set()
        self._waiting: deque[_Call] = deque()
        self._opening: set[asyncio.Task[None]] = set()

    def call(self, path: bytes, headers: bytes, body: bytes, done: Done) -> None:
        """POSTs `body`; `headers` are whole lines, each ended by CRLF."""
        head = b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n%bContent-Length: %d\r\n\r\n"
        call = _Call(head % (path, headers, len(body)) + body, done)
        if self._free:
            self._free.pop().begin(call)
            return
        self._waiting.append(call)
        self._grow()

    def _grow(self) -> None:
        if self._open < self._most:
            self._open += 1
            task = asyncio.get_running_loop().create_task(self._add())
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    async def _add(self) -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: _Line(self), "127.0.0.1", self._port)
        except OSError:
            self._open -= 1
            if not self._open:  # nobody listens: every caller learns it now
                waiting, self._waiting = self._waiting, deque()
                for call in waiting:
                    call.done(0, b"")

    def free(self, line: _Line) -> None:
        self._lines.add(line)
        if self._waiting:
            line.begin(self._waiting.popleft())
        else:
            self._free.append(line)

    def lost(self, line: _Line) -> None:
        self._lines.discard(line)
        self._open -= 1
        if line in self._free:
            self._free.remove(line)
        if self._waiting:
            self._grow()

    def close(self) -> None:
        """Drops every line; calls still open end with status 0."""
        for line in list(self._lines):
            line.close()
