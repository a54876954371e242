"""An endpoint of OpenAI's format: where it is, what speaks with it, and one request."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.config.profile import Secret
from console.errors import EmbedderFailed, UsageError
from console.text import sanitize
from console.vectors.embedders import answer, trouble
from console.vectors.embedders.embedder import Vector

if TYPE_CHECKING:
    import httpx

_CONNECTING = 5.0  # seconds
_ROOM = 1 << 20
_ROOM_EACH = 1 << 19  # bytes of an answer for each text: 16,000 numbers with all their digits


@dataclass(frozen=True)
class Endpoint:
    """Where embeddings are asked for: the `url` without `/embeddings`, the model, the key; `timeout` is seconds.

    `key_env` is the variable the key came from, or should have come from.
    """

    url: str = field(repr=False)
    model: str
    key: Secret | None = field(default=None, repr=False)
    key_env: str | None = None
    timeout: float = 30.0

    @cached_property
    def host(self) -> str:
        """The host as a person knows it, with a port that is unusual; harmless for a terminal."""
        parts = urlsplit(self.url)
        return sanitize(f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or "")

    @property
    def label(self) -> str:
        """Model and host."""
        return f"{sanitize(self.model)} at {self.host}"

    @property
    def local(self) -> bool:
        """Whether it is on this machine."""
        name = (urlsplit(self.url).hostname or "").lower().rstrip(".")
        if name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            return ip_address(name).is_loopback
        except ValueError:
            return False

    @property
    def encrypted(self) -> bool:
        """Whether nobody on the way can read along."""
        return urlsplit(self.url).scheme == "https"

    @property
    def address(self) -> str:
        """Where the request goes."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        return parts._replace(path=path if path.endswith("/embeddings") else f"{path}/embeddings").geturl()

    @property
    def connecting(self) -> float:
        """Seconds that reaching it may take."""
        return min(_CONNECTING, self.timeout)

    def client(self) -> httpx.AsyncClient:
        """Return what speaks HTTP. No redirect is followed: a key and words go where the profile says, or nowhere.

        A proxy of the environment is not asked for what is on this machine. Raises UsageError for a key that is none,
        and for proxies and certificates of the environment that cannot be used.
        """
        import httpx

        headers = self._headers()
        try:
            return httpx.AsyncClient(
                headers=headers,
                timeout=httpx.Timeout(self.timeout, connect=self.connecting),
                follow_redirects=False,
                transport=httpx.AsyncHTTPTransport() if self.local else None,
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:  # what it says may repeat a proxy's password
            raise UsageError(
                f"The proxy that the environment names for {self.host} cannot be used.",
                hint="HTTPS_PROXY and ALL_PROXY take http:// and https:// addresses; NO_PROXY names hosts without one.",
            ) from error
        except OSError as error:
            raise UsageError(
                "The certificates that the environment names cannot be read.",
                detail=sanitize(error.strerror or str(error)),
                hint="Look at SSL_CERT_FILE and SSL_CERT_DIR.",
            ) from error

    async def ask(self, client: httpx.AsyncClient, texts: Sequence[str], dimensions: int | None) -> list[Vector | None]:
        """Return the vectors of some texts. Raises Busy, and EmbedderFailed and its kin."""
        asked: dict[str, object] = {"model": self.model, "input": list(texts)}
        if dimensions is not None:
            asked["dimensions"] = dimensions
        status, headers, body = await self._answered(client, asked, _ROOM + _ROOM_EACH * len(texts))
        if status != 200:
            raise trouble.refused(self, status, headers, body)
        try:
            return answer.vectors(body, len(texts))
        except answer.Nonsense as nonsense:
            raise EmbedderFailed(
                f"{self.label} does not answer with embeddings: the answer {nonsense}.",
                detail=self.without_key(answer.said(body)) if len(body) < _ROOM else "",
                hint="The url has to be that of an API like OpenAI's; it mostly ends with /v1.",
            ) from None

    async def _answered(
        self, client: httpx.AsyncClient, asked: dict[str, object], room: int
    ) -> tuple[int, httpx.Headers, bytes]:
        import httpx

        try:
            async with asyncio.timeout(self.timeout), client.stream("POST", self.address, json=asked) as response:
                body = bytearray()
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > room:
                        raise EmbedderFailed(f"{self.label} answers with more than embeddings can be. It was cut off.")
                return response.status_code, response.headers, bytes(body)
        except (TimeoutError, httpx.TransportError, httpx.DecodingError) as error:
            raise trouble.broken_off(self, error) from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise self.failed("has no address that can be used", "", "Look at the url in the profile.") from error

    def _headers(self) -> dict[str, str]:
        if self.key is None:
            return {}
        key = self.key.strip()
        if not key.isascii() or not key.isprintable() or " " in key:
            raise UsageError(f"What {self.key_env or 'the environment'} holds can be no key: it has other signs in it.")
        return {"Authorization": f"Bearer {key}"}

    def failed(self, how: str, said: str, hint: str) -> EmbedderFailed:
        """Return the error whose sentence goes on from the label; `said` is the endpoint's or the system's."""
        return EmbedderFailed(f"{self.label} {how}.", detail=said, hint=hint)

    def without_key(self, text: str) -> str:
        """Return what an endpoint says without the key, should it repeat it."""
        return text.replace(self.key.strip(), "…") if self.key and self.key.strip() else text
