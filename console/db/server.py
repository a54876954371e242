"""What is known of the server at the other end: version, role, provider, whether a pooler is in between."""

from __future__ import annotations

from dataclasses import dataclass

from console.db.query import Query
from console.sql import queries


@dataclass(frozen=True, slots=True)
class Server:
    """One row of `queries/session/server.sql`, read with the first transaction of a session.

    `version_num` is as in PG_VERSION_NUM (180004), `pid` the backend that answered, `neon_project` Neon's project id
    where the setting exists, `supabase` whether its administrator's role exists.
    """

    version_num: int
    version: str
    database: str
    role: str
    superuser: bool
    pid: int
    encoding: str
    standby: bool
    neon_project: str | None
    supabase: bool

    @property
    def major(self) -> int:
        """The major version, such as 18."""
        return self.version_num // 10000

    @property
    def provider(self) -> str:
        """Who runs it: "Neon", "Supabase", or an empty text."""
        if self.neon_project:
            return "Neon"
        return "Supabase" if self.supabase else ""


def query() -> Query:
    """Return the question that a Server answers."""
    return Query(queries.load("session/server"), row=Server)
