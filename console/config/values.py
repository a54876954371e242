"""What a value in a TOML file of ours may be: readers that return it, and say what it has to be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from console.config import durations, names
from console.config.page import Page


class Wrong(Exception):
    """A value cannot be; the text is the end of a sentence that began with its key."""


def only(table: Mapping[str, Any], allowed: Iterable[str], path: tuple[str, ...], page: Page) -> None:
    """Raise BrokenConfig for the first key that is not allowed, with the one that was probably meant."""
    for key in table:
        if key not in allowed:
            meant = names.nearest(key, allowed)
            raise page.broken(
                (*path, key),
                "is not a key that dbconsole knows",
                hint=(f"Did you mean {meant}? " if meant else "") + f"Known are {', '.join(allowed)}.",
            )


def read(
    reader: Callable[[Any], Any], table: Mapping[str, Any], key: str, page: Page, path: tuple[str, ...] = ()
) -> Any:
    """Return the value of a key through its reader; None where the key is missing. Raises BrokenConfig."""
    if key not in table:
        return None
    try:
        return reader(table[key])
    except Wrong as wrong:
        raise page.broken((*path, key), str(wrong)) from None


def text(value: object) -> str:
    """Return a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise Wrong("has to be a text in quotes, and not an empty one")
    return value


def flag(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise Wrong("has to be true or false, without quotes")
    return value


def duration(value: object) -> float:
    """Return seconds."""
    try:
        return durations.seconds(text(value))
    except (Wrong, ValueError):
        raise Wrong('has to be a duration in quotes: "15s", "500ms", "2m", "1h", or "0" for none') from None


def listed(value: object) -> tuple[str, ...]:
    """Return texts of a list."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wrong('has to be a list of texts, such as ["eu", "billing"]')
    return tuple(value)


def texts(value: object) -> Mapping[str, str]:
    """Return a table of texts."""
    if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in value.values()):
        raise Wrong("has to be a table of texts")
    return MappingProxyType(dict(value))


def one_of(*allowed: str) -> Callable[[object], str]:
    """Return a reader that takes these words only."""

    def reader(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise Wrong(f"has to be one of {', '.join(allowed)}")
        return value

    return reader
