"""Statements for privileges: what was taken away first, then what was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from console.catalog.ddl.naming import granted
from console.catalog.model import Column, Grant, Key
from console.sql.quoting import dotted, ident, role


def of(key: Key, grants: Sequence[Grant], revokes: Sequence[Grant]) -> Iterator[str]:
    """Return REVOKE and GRANT for an object."""
    return statements(granted(key), grants, revokes)


def statements(on: str, grants: Sequence[Grant], revokes: Sequence[Grant]) -> Iterator[str]:
    """Return REVOKE and GRANT for whatever `on` says, `TABLE public.users` or `TABLES`."""
    for (grantee, _), privileges in _grouped(revokes).items():
        yield f"REVOKE {', '.join(privileges)} ON {on} FROM {role(grantee)}"
    for (grantee, grantable), privileges in _grouped(grants).items():
        option = " WITH GRANT OPTION" if grantable else ""
        yield f"GRANT {', '.join(privileges)} ON {on} TO {role(grantee)}{option}"


def columns(relation: Key, columns: Sequence[Column]) -> Iterator[str]:
    """Return GRANT for single columns."""
    on = f"TABLE {dotted(relation.schema, relation.name)}"
    for column in columns:
        of_column = f"({ident(column.name)})"
        for (grantee, grantable), privileges in _grouped(column.grants).items():
            given = ", ".join(f"{privilege} {of_column}" for privilege in privileges)
            yield f"GRANT {given} ON {on} TO {role(grantee)}{' WITH GRANT OPTION' if grantable else ''}"


def _grouped(grants: Sequence[Grant]) -> dict[tuple[str, bool], list[str]]:
    groups: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for grant in grants:
        groups[grant.grantee, grant.grantable].append(grant.privilege)
    return groups
