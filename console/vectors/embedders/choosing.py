"""Which embedder belongs to a column: the one asked for, the demo's own, or the one that the profile names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from console.config import embedder as entries
from console.config import environment, files, project
from console.config.embedder import ENDPOINTS, LOCAL, EmbedderEntry
from console.config.environment import Variables
from console.config.expand import expand, references
from console.config.profile import Profile, Secret, Target
from console.config.values import Wrong
from console.errors import Refused, UsageError
from console.text import sanitize
from console.vectors.column import VectorColumn
from console.vectors.embedders.embedder import Embedder
from console.vectors.embedders.endpoint import Endpoint
from console.vectors.embedders.fitting import Fitted, fitted
from console.vectors.embedders.hashing import DIMENSIONS, HashingEmbedder
from console.vectors.embedders.http import HttpEmbedder
from console.vectors.embedders.models import known, said_likely
from console.vectors.embedders.wordllama import WordllamaEmbedder
from console.vectors.metric import Kind

_USUAL = {
    256: ("wordllama", ""),
    384: ("ollama", "all-minilm"),
    768: ("ollama", "nomic-embed-text"),
    1024: ("ollama", "mxbai-embed-large"),
    1536: ("openai", "text-embedding-3-small"),
    3072: ("openai", "text-embedding-3-large"),
}
_FORMS = "wordllama, hashing, openai:MODEL, ollama:MODEL, lmstudio:MODEL, vllm:MODEL, or URL#MODEL"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An embedder whose vectors fit the column, and in a few words why it is this one."""

    embedder: Fitted
    reason: str


@dataclass(frozen=True, slots=True)
class _Around:
    environ: Mapping[str, str]
    cwd: Path
    env_name: str | None

    def variables(self) -> Variables:
        return environment.variables(self.environ, project.folder(self.cwd), self.env_name)


def choose(
    target: Target,
    column: VectorColumn,
    *,
    wanted: str | None = None,
    environ: Mapping[str, str] = os.environ,
    cwd: Path | None = None,
    env_name: str | None = None,
    say: Callable[[str], None] | None = None,
) -> Chosen:
    """Return the embedder for a column; nothing is loaded and nobody is asked yet.

    `wanted` is what somebody asked for by name. `say` is told when an endpoint wants it slower. Raises UsageError when
    there is none, when its key or its extra is missing, and when its vectors are known to have another length;
    Refused for a project's file that is not trusted.
    """
    if column.kind is Kind.BIT:
        raise UsageError(f"Words cannot be compared with {column.label}: its vectors are bits.")
    around = _Around(environ, cwd or Path.cwd(), env_name)
    entry, reason = _entry(target, column, wanted, environ)
    return Chosen(fitted(_made(entry, column, around, say), column.label, column.dimensions), reason)


def example(target: Target, column: VectorColumn) -> str:
    """Return the lines that would name an embedder in a profile, with a likely model for the column's length."""
    name = target.profile.name if target.profile is not None else "NAME"
    provider, model = _USUAL.get(column.dimensions or 256, ("openai", "MODEL"))
    lines = [f'[profiles.{name}.embedders."{column.label}"]', f'provider = "{provider}"']
    return "\n".join([*lines, *([f'model = "{model}"'] if model else [])])


def _entry(
    target: Target, column: VectorColumn, wanted: str | None, environ: Mapping[str, str]
) -> tuple[EmbedderEntry, str]:
    if wanted is not None:
        return _named(wanted), "as asked for"
    if target.demo is not None:
        return EmbedderEntry("hashing"), "the demo's columns are filled with it"
    if target.profile is not None:
        found = entries.of_column(target.profile.embedders, column.schema, column.table, column.name)
        if found is not None:
            _must_be_trusted(found, target.profile)
            return found, f"profile {target.profile.name} names it"
    raise _none(target, column, environ)


def _named(wanted: str) -> EmbedderEntry:
    """Return the entry for what somebody typed. Raises UsageError."""
    if wanted in LOCAL:
        return EmbedderEntry(wanted)
    url, hash_, model = wanted.partition("#")
    if hash_ and model and "://" in url:
        return EmbedderEntry("openai", model, _address(url, "The embedder"), entries.usual_key(url))
    provider, _, model = wanted.partition(":")
    if provider in ENDPOINTS and model:
        return EmbedderEntry(provider, model, ENDPOINTS[provider], entries.usual_key(ENDPOINTS[provider]))
    raise UsageError(f"There is no embedder {sanitize(wanted)}.", hint=f"An embedder is {_FORMS}.")


def _made(entry: EmbedderEntry, column: VectorColumn, around: _Around, say: Callable[[str], None] | None) -> Embedder:
    if entry.provider == "hashing":
        return HashingEmbedder(min(DIMENSIONS, column.dimensions or DIMENSIONS))
    if entry.provider == "wordllama":
        return WordllamaEmbedder(column.dimensions or DIMENSIONS)
    return HttpEmbedder(
        _endpoint(entry, around),
        ask_for=entry.dimensions or _shorter(entry.model, column.dimensions),
        batch=entry.batch,
        prefixes=(entry.query_prefix, entry.text_prefix),
        price=entry.price,
        say=say,
    )


def _endpoint(entry: EmbedderEntry, around: _Around) -> Endpoint:
    said = around.variables() if entry.key_env or references(entry.url) else None
    url = entry.url
    if said is not None and references(url):
        values = {name: said.value(name) for name in references(url) if name in said.values}
        url = _address(expand(url, values, what="The embedder's url"), "The embedder's url")
    key = Secret(said.value(entry.key_env)) if said and entry.key_env and said.values.get(entry.key_env) else None
    endpoint = Endpoint(url, entry.model, key, entry.key_env, entry.timeout)
    if entry.key_env and key is None:
        raise UsageError(
            f"{entry.key_env} is not set, and {endpoint.label} wants a key.",
            hint=f"Set {entry.key_env} in the shell, or in the project's .env file.",
        )
    return endpoint


def _address(url: str, what: str) -> str:
    try:
        return entries.url(url)
    except Wrong as wrong:
        raise UsageError(f"{what} {wrong}.") from None


def _shorter(model: str, dimensions: int | None) -> int | None:
    """Return the length to ask for where the column is shorter than what the model makes by itself, and it can."""
    found = known(model)
    if found is None or not found.shorter or dimensions is None or dimensions >= found.dimensions:
        return None
    return dimensions


def _none(target: Target, column: VectorColumn, environ: Mapping[str, str]) -> UsageError:
    profile = target.profile
    file = (profile.source if profile is not None else None) or files.user_file(environ)
    first = "" if profile is not None else "Give the database a profile (dbconsole profiles add NAME URL), and write"
    return UsageError(
        f"No embedder is named for {column.label}, so words cannot be turned into vectors for it.",
        detail="\n".join(filter(None, [said_likely(column.dimensions or 0), example(target, column)])),
        hint=f"{first or 'Write'} these lines into {file}, with the embedder that has made the column's vectors.",
    )


def _must_be_trusted(entry: EmbedderEntry, profile: Profile) -> None:
    """Raise Refused where a stranger's file would send words, and perhaps a key, to where it likes."""
    if profile.trusted or entry.provider in LOCAL:
        return
    raise Refused(
        f"Profile {profile.name} would send words to an embedder, and its file is not trusted yet.",
        detail=f"It stands in {profile.source}, which came with the project.",
        hint="Read that file; if it is fine, run dbconsole profiles trust. A changed file has to be trusted again.",
    )
