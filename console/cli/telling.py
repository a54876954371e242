"""How the plain commands speak: words on standard error, documents on standard output, errors in sentences."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

import click

from console.errors import ConsoleError
from console.text import sanitize


def tell(text: str = "", *, style: str | None = None) -> None:
    """Say something to the person on standard error; colour only on a terminal."""
    click.secho(text, err=True, fg=style)


def document(target: str, *, ok: bool, summary: str, **rest: Any) -> None:
    """Print the one JSON document of a command: `target`, `ok`, `summary` and the lists of its shape."""
    shape = {"target": target, "ok": ok, "summary": summary, **rest}
    json.dump(shape, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def tell_error(error: ConsoleError, *, as_json: bool) -> None:
    """Say what went wrong: title, detail, what to do next; with `as_json` also as the document."""
    tell(f"✗ {sanitize(error.title)}", style="red")
    for line in sanitize(error.detail, lines=True).splitlines():
        tell(f"  {line}")
    if error.hint:
        tell(f"→ {sanitize(error.hint)}")
    if as_json:
        shape: Mapping[str, Any] = error.as_dict()
        document("", ok=False, summary=error.title, error=shape)
