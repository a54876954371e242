"""An endpoint that speaks OpenAI's format over HTTP, on a port of its own, and can be told to behave otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from console.vectors.embedders.hashing import HashingEmbedder


@dataclass(frozen=True)
class Request:
    """What arrived: the path, the headers with their names in small letters, the document."""

    path: str
    headers: dict[str, str]
    said: dict[str, Any]

    @property
    def texts(self) -> list[str]:
        """The texts to be embedded."""
        return list(self.said["input"])


@dataclass(frozen=True)
class Reply:
    """What is answered: `hangs` sends nothing, `drips` a byte now and again, `breaks` closes in the middle."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    drips: bool = False
    breaks: bool = False

    @classmethod
    def of(cls, said: object, status: int = 200, **headers: str) -> Reply:
        """Return a document as an answer."""
        return cls(status, json.dumps(said).encode(), {name.replace("_", "-"): text for name, text in headers.items()})


Behaviour = Callable[[Request], Reply]


class Endpoint:
    """The endpoint. `next` are answers to the next requests, in their order; then it does its work."""

    def __init__(self, dimensions: int = 64) -> None:
        self.dimensions = dimensions
        self.requests: list[Request] = []
        self.next: list[Reply | Behaviour] = []
        self.always: Behaviour | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """What stands in a profile."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def texts(self) -> list[str]:
        """Everything that was sent to it."""
        return [text for request in self.requests for text in request.texts]

    def embeddings(self, request: Request) -> Reply:
        """Return what a working endpoint does, as long as it is asked for."""
        made = HashingEmbedder(request.said.get("dimensions", self.dimensions)).vectors(request.texts)
        data = [
            {"object": "embedding", "index": place, "embedding": list(vector or ())}
            for place, vector in enumerate(made)
        ]
        return Reply.of({"object": "list", "data": data, "model": request.said["model"]})

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            while True:
                request = await _read(reader)
                self.requests.append(request)
                told = self.next.pop(0) if self.next else self.always or self.embeddings
                await _write(writer, told if isinstance(told, Reply) else told(request))
        writer.close()


@contextlib.contextmanager
def running(dimensions: int = 64) -> Iterator[Endpoint]:
    """Run an endpoint in a thread, beside whatever loop the test has."""
    endpoint, ready, ended = Endpoint(dimensions), threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def work() -> None:
        loops.append(asyncio.get_running_loop())
        server = await asyncio.start_server(endpoint.serve, "127.0.0.1", 0, limit=1 << 26)
        endpoint.port = server.sockets[0].getsockname()[1]
        ready.set()
        await ended.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=[work()])
    thread.start()
    ready.wait()
    try:
        yield endpoint
    finally:
        loops[0].call_soon_threadsafe(ended.set)
        thread.join()


async def _read(reader: asyncio.StreamReader) -> Request:
    first = await reader.readexactly(1)
    if first == b"\x16":
        raise ConnectionError("somebody wants encryption")
    head = (first + await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(head[0].split()[1], headers, json.loads(body))


async def _write(writer: asyncio.StreamWriter, reply: Reply) -> None:
    if reply.hangs:
        await asyncio.sleep(3600)
    headers = {"content-type": "application/json", "content-length": str(len(reply.body)), **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} Said", *(f"{name}: {text}" for name, text in headers.items()), "", ""]
    writer.write("\r\n".join(lines).encode())
    if reply.drips:
        for byte in reply.body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.05)
    if reply.breaks:
        writer.write(reply.body[: len(reply.body) // 2])
        await writer.drain()
        raise ConnectionError
    writer.write(reply.body)
    await writer.drain()
