"""Reads what needs no shadow: a live database and a snapshot."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from console.catalog import reader
from console.catalog.digests import together
from console.catalog.key import Key
from console.catalog.model import Catalog
from console.drift.scope import OF_TOOLS
from console.drift.sources.kinds import Live, Read, Saved
from console.errors import ConnectionLost, StatementFailed
from console.migrations.ledgers import candidates
from console.migrations.ledgers.ledger import Name

# Roles that only a provider's servers have, by which a snapshot shows whose it was.
_ROLES = {"supabase_admin": "Supabase", "supabase_auth_admin": "Supabase", "neon_superuser": "Neon"}


async def read(source: Live) -> Read:
    """Read a database, in read-only transactions. Raises what reading raises."""
    ledgers = await _ledgers(source)
    return _read(source, ledgers, await reader.read(source.session))


async def both(a: Live, b: Live) -> tuple[Read, Read] | None:
    """Read of two databases what differs between them by the servers' digests, and what has to do with that.

    None where that cannot be told, and both have to be read whole. Raises ConnectionFailed and its kin.
    """
    ledgers = [await _ledgers(source) for source in (a, b)]
    tables = ledgers[0] | ledgers[1]

    def is_of_a_tool(key: Key) -> bool:
        return key.schema in OF_TOOLS or Name(key.schema, key.name) in tables

    try:
        found = await together.read(a.session, b.session, is_of_a_tool)
    except (StatementFailed, ConnectionLost):  # a lock that has just come, a limit of time
        return None
    if found is None:
        return None
    one, two = (_read(*each) for each in zip((a, b), ledgers, found, strict=True))
    return replace(one, whole=partial(read, a)), replace(two, whole=partial(read, b))


async def _ledgers(source: Live) -> frozenset[Name]:
    """Return the tables in which migrations are remembered."""
    found = await candidates.look(source.session)
    named = [source.ledger] if source.ledger is not None else []
    return frozenset([*named, *(each.table for each in found if each.words)])


def _read(source: Live, ledgers: frozenset[Name], catalog: Catalog) -> Read:
    server = source.session.server
    assert server is not None
    return Read(label=source.label, catalog=catalog, provider=server.provider, live=True, ledgers=ledgers)


def of_snapshot(source: Saved) -> Read:
    """Return what a snapshot holds."""
    return Read(label=source.label, catalog=source.catalog, provider=provider(source.catalog), live=True)


def provider(catalog: Catalog) -> str:
    """Return whose server a catalog is from, by the roles that it speaks of; an empty text where none tells."""
    return next((whose for role, whose in _ROLES.items() if role in catalog.roles), "")
