"""What a down file leaves different, object by object, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from console.catalog import compare
from console.catalog.compare import Action, Change
from console.catalog.model import Catalog, Kind
from console.catalog.system import OWN_SCHEMA
from console.text import sanitize

_SHORT = 100  # characters of a value in a sentence
_WORDS = {
    Action.CREATE: "is left behind",
    Action.DROP: "is gone",
    Action.ALTER: "differs",
    Action.RENAME: "has another name",
    Action.REORDER: "has its columns in another order",
    Action.UNREAD: "could not be read",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute that differs: its value before up, and after down."""

    name: str
    before: str | None
    after: str | None

    @property
    def sentence(self) -> str:
        """Say it: `default: nothing, now 0`."""
        return f"{self.name.replace('_', ' ')}: {_short(self.before)}, now {_short(self.after)}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {"attribute": self.name, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Difference:
    """One object that is not after down what it was before up; all texts are harmless for a terminal."""

    action: Action
    kind: Kind
    name: str
    attributes: tuple[Attribute, ...] = ()

    @property
    def sentence(self) -> str:
        """Say it: `table public.orders is left behind`."""
        head = f"{self.kind} {self.name} {_WORDS[self.action]}".replace("  ", " ")
        said = "; ".join(each.sentence for each in self.attributes)
        return f"{head}: {said}" if said else head

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {
            "action": self.action.value,
            "kind": self.kind.value,
            "name": self.name,
            "attributes": [each.as_dict() for each in self.attributes],
        }


def differences(before: Catalog, after: Catalog) -> tuple[Difference, ...]:
    """Return in what a catalog after down is not the one before up, the console's own schema left out."""
    return told(change for change in compare.compare(before, after) if not _own(change))


def told(changes: Iterable[Change]) -> tuple[Difference, ...]:
    """Return changes in words: from what should be to what is."""
    return tuple(_told(changes))


def _told(changes: Iterable[Change]) -> Iterator[Difference]:
    for change in changes:
        attributes = tuple(
            Attribute(each.attribute, _said(each.before), _said(each.after)) for each in change.differences
        )
        yield Difference(change.action, change.key.kind, sanitize(str(change.key)), attributes)


def _own(change: Change) -> bool:
    key = change.key
    return OWN_SCHEMA in (key.schema, key.name if key.kind is Kind.SCHEMA else "")


def _said(value: object) -> str | None:
    """Return a value as text, None for what is not there."""
    match value:
        case None | () | "":
            return None
        case bool():
            return "yes" if value else "no"
        case str():
            return sanitize(value, lines=True)
        case tuple() if type(value) is not tuple:  # a grant, an option, a key
            return sanitize(_of_parts(value))
        case tuple():
            return ", ".join(filter(None, map(_said, value)))
    return sanitize(_of_fields(value) if is_dataclass(value) else str(value))


def _of_fields(value: Any) -> str:
    """Return what of a value is not as usual; `yes` where all is."""
    unusual = ((each.name, getattr(value, each.name)) for each in fields(value) if each.compare)
    said = [f"{name.replace('_', ' ')} {_said(found)}" for name, found in unusual if found != _usual(value, name)]
    return ", ".join(said) or "yes"


def _usual(value: Any, name: str) -> object:
    return next(each.default for each in fields(value) if each.name == name)


def _of_parts(value: tuple[object, ...]) -> str:
    named: dict[str, object] = getattr(value, "_asdict", dict)()
    match named:
        case {"grantee": grantee, "privilege": privilege, "grantable": grantable}:
            return f"{privilege} to {grantee}{' with grant option' if grantable else ''}"
        case {"name": name, "value": text}:
            return f"{name}={text}"
        case {"provider": provider, "label": label}:
            return f"{provider}: {label}"
    return str(value)


def _short(value: str | None) -> str:
    if value is None:
        return "nothing"
    line = " ".join(value.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"
