"""The shapes of docs/json.md as tests: the page is the one place where they are written down."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parent.parent.parent / "docs" / "json.md"
_BLOCK = re.compile(r"^```json (?P<names>[^\n]+)\n(?P<shape>.*?)^```$", re.MULTILINE | re.DOTALL)
_KINDS = {"text": str, "integer": int, "number": (int, float), "boolean": bool, "anything": object}


@cache
def shapes() -> dict[str, Any]:
    """Return name → shape; a block may be the shape of several commands."""
    found = {}
    for block in _BLOCK.finditer(PAGE.read_text("utf-8")):
        found |= dict.fromkeys(block["names"].split(", "), json.loads(block["shape"]))
    return found


def check(name: str, document: object) -> None:
    """Hold a document to a shape: every key is there, none besides, every value is of its kind."""
    _check(shapes()[name], document, name)


def _check(shape: Any, value: Any, where: str) -> None:
    if isinstance(shape, dict):
        _check_object(shape, value, where)
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{where} is a list"
        for number, each in enumerate(value):
            _check(shape[0], each, f"{where}[{number}]")
    else:
        _check_value(shape, value, where)


def _check_object(shape: dict[str, Any], value: Any, where: str) -> None:
    assert isinstance(value, dict), f"{where} is an object"
    known = {key.removesuffix("?"): kind for key, kind in shape.items() if key != "…"}
    needed = {key for key in shape if key != "…" and not key.endswith("?")}
    assert needed <= value.keys(), f"{where} has {needed - value.keys()} too"
    if "…" not in shape:
        assert value.keys() <= known.keys(), f"{where} has no {value.keys() - known.keys()}"
    for key in known.keys() & value.keys():
        _check(known[key], value[key], f"{where}.{key}")


def _check_value(kind: str, value: Any, where: str) -> None:
    if kind.endswith(" or null"):
        if value is None:
            return
        kind = kind.removesuffix(" or null")
    if kind == "error":
        _check(shapes()["error"]["error"], value, where)
        return
    if kind.startswith("one of "):
        assert value in kind.removeprefix("one of ").split(", "), f"{where} is {kind}, not {value!r}"
        return
    assert isinstance(value, _KINDS[kind]), f"{where} is {kind}, not {value!r}"
    assert kind in ("boolean", "anything") or not isinstance(value, bool), f"{where} is {kind}, not {value!r}"
