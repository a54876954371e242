"""What a profile says of a vector column: which embedder made its vectors, and where that is to be had."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from console.config import values
from console.config.table import Table
from console.config.values import Wrong

ENDPOINTS: Mapping[str, str] = MappingProxyType(
    {
        "openai": "https://api.openai.com/v1",
        "ollama": "http://localhost:11434/v1",
        "lmstudio": "http://localhost:1234/v1",
        "vllm": "http://localhost:8000/v1",
    }
)
"""Providers that speak OpenAI's format, and where they are when a profile does not say."""

LOCAL = ("wordllama", "hashing")
PROVIDERS = (*ENDPOINTS, *LOCAL)
EVERY = "*"
"""The name of what holds for all columns that have no entry of their own."""

_MOST = 200
_TIMEOUT = 30.0
_REMOTE = ("url", "model", "key_env", "dimensions", "batch", "timeout", "price", "query_prefix", "text_prefix")


@dataclass(frozen=True, slots=True)
class EmbedderEntry:
    """One `[profiles.NAME.embedders."schema.table.column"]`, or `"*"` for all other columns.

    `url` is as written (`${…}` not yet expanded), the provider's own where the file says none. `key_env` names the
    environment variable that holds the key. `text` are the columns the vectors stand for. `dimensions` asks the model
    for vectors of that length. `batch` is texts a request, `timeout` seconds, `price` dollars for a million tokens. The
    prefixes go before what is searched for, and before what is searched in, as some models want it.
    """

    provider: str
    model: str = ""
    url: str = field(default="", repr=False)
    key_env: str | None = None
    text: tuple[str, ...] = ()
    dimensions: int | None = None
    batch: int | None = None
    timeout: float = _TIMEOUT
    price: float | None = None
    query_prefix: str = ""
    text_prefix: str = ""


def entries(profile: Table) -> Mapping[str, EmbedderEntry]:
    """Return the embedders of a profile by column. Raises BrokenConfig with the line."""
    return MappingProxyType({column: _entry(said) for column, said in profile.tables("embedders", most=_MOST)})


def of_column(embedders: Mapping[str, EmbedderEntry], schema: str, table: str, column: str) -> EmbedderEntry | None:
    """Return the entry of a column: by schema, table and column, by table and column, or the one for all."""
    names = (f"{schema}.{table}.{column}", f"{table}.{column}", EVERY)
    return next((embedders[name] for name in names if name in embedders), None)


def usual_key(address: object) -> str | None:
    """Return the variable that usually holds an endpoint's key; a key is never sent where nobody said so.

    >>> usual_key("https://api.openai.com/v1"), usual_key("http://localhost:11434/v1")
    ('OPENAI_API_KEY', None)
    """
    return "OPENAI_API_KEY" if isinstance(address, str) and address.startswith("https://api.openai.com/") else None


def _entry(said: Table) -> EmbedderEntry:
    said.only("provider", "text", *_REMOTE)
    said.must_have("provider")
    provider = said.read(values.one_of(*PROVIDERS), "provider")
    if provider in LOCAL:
        _must_be_local(said, provider)
        return EmbedderEntry(provider, text=said.read(_columns, "text", ()))
    said.must_have("model")
    return EmbedderEntry(
        provider,
        model=said.read(values.text, "model"),
        url=said.read(url, "url", ENDPOINTS[provider]),
        key_env=said.read(_variable, "key_env", usual_key(said.said.get("url", ENDPOINTS[provider]))),
        text=said.read(_columns, "text", ()),
        dimensions=said.read(_whole, "dimensions"),
        batch=said.read(_whole, "batch"),
        timeout=said.read(_patience, "timeout", _TIMEOUT),
        price=said.read(_price, "price"),
        query_prefix=said.read(_prefix, "query_prefix", ""),
        text_prefix=said.read(_prefix, "text_prefix", ""),
    )


def _must_be_local(said: Table, provider: str) -> None:
    for key in _REMOTE:
        if key in said.said:
            raise said.broken(f"has no meaning for {provider}, which works on this machine", key)


def url(value: object) -> str:
    """Return the address of an endpoint, or a reference to the variable that holds it. Raises Wrong."""
    text = values.text(value).strip()
    if text.startswith("${"):
        return text
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        raise Wrong("has to be a URL such as http://localhost:11434/v1") from None
    if not usable:
        raise Wrong("has to be a URL such as http://localhost:11434/v1")
    if parts.username is not None or parts.password is not None:
        raise Wrong("has a name or a key in it; name the variable that holds the key: key_env")
    return text


def _variable(value: object) -> str:
    text = values.text(value)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,99}", text):
        raise Wrong("has to be the name of an environment variable, such as OPENAI_API_KEY, and never the key itself")
    return text


def _columns(value: object) -> tuple[str, ...]:
    found = (value,) if isinstance(value, str) else values.listed(value)
    if not found or not all(found):
        raise Wrong('has to be a column, or a list of columns: ["title", "content"]')
    return found


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 100_000:
        raise Wrong("has to be a whole number above 0")
    return value


def _price(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise Wrong("has to be a number: dollars for a million tokens")
    return float(value)


def _patience(value: object) -> float:
    seconds = values.duration(value)
    if not 0 < seconds <= 3600:
        raise Wrong('has to be a duration above 0, such as "30s"')
    return seconds


def _prefix(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("has to be a text in quotes")
    return value
