"""How the plain commands speak: words on standard error, documents on standard output, errors in sentences."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

import click

from console.cli.terminal import streams
from console.errors import ConsoleError
from console.text import sanitize

_LONGEST = 600  # of an error's title, which may repeat what somebody has typed
_NOT_ASCII = re.compile(r"[^\x20-\x7e\n]")


def tell(text: str = "", *, style: str | None = None) -> None:
    """Say something to the person on standard error; colour only on a terminal.

    It never fails: that nobody listens any more is no reason to stop half-way in what is being done.
    """
    try:
        click.echo(styled(text, style), err=True)
    except (OSError, ValueError):
        streams.let_go(sys.stderr)


def styled(text: str, style: str | None) -> str:
    """Return `text` in a colour, as far as the environment wants colours; for what is no terminal click drops them."""
    plain = not style or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else click.style(text, fg=style)


def document(target: str, *, ok: bool, summary: str, **rest: Any) -> None:
    """Print the one JSON document of a command: `target`, `ok`, `summary` and the lists of its shape.

    What a terminal could act on is written as an escape of JSON's.
    """
    shape = {"target": target, "ok": ok, "summary": summary, **rest}
    text = json.dumps(shape, ensure_ascii=False, indent=2, default=str)
    click.echo(_NOT_ASCII.sub(_printable, text))


def answer(found: dict[str, object], *, target: str, ok: bool, **rest: Any) -> None:
    """Print the document of a verb's result, which is a shape with its `summary`."""
    shape = dict(found)
    document(target, ok=ok, summary=str(shape.pop("summary")), **shape, **rest)


def tell_error(error: ConsoleError) -> None:
    """Say what went wrong: title, detail, what to do next."""
    title = sanitize(error.title)
    tell(f"✗ {title if len(title) <= _LONGEST else title[:_LONGEST] + '…'}", style="red")
    for line in sanitize(error.detail, lines=True).splitlines():
        tell(f"  {line}")
    if error.hint:
        tell(f"→ {sanitize(error.hint)}")


def _printable(match: re.Match[str]) -> str:
    sign = match[0]
    return sign if sign.isprintable() else json.dumps(sign)[1:-1]
