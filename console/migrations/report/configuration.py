"""Where the target is and how it is reached, as titles and texts."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.model import Catalog, Database
from console.config import hosts
from console.config.hosts import Provider
from console.db.facts import Facts
from console.migrations.status import Status
from console.text import duration

_UNKNOWN = "not known: neither the host's name nor the server says it"


def lines(facts: Facts, status: Status, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Return title and text of each line."""
    return tuple(_lines(facts, status, catalog))


def _lines(facts: Facts, status: Status, catalog: Catalog) -> Iterator[tuple[str, str]]:
    server, target = facts.server, facts.target
    yield "provider", facts.place.provider or _of_no_provider(facts)
    yield "project", _project(facts) or _UNKNOWN
    yield "region", facts.place.region or _UNKNOWN
    yield "server", f"PostgreSQL {server.version}"
    yield "database", f"{server.database} ({server.encoding}{_locale(catalog)})"
    yield "role", f"{server.role}: {facts.rights.words}"
    yield "state", f"{'a standby' if server.standby else 'open'}, answers in {duration(facts.latency)}"
    yield "pooler", facts.pooler
    yield "encrypted", facts.encrypted
    yield "guard", target.guard.value
    yield "target from", target.origin
    there = "" if status.exists else f", which is not there yet: {status.made_by} makes it"
    yield "ledger", f"{status.ledger}{there}"


def _of_no_provider(facts: Facts) -> str:
    local = hosts.of_params(facts.target.params).local
    return "none: a server on this machine" if local else "none that is known"


def _project(facts: Facts) -> str:
    """Return what the provider calls it: Neon's project, or endpoint, Supabase's reference."""
    if facts.server.neon_project:
        return facts.server.neon_project
    host = hosts.of_params(facts.target.params)
    if host.endpoint is None:
        return ""
    return f"endpoint {host.endpoint}" if host.provider is Provider.NEON else host.endpoint


def _locale(catalog: Catalog) -> str:
    found = next((each for each in catalog.of(Database)), None)
    return f", {found.locale or found.collate}" if found is not None and (found.locale or found.collate) else ""
