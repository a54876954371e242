"""What the name of a host says: who runs it, whether a pooler stands before it, and the way around the pooler.

Pure functions of host, port and user. Sources: neon.com/docs/connect and
supabase.com/docs/guides/database/connecting-to-postgres.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

_NEON = re.compile(
    r"(?P<endpoint>ep-[a-z0-9-]+?)(?P<pooler>-pooler)?\.(?:c-\d+\.)?(?P<region>[a-z0-9-]+)"
    r"\.(?:aws|azure|gcp)\.neon\.(?:tech|build)"
)
_SUPABASE = re.compile(r"db\.(?P<ref>[a-z0-9]{20})\.supabase\.co")
_SUPAVISOR = re.compile(r"[a-z]+-\d+-(?P<region>[a-z0-9-]+)\.pooler\.supabase\.com")
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1|0:0:0:0:0:0:0:1")
_SUPABASE_TRANSACTION_PORT = "6543"
_POSTGRES_PORT = "5432"


class Provider(StrEnum):
    """Who runs the server, as far as its name tells."""

    NEON = "neon"
    SUPABASE = "supabase"
    OTHER = "other"


class Pooler(StrEnum):
    """How a pooler hands out its connections: for one transaction, or for the whole session."""

    TRANSACTION = "transaction"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Host:
    """The facts of one host.

    `endpoint` is Neon's endpoint (`ep-…`) or Supabase's project reference. `ipv6_only` is true for Supabase's direct
    hosts, which many networks cannot reach. `local` is true for sockets and loopback addresses.
    """

    provider: Provider = Provider.OTHER
    pooler: Pooler | None = None
    region: str | None = None
    endpoint: str | None = None
    local: bool = False
    ipv6_only: bool = False

    @property
    def pooled(self) -> bool:
        """True when nothing of a session outlives a transaction there."""
        return self.pooler is Pooler.TRANSACTION


def of(host: str, port: str | int = _POSTGRES_PORT, user: str = "") -> Host:
    """Return what is known of one host by its name, port and user.

    >>> of("ep-cool-1234-pooler.eu-central-1.aws.neon.tech").pooled
    True
    >>> of("aws-0-eu-west-2.pooler.supabase.com", 6543, "postgres.abcdefghijklmnopqrst").region
    'eu-west-2'
    >>> of("/var/run/postgresql").local
    True
    """
    name = host.lower().rstrip(".")
    if local(name):
        return Host(local=True)
    if found := _NEON.fullmatch(name):
        return Host(
            Provider.NEON, Pooler.TRANSACTION if found["pooler"] else None, found["region"], endpoint=found["endpoint"]
        )
    transaction = str(port) == _SUPABASE_TRANSACTION_PORT
    if found := _SUPABASE.fullmatch(name):
        pooler = Pooler.TRANSACTION if transaction else None
        return Host(Provider.SUPABASE, pooler, endpoint=found["ref"], ipv6_only=not transaction)
    if found := _SUPAVISOR.fullmatch(name):
        pooler = Pooler.TRANSACTION if transaction else Pooler.SESSION
        return Host(
            Provider.SUPABASE, pooler, found["region"], endpoint=user.rpartition(".")[2] if "." in user else None
        )
    return Host()


def of_params(params: Mapping[str, str]) -> Host:
    """Return what is known of libpq's parameters; of several hosts only whether all are local.

    A service's host is known to its file alone, so it never counts as local.
    """
    host, addresses = params.get("host", ""), params.get("hostaddr", "").split(",")
    near = "service" not in params and all(local(name) for name in (*host.split(","), *addresses))
    if near or not host or "," in host:
        return Host(local=near)
    return replace(of(host, params.get("port") or _POSTGRES_PORT, params.get("user", "")), local=False)


def local(host: str) -> bool:
    """Tell whether a host is this machine: a socket's folder, an abstract socket, nothing at all, or loopback."""
    return not host or host.startswith(("/", "@")) or _LOOPBACK.fullmatch(host.lower()) is not None


def around_pooler(params: Mapping[str, str]) -> Mapping[str, str] | None:
    """Return parameters that lead past a transaction pooler, or None where there is none or no rule for it.

    Neon: the host without `-pooler`. Supabase: port 5432 in place of 6543, which on the pooler's host is the session
    mode (the host itself cannot be derived from the project), on the project's own host the server.
    """
    facts = of_params(params)
    if not facts.pooled:
        return None
    if facts.provider is Provider.NEON:
        return MappingProxyType({**params, "host": params["host"].lower().replace("-pooler.", ".", 1)})
    return MappingProxyType({**params, "port": _POSTGRES_PORT})
