"""Statements for privileges: what was taken away first, then what was given, by the owner before it is passed on."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from console.catalog.ddl.naming import granted
from console.catalog.model import Column, Grant, Key
from console.sql.quoting import dotted, ident, role


class Said(NamedTuple):
    """A GRANT or REVOKE and the role that says it, empty for the owner or whoever runs the rest."""

    text: str
    by: str = ""


def spoken(said: Iterable[Said]) -> Iterator[str]:
    """Return the statements, those of other roles between SET ROLE and RESET ROLE."""
    for by, group in itertools.groupby(said, key=lambda each: each.by):
        if by:
            yield f"SET ROLE {ident(by)}"
        yield from (each.text for each in group)
        if by:
            yield "RESET ROLE"


def of(key: Key, grants: Sequence[Grant], revokes: Sequence[Grant]) -> Iterator[str]:
    """Return REVOKE and GRANT for an object."""
    return spoken(statements(granted(key), grants, revokes))


def statements(on: str, grants: Sequence[Grant], revokes: Sequence[Grant]) -> Iterator[Said]:
    """Return REVOKE and GRANT for whatever `on` says, `TABLE public.users` or `TABLES`."""
    for (_, grantee, _), privileges in _grouped(revokes).items():
        yield Said(f"REVOKE {', '.join(privileges)} ON {on} FROM {role(grantee)}")
    yield from given(on, grants)


def given(on: str, grants: Iterable[Grant], column: str = "") -> Iterator[Said]:
    """Return GRANT, on one column if that is said; who passes something on does so when it is his."""
    of_column = f" ({ident(column)})" if column else ""
    for level in levels(grants):
        for (by, grantee, grantable), privileges in _grouped(level).items():
            what = ", ".join(f"{privilege}{of_column}" for privilege in privileges)
            option = " WITH GRANT OPTION" if grantable else ""
            yield Said(f"GRANT {what} ON {on} TO {role(grantee)}{option}", by)


def columns(relation: Key, columns: Sequence[Column]) -> Iterator[str]:
    """Return GRANT for single columns."""
    on = f"TABLE {dotted(relation.schema, relation.name)}"
    return spoken(said for column in columns for said in given(on, column.grants, column.name))


def levels(grants: Iterable[Grant]) -> Iterator[list[Grant]]:
    """Yield what can be granted at once, then what those can pass on who got it by that, and so on.

    >>> ours, passed = Grant("a", "SELECT", True), Grant("b", "SELECT", grantor="a")
    >>> [*levels([passed, ours])] == [[ours], [passed]]
    True
    """
    rest = list(grants)
    while rest:
        awaited = {(each.grantee, each.privilege) for each in rest if each.grantable}
        free = [each for each in rest if (each.grantor, each.privilege) not in awaited] or rest
        yield free
        rest = [each for each in rest if each not in free]


def _grouped(grants: Iterable[Grant]) -> dict[tuple[str, str, bool], list[str]]:
    groups: defaultdict[tuple[str, str, bool], list[str]] = defaultdict(list)
    for each in grants:
        groups[each.grantor, each.grantee, each.grantable].append(each.privilege)
    return groups
