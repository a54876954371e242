"""An embedder behind HTTP: any endpoint that speaks OpenAI's format, in requests of bearable size, patiently."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.errors import EmbedderFailed
from console.text import duration
from console.vectors.embedders.embedder import Vector
from console.vectors.embedders.endpoint import Endpoint
from console.vectors.embedders.models import known
from console.vectors.embedders.trouble import Busy, Slow

if TYPE_CHECKING:
    import httpx

BATCH = 64
_OCTETS = 400_000  # of a request: some 100,000 tokens, a third of what OpenAI takes at once


@dataclass(frozen=True, slots=True)
class Patience:
    """How often it is tried, and for how many seconds in all it may be waited between."""

    tries: int
    seconds: float
    pause: float = 0.5


FOR_A_PERSON = Patience(tries=2, seconds=3.0)
FOR_MANY_TEXTS = Patience(tries=8, seconds=180.0)


class HttpEmbedder:
    """Asks an endpoint.

    `ask_for` is the length that the model is asked for, None for its own. `prefixes` go before questions, and before
    texts. `price` is dollars for a million tokens, None where the model's is to be taken. `say` is told when the
    endpoint wants it slower. What is searched for is waited for shortly, what is searched in long.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        ask_for: int | None = None,
        batch: int | None = None,
        prefixes: tuple[str, str] = ("", ""),
        price: float | None = None,
        say: Callable[[str], None] | None = None,
        patience: Patience = FOR_MANY_TEXTS,
    ) -> None:
        self.endpoint = endpoint
        self._ask_for = ask_for
        self._batch = batch or BATCH
        self._prefixes = prefixes
        self._price = price
        self._say = say or (lambda sentence: None)
        self._patience = patience
        self._client: httpx.AsyncClient | None = None
        self._made: int | None = None

    @property
    def name(self) -> str:
        """Model and host."""
        return self.endpoint.label

    @property
    def dimensions(self) -> int | None:
        """How long its vectors are: as they were, as they are asked for, or as the model is known; else None."""
        model = known(self.endpoint.model)
        return self._made or self._ask_for or (model.dimensions if model else None)

    @property
    def model(self) -> str:
        """The model's name."""
        return self.endpoint.model

    @property
    def price(self) -> float | None:
        """Dollars for a million tokens: what somebody said, nothing on this machine, else its maker's."""
        if self._price is not None or self.endpoint.local:
            return self._price or 0.0
        model = known(self.endpoint.model)
        return model.price if model is not None and model.sold_by(self.endpoint.host) else None

    @property
    def notice(self) -> str:
        """Where words are sent, "" for this machine."""
        if self.endpoint.local:
            return ""
        open_ = "" if self.endpoint.encrypted else ", not encrypted"
        return f"Words are sent to {self.endpoint.host}{open_} ({self.endpoint.label.partition(' at ')[0]})."

    async def embed(self, texts: Sequence[str], *, question: bool = False) -> list[Vector | None]:
        """Return a vector for each text; those without a sign are not sent."""
        prefix = self._prefixes[0 if question else 1]
        patience = FOR_A_PERSON if question else self._patience
        found: list[Vector | None] = [None] * len(texts)
        ready = [(place, _sendable(f"{prefix}{text}")) for place, text in enumerate(texts) if text.strip()]
        for part in _parts(ready, self._batch):
            vectors = await self._asked([text for _, text in part], patience)
            for (place, _), vector in zip(part, vectors, strict=True):
                found[place] = vector
        return found

    async def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    async def _asked(self, texts: Sequence[str], patience: Patience) -> list[Vector | None]:
        """Return the vectors of a part. A machine that is slow gets fewer at once; whether it is, one text tells."""
        try:
            return await self._patiently(texts, patience)
        except Slow:
            if len(texts) == 1 or patience is FOR_A_PERSON:
                raise
        found = await self._patiently(texts[:1], patience)
        self._batch = max(1, len(texts) // 2)
        while len(found) < len(texts):
            found += await self._asked(texts[len(found) : len(found) + self._batch], patience)
        return found

    async def _patiently(self, texts: Sequence[str], patience: Patience) -> list[Vector | None]:
        if self._client is None:
            self._client = self.endpoint.client()
        waited = 0.0
        for attempt in range(patience.tries):
            try:
                vectors = await self.endpoint.ask(self._client, texts, self._ask_for)
            except Busy as busy:
                wait = busy.wait if busy.wait is not None else patience.pause * 2**attempt
                if attempt + 1 == patience.tries or waited + wait > patience.seconds:
                    raise _given_up(busy, attempt + 1) from busy
                waited += wait
                await self._wait(wait)
            else:
                self._made = next((len(vector) for vector in vectors if vector is not None), self._made)
                return vectors
        raise AssertionError("a patience without tries")

    async def _wait(self, seconds: float) -> None:
        if seconds >= 1:
            self._say(f"{self.name} wants it slower: going on in {duration(seconds)}.")
        await asyncio.sleep(seconds)


def _given_up(busy: Busy, tries: int) -> EmbedderFailed:
    failure = busy.failure
    if busy.wait is not None and busy.wait >= 1:
        failure.hint = f"It asks to wait {duration(busy.wait)}."
    elif tries > 1:
        failure.detail = "\n".join(filter(None, (failure.detail, f"It was tried {tries} times.")))
    return failure


def _sendable(text: str) -> str:
    """Return a text that is UTF-8 for everybody."""
    return text.encode("utf-8", "replace").decode()


def _parts(texts: Sequence[tuple[int, str]], size: int) -> Iterator[list[tuple[int, str]]]:
    """Yield texts in order, at most `size` a part and not more octets than a request should have."""
    part: list[tuple[int, str]] = []
    octets = 0
    for place, text in texts:
        length = len(text.encode())
        if part and (len(part) == size or octets + length > _OCTETS):
            yield part
            part, octets = [], 0
        part.append((place, text))
        octets += length
    if part:
        yield part
