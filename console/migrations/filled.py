"""Fills the files of a new migration with statements, each format in its own way. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

_OUTSIDE = {"dbconsole": "-- dbconsole: no-transaction\n", "sqlx": "-- no-transaction\n"}


@dataclass(frozen=True, slots=True)
class Content:
    """What is put into the files: each way as statements without semicolons, an empty way as none at all.

    `note` is a line about where they come from; `alone` says that they run outside a transaction.
    """

    up: tuple[str, ...]
    down: tuple[str, ...]
    note: str
    alone: bool = False


def filled(format: str, drafts: Iterable[tuple[str, str]], content: Content) -> Iterator[tuple[str, str]]:
    """Return the files of an empty migration, by name and text, with what belongs into each."""
    for name, _ in drafts:
        file = PurePosixPath(name).name
        if file.endswith(".verify.sql"):
            continue
        if format == "goose":
            yield name, _goose(content)
        elif format == "dbmate":
            yield name, _dbmate(content)
        elif format == "node-pg-migrate":
            yield name, _node_pg_migrate(content)
        else:
            is_down = file.endswith(".down.sql") or file == "down.sql"
            yield name, _head(format, content) + _text(content.down if is_down else content.up, content.note)
            yield from _beside(format, name, content, is_down=is_down)


def _head(format: str, content: Content) -> str:
    """Return the line in which a format says that a script runs outside a transaction."""
    return _OUTSIDE.get(format, "") if content.alone else ""


def _text(statements: Sequence[str], note: str) -> str:
    return "\n".join([f"-- {note}", *(f"{each};" for each in statements)]) + "\n"


def _goose(content: Content) -> str:
    """Mark each statement, which may have semicolons within."""
    head = ["-- +goose NO TRANSACTION"] if content.alone else []
    ways = ("Up", content.up), ("Down", content.down)
    lines = [line for word, texts in ways for line in (f"-- +goose {word}", *_in_blocks(texts))]
    return "\n".join([f"-- {content.note}", *head, *lines]) + "\n"


def _in_blocks(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from ("-- +goose StatementBegin", f"{text};", "-- +goose StatementEnd")


def _dbmate(content: Content) -> str:
    option = " transaction:false" if content.alone else ""
    up, down = (_text(texts, content.note) for texts in (content.up, content.down))
    return f"-- migrate:up{option}\n{up}\n-- migrate:down{option}\n{down}"


def _node_pg_migrate(content: Content) -> str:
    up, down = (_text(texts, content.note) for texts in (content.up, content.down))
    return f"-- Up Migration\n{up}\n-- Down Migration\n{down}"


def _beside(format: str, name: str, content: Content, *, is_down: bool) -> Iterator[tuple[str, str]]:
    """Return the file beside in which a format says that a script runs outside a transaction."""
    if not content.alone or is_down:
        return
    if format == "diesel":
        yield f"{PurePosixPath(name).parent}/metadata.toml", "run_in_transaction = false\n"
    elif format == "flyway":
        yield f"{name}.conf", "executeInTransaction=false\n"
