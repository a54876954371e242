"""A catalog as stable JSON and back: sorted, one line a value, so that two versions in git differ where schemas do."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha256
from typing import Any, Union, get_args, get_origin, get_type_hints

from console.catalog import model
from console.catalog.model import Catalog, Edge, Key, Kind, Object, Role
from console.errors import UsageError
from console.text import sanitize

VERSION = 1
_FORMAT = "dbconsole catalog"
_LONGEST = 60  # signs of what a hostile or broken file has in it
_SORTS = {str: "a text", int: "a number", bool: "true or false"}
_CLASSES: Mapping[str, type[Any]] = {
    name: each for name in model.__all__ if isinstance(each := getattr(model, name), type) and issubclass(each, Object)
}


def dump(catalog: Catalog) -> str:
    """Return a catalog as JSON; sizes and oids, which change by themselves, are left out."""
    return json.dumps(shape(catalog), ensure_ascii=False, indent=1) + "\n"


def load(text: str, label: str = "This file") -> Catalog:
    """Return the catalog of a snapshot, which `label` names. Every value is of its sort, whoever wrote the text.

    Raises UsageError when the text is none, or one of a newer console.
    """
    try:
        shape = json.loads(text)
        if not isinstance(shape, dict) or shape.get("format") != _FORMAT:
            raise _NoSnapshotError("It does not say that it is one.")
        if _number(shape["version"]) > VERSION:
            raise UsageError(
                f"{sanitize(label)} was written by a newer dbconsole.",
                hint="Update dbconsole, or take the snapshot again.",
            )
        return _catalog(shape)
    except _FAULTS as error:
        raise UsageError(
            f"{sanitize(label)} is not a snapshot of a catalog.",
            detail=_explained(error),
            hint="Take one with: dbconsole drift --snapshot FILE",
        ) from error


def digest(catalog: Catalog) -> str:
    """Return a digest of all objects: equal for equal schemas of one server version, whatever their sizes and oids."""
    text = json.dumps(shapes(catalog), ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shape(catalog: Catalog) -> dict[str, Any]:
    """Return a catalog as the JSON value of a snapshot."""
    return {
        "format": _FORMAT,
        "version": VERSION,
        "server_version": catalog.version,
        "roles": [_encoded(catalog.roles[name]) for name in sorted(catalog.roles)],
        "objects": shapes(catalog),
        "edges": [_encoded(edge) for edge in sorted(catalog.edges)],
        "locked": [[_encoded(key), pid] for key, pid in sorted(catalog.locked.items())],
    }


def shapes(catalog: Catalog) -> list[dict[str, Any]]:
    """Return the objects as JSON values, each with its `class`, in the order of their identities."""
    return [_tagged(catalog.objects[key]) for key in sorted(catalog.objects)]


def key_shape(key: Key) -> list[str]:
    """Return an identity as JSON: kind, schema, name, and the parent and the arguments where it has them."""
    parts = [str(part) for part in key]
    while len(parts) > 3 and not parts[-1]:
        parts.pop()
    return parts


class _NoSnapshotError(ValueError):
    """What is wrong with the content of a snapshot, as a sentence."""


_FAULTS = (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


def _explained(error: Exception) -> str:
    match error:
        case _NoSnapshotError():
            return sanitize(str(error))
        case json.JSONDecodeError():
            return f"It is no JSON, or not all of it: line {error.lineno}, column {error.colno}."
        case KeyError() if error.args and isinstance(error.args[0], str):
            return f"It lacks or does not know “{sanitize(error.args[0])[:_LONGEST]}”."
    return "Something in it is not what dbconsole writes."


def _number(value: object) -> int:
    return int(_checked(int, value))


def _checked(kind: type[Any], value: Any) -> Any:
    """Return a value that is of that type and no other: True is no number here."""
    if type(value) is not kind:
        said = json.dumps(value, ensure_ascii=False)[:_LONGEST]
        raise _NoSnapshotError(f"It has {said} where {_SORTS.get(kind, 'another value')} belongs.")
    return value


def _catalog(shape: Mapping[str, Any]) -> Catalog:
    made = [_decoded(_CLASSES[each["class"]], each) for each in shape["objects"]]
    roles = [_decoded(Role, each) for each in shape["roles"]]
    return Catalog(
        version=_number(shape["server_version"]),
        objects={each.key: each for each in made},
        edges=tuple(_decoded(Edge, each) for each in shape["edges"]),
        roles={each.key.name: each for each in roles},
        locked={_decoded(Key, key): _number(pid) for key, pid in shape["locked"]},
    )


def _tagged(made: Object) -> dict[str, Any]:
    return {"class": type(made).__name__, **_encoded(made)}


def _encoded(value: Any) -> Any:
    """Return a value as JSON knows it: dataclasses as objects without their defaults, everything else as lists."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if issubclass(kind, StrEnum):
        return str(value)
    if kind is Key:
        return key_shape(value)
    if issubclass(kind, tuple):
        return [_encoded(each) for each in value]
    said = ((name, default, getattr(value, name)) for name, default in _fields(kind))
    return {name: _encoded(own) for name, default, own in said if default is MISSING or own != default}


_PLAIN = frozenset({str, int, float, bool, type(None)})


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Return what of a dataclass is told, with its defaults."""
    return tuple((each.name, each.default) for each in fields(kind) if each.compare)


def _decoded(kind: Any, value: Any) -> Any:
    return _decoder(kind)(value)


@cache
def _decoder(kind: Hashable) -> Callable[[Any], Any]:
    """Return what makes a value of that type of its JSON."""
    if kind is Key:
        return lambda value: Key(Kind(value[0]), *(_checked(str, each) for each in value[1:]))
    if isinstance(kind, type) and (is_dataclass(kind) or hasattr(kind, "_fields")):
        return _maker(kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _decoder(next(each for each in get_args(kind) if each is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_decoder(get_args(kind))
    return lambda value: _checked(kind, value)  # type: ignore[arg-type]


def _tuple_decoder(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        inner = _decoder(kinds[0])
        return lambda value: tuple(inner(each) for each in value)
    decoders = tuple(_decoder(each) for each in kinds)
    return lambda value: tuple(decode(each) for decode, each in zip(decoders, value, strict=True))


def _maker(kind: type[Any]) -> Callable[[Any], Any]:
    decoders = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}
    if not is_dataclass(kind):
        ordered = tuple(decoders.values())
        return lambda value: kind(*(decode(each) for decode, each in zip(ordered, value, strict=False)))
    return lambda value: kind(**{name: decoders[name](each) for name, each in value.items() if name in decoders})
