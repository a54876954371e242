"""Models that are known by name: how long their vectors are, which may be asked for shorter ones, what they cost.

Lengths and prices are those their makers published until the middle of 2025. A profile's `dimensions` and `price` win.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its `price` is dollars for a million tokens, None where nobody sells it; `shorter` ones can be had."""

    name: str
    dimensions: int
    maker: str = ""
    price: float | None = None
    shorter: bool = False

    def sold_by(self, host: str) -> bool:
        """Tell whether its maker sells it at that host: others may take other prices.

        >>> Model("m", 1, "OpenAI").sold_by("api.openai.com"), Model("m", 1, "OpenAI").sold_by("gpu.example")
        (True, False)
        """
        return bool(self.maker) and f".{self.maker.lower()}." in f".{host}"

    @property
    def label(self) -> str:
        """Its name with its maker's."""
        return f"{self.name} ({self.maker})" if self.maker else self.name


_KNOWN = (
    Model("text-embedding-3-small", 1536, "OpenAI", 0.02, shorter=True),
    Model("text-embedding-ada-002", 1536, "OpenAI", 0.10),
    Model("text-embedding-3-large", 3072, "OpenAI", 0.13, shorter=True),
    Model("gemini-embedding-001", 3072, "Google", 0.15, shorter=True),
    Model("amazon.titan-embed-text-v1", 1536, "Amazon"),
    Model("amazon.titan-embed-text-v2", 1024, "Amazon"),
    Model("mistral-embed", 1024, "Mistral", 0.10),
    Model("voyage-3", 1024, "Voyage", 0.06),
    Model("voyage-3-lite", 512, "Voyage", 0.02),
    Model("embed-english-v3.0", 1024, "Cohere", 0.10),
    Model("embed-multilingual-v3.0", 1024, "Cohere", 0.10),
    Model("embed-english-light-v3.0", 384, "Cohere", 0.10),
    Model("wordllama", 256),
    Model("all-minilm", 384),
    Model("all-MiniLM-L6-v2", 384),
    Model("gte-small", 384, "Supabase's functions"),
    Model("bge-small-en-v1.5", 384),
    Model("clip-vit-base-patch32", 512, "OpenAI, pictures"),
    Model("nomic-embed-text", 768),
    Model("embeddinggemma", 768),
    Model("all-mpnet-base-v2", 768),
    Model("bge-base-en-v1.5", 768),
    Model("mxbai-embed-large", 1024),
    Model("bge-m3", 1024),
    Model("bge-large-en-v1.5", 1024),
    Model("snowflake-arctic-embed", 1024),
    Model("jina-embeddings-v3", 1024, "Jina"),
    Model("qwen3-embedding", 4096),
)
_BY_NAME: Mapping[str, Model] = MappingProxyType({model.name.lower(): model for model in _KNOWN})
_SHOWN = 3


def known(name: str) -> Model | None:
    """Return what is known of a model, whoever's folder or tag stands around its name.

    >>> known("nomic-embed-text:latest").dimensions, known("sentence-transformers/all-MiniLM-L6-v2").dimensions
    (768, 384)
    """
    return _BY_NAME.get(name.lower().rpartition("/")[2].partition(":")[0])


def likely(dimensions: int) -> tuple[Model, ...]:
    """Return the models whose vectors are so long; those that may be asked for it only where no other is.

    >>> [model.name for model in likely(1536)][:2]
    ['text-embedding-3-small', 'text-embedding-ada-002']
    """
    exact = tuple(model for model in _KNOWN if model.dimensions == dimensions)
    return exact or tuple(model for model in _KNOWN if model.shorter and model.dimensions > dimensions >= 64)


def said_likely(dimensions: int) -> str:
    """Return a sentence that says which models may have made vectors of a length, "" when none is known.

    >>> said_likely(256)
    '256 dimensions are those of wordllama.'
    >>> said_likely(512 + 128)
    'text-embedding-3-small (OpenAI), text-embedding-3-large (OpenAI) or gemini-embedding-001 (Google) can be asked \
for 640 dimensions.'
    """
    found = likely(dimensions)
    if not found:
        return ""
    *some, last = [model.label for model in found[:_SHOWN]]
    names = f"{', '.join(some)} or {last}" if some else last
    if found[0].dimensions == dimensions:
        return f"{dimensions:,} dimensions are those of {names}."
    return f"{names} can be asked for {dimensions:,} dimensions."
