"""What a search is answered with: parts, each with its words for people, its keys of the document, its exit code."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

import click

from console.cli.terminal import lines
from console.text import sanitize

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Form


class Part(Protocol):
    """One thing that was asked for, and what came of it."""

    @property
    def code(self) -> int:
        """The exit code: 1 where there is something to mend."""
        ...

    @property
    def summary(self) -> str:
        """What is said last, in a sentence without its end."""
        ...

    def as_dict(self) -> dict[str, object]:
        """Return its keys of the document."""
        ...

    def print_it(self, form: Form) -> None:
        """Print it for people."""
        ...


def identity(key: tuple[str, ...]) -> object:
    """Return a row's key as documents have it: a text, a list where it has several columns, None where there is none.

    >>> identity(("7",)), identity(("7", "b")), identity(())
    ('7', ['7', 'b'], None)
    """
    return None if not key else key[0] if len(key) == 1 else list(key)


def number(value: float | None) -> float | None:
    """Return a number that JSON has a form for.

    >>> number(0.5), number(float("nan"))
    (0.5, None)
    """
    return value if value is not None and math.isfinite(value) else None


def milliseconds(seconds: float | None) -> float | None:
    """Return milliseconds with three places.

    >>> milliseconds(0.0123456)
    12.346
    """
    return None if seconds is None else round(seconds * 1000, 3)


def say(sign: lines.Sign, text: str) -> None:
    """Print a sentence behind a sign, in as many lines as it needs."""
    first, *more = lines.wrapped(sanitize(text), indent=2)
    click.echo("\n  ".join([sign(first), *more]))


def remarks(sentences: Iterable[str]) -> None:
    """Print what was noticed."""
    for sentence in sentences:
        say(lines.ODD, sentence)
