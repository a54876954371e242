"""A TCP proxy before a server: it delays, freezes, cuts and refuses, and counts round trips and bytes.

    with Proxy.before("/socket/folder", 5432) as proxy:
        connect(host=proxy.host, port=proxy.port)
        print(proxy.trips, proxy.received)

It runs in a thread of its own, so that the program under test may block. A round trip is counted as a network does:
something that goes to the server after something has come back from it, the TCP connection itself included.
"""

from __future__ import annotations

import asyncio
import struct
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, Literal

_SSL_REQUEST = struct.pack("!II", 8, 80877103)
_CANCEL = struct.pack("!I", 80877102)
_FAREWELL = b"X\0\0\0\4"


@dataclass(frozen=True)
class _Trigger:
    """When `text` goes to the server: cut before it arrives, mute what the server says next, or freeze."""

    text: bytes
    then: Literal["cut", "mute", "freeze"]


class Proxy:
    """A running proxy; all methods may be called from any thread.

    `host` and `port` are where it listens. `trips`, `answers` (round trips that the server has answered), `sent` (bytes
    to the server) and `received` (bytes from it) count since the start or the last `reset`; `connections` is how many
    have been opened, requests to cancel not counted. `frozen` is set while nothing is passed on.
    """

    host = "127.0.0.1"

    def __init__(self, server_host: str, server_port: int) -> None:
        self.port = 0
        self.trips = self.answers = self.sent = self.received = self.connections = 0
        self.frozen = threading.Event()
        self._server = (server_host, server_port)
        self._delay = 0.0
        self._swallowed = 0
        self._refusals: list[str] = []
        self._triggers: list[_Trigger] = []
        self._last_trip: tuple[int, bool] | None = None
        self._flowing: asyncio.Event
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()

    @classmethod
    @contextmanager
    def before(cls, host: str, port: int) -> Iterator[Proxy]:
        """Run a proxy before a server; a host that begins with a slash is a socket's folder."""
        proxy = cls(host, port)
        thread = threading.Thread(target=proxy._loop.run_forever, name="proxy")
        thread.start()
        try:
            proxy._call(proxy._listen())
            yield proxy
        finally:
            proxy._call(proxy._shut())
            proxy._loop.call_soon_threadsafe(proxy._loop.stop)
            thread.join()
            proxy._loop.close()

    def reset(self) -> None:
        """Count from here, and let every round trip through."""
        self._last_trip = None
        self.trips = self.answers = self.sent = self.received = self.connections = 0

    def delay(self, seconds: float) -> None:
        """Let what is sent travel for so long in each direction, as to a distant server: half a round trip."""
        self._delay = seconds

    def freeze(self) -> None:
        """Pass nothing on any more, in either direction; connections stay open."""
        self._soon(self._freeze)

    def thaw(self) -> None:
        """Pass everything on again, also what has come meanwhile."""
        self.frozen.clear()
        self._soon(self._flowing.set)

    def cut(self) -> None:
        """Break every connection off."""
        self._soon(self._cut)

    def close(self) -> None:
        """Break every connection off and take no more: whoever comes is refused, as by a server that is down."""
        self._soon(self._listener.close)
        self.cut()

    def cut_at(self, text: str, *, answered: bool = False) -> None:
        """Break everything off when `text` is sent to the server, before it gets there; only once.

        With `answered` it gets there, and its answer is what is lost.
        """
        self._triggers.append(_Trigger(text.encode(), "mute" if answered else "cut"))

    def cut_at_trip(self, number: int, *, answered: bool = False) -> None:
        """Break everything off when round trip `number` begins, counted as `trips` is; only once. As `cut_at` does."""
        self._last_trip = (number, answered)

    def freeze_at(self, text: str) -> None:
        """Freeze when `text` is sent to the server, before it gets there; only once."""
        self._triggers.append(_Trigger(text.encode(), "freeze"))

    def refuse(self, *sentences: str) -> None:
        """Answer the next connections with these errors, one each, in the server's place; then let through."""
        self._refusals.extend(sentences)

    def welcome(self) -> None:
        """Refuse nobody any more."""
        self._refusals.clear()

    def swallow_cancels(self, number: int) -> None:
        """Lose the next requests to cancel, as a server does with one that comes before what it is meant for."""
        self._swallowed = number

    async def _listen(self) -> None:
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._listener = await asyncio.start_server(self._serve, self.host, 0)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def _shut(self) -> None:
        self._listener.close()
        self._flowing.set()
        self._cut()
        serving = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        await asyncio.gather(*serving, return_exceptions=True)

    def _freeze(self) -> None:
        self._flowing.clear()
        self.frozen.set()

    def _cut(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with self._closing(writer):
            if self._refusals:
                await self._refuse(reader, writer, self._refusals.pop(0))
                return
            first = await reader.read(65536)
            if first[4:8] != _CANCEL:
                self.connections += 1
                self.trips += 1
                self.answers += 1
            there, back = await self._connect()
            async with self._closing(back):
                await _Link(self).run(first, reader, writer, there, back)

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, port = self._server
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    @asynccontextmanager
    async def _closing(self, writer: asyncio.StreamWriter) -> AsyncIterator[None]:
        self._open.add(writer)
        try:
            yield
        except (OSError, asyncio.IncompleteReadError):
            pass  # somebody has hung up
        finally:
            self._open.discard(writer)
            writer.close()

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sentence: str) -> None:
        if await reader.readexactly(8) == _SSL_REQUEST:
            writer.write(b"N")
            await reader.readexactly(8)
        fields = b"SFATAL\0VFATAL\0C57P03\0M" + sentence.encode() + b"\0\0"
        writer.write(b"E" + struct.pack("!I", len(fields) + 4) + fields)
        await writer.drain()

    def _soon(self, change: Callable[[], Any]) -> None:
        done = threading.Event()
        self._loop.call_soon_threadsafe(lambda: (change(), done.set()))
        done.wait(60)

    def _call(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(60)


class _Link:
    """One connection through the proxy, in both directions."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy
        self._answered = True
        self._mute = False

    async def run(
        self, first: bytes, client: asyncio.StreamReader, back: asyncio.StreamWriter,
        server: asyncio.StreamReader, there: asyncio.StreamWriter,
    ) -> None:  # fmt: skip
        """Carry everything until both sides have hung up."""
        handshake = 2 * self._proxy._delay  # a real client would have waited for it before its first packet
        await asyncio.gather(
            self._carry(client, there, self._going, first, handshake), self._carry(server, back, self._coming)
        )

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        seen: Callable[[bytes], bool],
        first: bytes = b"",
        late: float = 0.0,
    ) -> None:
        """Pass on what `seen` lets through, each packet after the delay and in order."""
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.ensure_future(self._arrive(under_way, writer))
        try:
            data = first or await reader.read(65536)
            while data and seen(data):
                under_way.put_nowait((loop.time() + self._proxy._delay + late, data))
                data, late = await reader.read(65536), 0.0
            under_way.put_nowait((loop.time() + self._proxy._delay, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _arrive(self, under_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self._proxy._flowing.wait()
            if not data:
                writer.close()
                return
            writer.write(data)
            await writer.drain()

    def _going(self, data: bytes) -> bool:
        """Count what goes to the server, and do what was wanted when a certain text does."""
        proxy = self._proxy
        if data[4:8] == _CANCEL and proxy._swallowed:
            proxy._swallowed -= 1
            return False
        proxy.trips += self._answered and data != _FAREWELL
        self._answered = False
        proxy.sent += len(data)
        for trigger in [each for each in proxy._triggers if each.text in data]:
            proxy._triggers.remove(trigger)
            if trigger.then == "cut":
                proxy._cut()
                return False
            self._mute = self._mute or trigger.then == "mute"
            if trigger.then == "freeze":
                proxy._freeze()
        return self._goes_on()

    def _goes_on(self) -> bool:
        """Tell whether the round trip that begins may reach the server."""
        proxy = self._proxy
        if proxy._last_trip is None or proxy.trips < proxy._last_trip[0]:
            return True
        (_, answered), proxy._last_trip = proxy._last_trip, None
        if not answered:
            proxy._cut()
        self._mute = self._mute or answered
        return answered

    def _coming(self, data: bytes) -> bool:
        """Count what comes from the server, or cut where its answer is not to arrive."""
        if self._mute:
            self._proxy._cut()
            return False
        self._proxy.answers += not self._answered
        self._answered = True
        self._proxy.received += len(data)
        return True
