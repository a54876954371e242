"""Reads what people give as the address of a database: a URL, `key=value` parameters, or `service=name`.

The grammar is libpq's, so that a URL means here what it means to psql; what libpq would misread in silence (an
unescaped @ in a password) is an error here. No error repeats any of the text, since it may be the password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from console.config import conninfo, parameters, traps
from console.config.parameters import Conninfo
from console.errors import BadUrl

_SCHEME = re.compile(r"(?:jdbc:)?(?:postgres|postgresql|pgsql|postgis)(?:\+[a-z0-9_]+)?:", re.I)
_ANY_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/|jdbc:|prisma(?:\+postgres)?:", re.I)
_WRAPPED = re.compile(r"(?:psql\s+|(?:export\s+)?[A-Z_][A-Z0-9_]*\s*=\s*(?=[\"']?(?:postgres|jdbc:)))", re.S)
_ADDRESS = re.compile(r"(?:\[(?P<ipv6>[^\]]*)\]|(?P<name>[^:\[\]]*))(?::(?P<port>[^:]*))?")
_UNREADABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def addresses(text: str) -> bool:
    """Tell whether a text means to be a URL or libpq's parameters, good or bad, rather than a name.

    >>> addresses("postgres://localhost/app"), addresses("service=prod"), addresses("prod")
    (True, True, False)
    """
    text = _unwrapped(text)
    return _ANY_SCHEME.match(text) is not None or _SCHEME.match(text) is not None or conninfo.begins(text)


def parse(text: str, *, what: str = "The URL") -> Conninfo:
    """Return how to connect.

    `what` is the subject of every sentence ("DATABASE_URL in .env"). Raises BadUrl, which never repeats the text.
    """
    text = _unwrapped(text)
    if _UNREADABLE.search(text):
        raise BadUrl(f"{what} cannot be read: it has a line break or a control character in it.")
    if scheme := _SCHEME.match(text):
        return _url(text[scheme.end() :], what)
    traps.refuse(text, what)
    if conninfo.begins(text):
        return parameters.settle(conninfo.pairs(text, what=what), what=what)
    raise traps.shapeless(what, "it does not begin with postgresql://" if text else "it is empty")


def _unwrapped(text: str) -> str:
    """Undo what comes along when a URL is copied: `psql '…'`, `DATABASE_URL="…"`, blanks, quotes."""
    text = text.strip()
    if found := _WRAPPED.match(text):
        text = text[found.end() :].strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"`":
        text = text[1:-1].strip()
    return text


def _url(rest: str, what: str) -> Conninfo:
    if not rest.startswith("//"):
        raise traps.shapeless(what, "two slashes are missing after its first colon")
    userinfo, after = _split_user(rest[2:])
    before, _, query = after.partition("?")
    hosts, _, path = before.partition("/")
    _refuse_ambiguity(userinfo, hosts, path, what)
    user, _, password = userinfo.partition(":")
    plain = {"dbname": path, "user": user, "password": password}
    known = _hosts(hosts, what) | {key: _decoded(value, what) for key, value in plain.items()}
    return parameters.settle(_query(query, what), known=known, what=what, warnings=_remarks(password, what))


def _split_user(rest: str) -> tuple[str, str]:
    """Return what stands before the first @ (when no slash comes earlier, as libpq has it), and what follows."""
    userinfo, at, _ = rest.partition("/")[0].partition("@")
    return (userinfo, rest[len(userinfo) + 1 :]) if at else ("", rest)


def _refuse_ambiguity(userinfo: str, hosts: str, path: str, what: str) -> None:
    if "?" in userinfo:
        raise traps.unescaped(what, "?")
    for sign in "@#":
        if sign in hosts:
            raise traps.unescaped(what, sign)
    if "@" in path:
        raise traps.unescaped(what, "@" if userinfo else "/")


def _hosts(text: str, what: str) -> dict[str, str]:
    found = [_ADDRESS.fullmatch(address) for address in text.split(",")]
    addresses = [address for address in found if address is not None]
    if len(addresses) < len(found):
        raise traps.shapeless(
            what, "where the host stands there are too many colons or brackets (an IPv6 address is written [::1])"
        )
    hosts = [_decoded(address["ipv6"] or address["name"] or "", what) for address in addresses]
    return {"host": ",".join(hosts), "port": ",".join(address["port"] or "" for address in addresses)}


def _query(text: str, what: str) -> Iterator[tuple[str, str]]:
    for pair in text.split("&"):
        if not pair:
            continue
        key, equals, value = pair.partition("=")
        if not equals or "=" in value:
            raise traps.shapeless(what, "after the ? it is not made of name=value pairs with & between")
        yield _decoded(key, what), _decoded(value, what)


def _decoded(text: str, what: str) -> str:
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise BadUrl(f"{what} cannot be read: a % in it is not followed by two hexadecimal digits.", hint=traps.ENCODE)
    try:
        decoded = unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        decoded = "\0"  # as unusable as this
    if _UNREADABLE.search(decoded):
        raise BadUrl(f"{what} cannot be read: a percent-encoded sign in it is not text.", hint=traps.ENCODE)
    return decoded


def _remarks(password: str, what: str) -> Iterator[str]:
    if "#" in password:
        yield f"{what} has an unescaped # in its password, where other programs end the URL; %23 means the same."
