"""Reads what needs no shadow: a live database and a snapshot."""

from __future__ import annotations

from console.catalog import reader
from console.catalog.model import Catalog
from console.drift.sources.kinds import Live, Read, Saved
from console.migrations.ledgers import choosing

# Roles that only a provider's servers have, by which a snapshot shows whose it was.
_ROLES = {"supabase_admin": "Supabase", "supabase_auth_admin": "Supabase", "neon_superuser": "Neon"}


async def read(source: Live) -> Read:
    """Read a database, in read-only transactions. Raises what reading raises."""
    session = source.session
    found = await choosing.look(session)
    catalog = await reader.read(session)
    assert session.server is not None
    named = [source.ledger] if source.ledger is not None else []
    return Read(
        label=source.label,
        catalog=catalog,
        provider=session.server.provider,
        live=True,
        ledgers=frozenset([*named, *(each.table for each in found if each.words)]),
    )


def of_snapshot(source: Saved) -> Read:
    """Return what a snapshot holds."""
    return Read(label=source.label, catalog=source.catalog, provider=provider(source.catalog), live=True)


def provider(catalog: Catalog) -> str:
    """Return whose server a catalog is from, by the roles that it speaks of; an empty text where none tells."""
    return next((whose for role, whose in _ROLES.items() if role in catalog.roles), "")
