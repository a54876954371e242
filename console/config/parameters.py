"""Which connection parameters reach libpq, what becomes of the others, and what values are possible."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from console.config import keywords, names, placeholders, traps
from console.config.profile import Secret
from console.errors import BadUrl

_ENDPOINT = re.compile(r"\s*(?:endpoint|project)=[a-z0-9-]+\s*")  # how Neon is told the endpoint where SNI is missing
_PLAUSIBLE = {
    "host": re.compile(r"[/@].*|[^\s@#/?\\]*"),  # a socket, or a list of names and addresses
    "dbname": re.compile(r"(?!.*://).*"),  # a URL there would be shown with its password
}


@dataclass(frozen=True, slots=True)
class Conninfo:
    """How to connect: libpq's parameters and, apart from them, the password.

    `ask` is true where a placeholder stands for the password. `warnings` are sentences.
    """

    params: Mapping[str, str]
    password: Secret | None = None
    ask: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sorted:
    params: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def settle(
    pairs: Iterable[tuple[str, str]],
    *,
    what: str,
    known: Mapping[str, str] = MappingProxyType({}),
    warnings: Iterable[str] = (),
) -> Conninfo:
    """Return what of `known` and `pairs` reaches libpq; of equal names the last one counts.

    `known` comes from places of its own (a URL's host), `pairs` are named by whoever wrote them.
    Raises BadUrl for unknown parameters and impossible values. It repeats neither: a piece of a mistyped password may
    stand anywhere.
    """
    found = _Sorted({key: _checked(key, value, what) for key, value in known.items()})
    for place, (key, value) in enumerate(pairs, start=1):
        _sort(found, key, value, place=place, what=what)
    password = found.params.pop("password", "")
    ask = placeholders.stands_for_password(password)
    return Conninfo(
        params=MappingProxyType({key: value for key, value in found.params.items() if value}),
        password=Secret(password) if password and not ask else None,
        ask=ask,
        warnings=(*warnings, *_remarks(found, what)),
    )


def _sort(found: _Sorted, key: str, value: str, *, place: int, what: str) -> None:
    if key == "ssl":
        found.params.setdefault("sslmode", sslmode(value, what=what))
    elif key in keywords.KNOWN:
        found.params[key] = _checked(key, value, what)
    elif key in keywords.UNSAFE or (key == "options" and not _ENDPOINT.fullmatch(value)):
        found.refused.append(key)
    elif key == "options":
        found.params[key] = value.strip()
    elif key.lower() in keywords.FOREIGN:
        found.foreign.append(key)
    elif key not in keywords.OWN:
        raise _unknown(key, place, what)


def sslmode(value: str, *, what: str) -> str:
    """Return libpq's sslmode for what a person or another program wrote. Raises BadUrl.

    >>> sslmode("true", what="DB_SSL"), sslmode("verify-full", what="DB_SSL")
    ('require', 'verify-full')
    """
    mode = keywords.SSL.get(value.lower(), value.lower())
    if mode in keywords.SSLMODES:
        return mode
    meant = names.nearest(mode.replace("_", "-"), keywords.SSLMODES)
    raise BadUrl(
        f"{what} cannot be used: there is no such sslmode.",
        hint=_meant(meant) + f"It is one of {', '.join(keywords.SSLMODES)}.",
    )


def _checked(key: str, value: str, what: str) -> str:
    if key == "sslmode":
        return sslmode(value, what=what) if value else ""
    if key in ("host", "dbname") and not _PLAUSIBLE[key].fullmatch(value):
        raise BadUrl(
            f"{what} cannot be used: there are signs in its {key} that do not belong there.",
            hint=f"{traps.ENCODE} {traps.SHAPE}",
        )
    if key == "port" and not all(_is_port(port) for port in value.split(",")):
        raise BadUrl(
            f"{what} cannot be used: the port is not a number from 1 to 65535.",
            hint=f"PostgreSQL usually listens on 5432. {traps.SHAPE}",
        )
    if key in keywords.NUMBERS and not re.fullmatch(r"-?[0-9]{0,9}", value):
        raise BadUrl(f"{what} cannot be used: {key} is not a whole number.")
    return Secret(value) if key in keywords.SECRET else value


def _is_port(text: str) -> bool:
    return not text or (re.fullmatch(r"[0-9]{1,5}", text) is not None and 0 < int(text) < 65536)


def _unknown(key: str, place: int, what: str) -> BadUrl:
    meant = keywords.OTHERWISE.get(key.lower()) or names.nearest(key, keywords.KNOWN)
    return BadUrl(
        f"{what} cannot be used: parameter {place} of it is none that PostgreSQL knows.",
        hint=_meant(meant) + "If it is a piece of the password, write & as %26, = as %3D and ? as %3F there.",
    )


def _meant(word: str | None) -> str:
    return f"Did you mean {word}? " if word else ""


def _remarks(found: _Sorted, what: str) -> Iterator[str]:
    if found.foreign:
        yield f"{what} has settings of another program, which were left out: {', '.join(found.foreign)}."
    if "options" in found.refused:
        yield f"{what} has startup options, which were left out: a pooler refuses them."
    for key in sorted(keywords.UNSAFE.intersection(found.refused)):
        yield f"{what} sets {key}, which a console has no use for; it was left out."
