"""Where a session has arrived: who runs the server, in which region, and what is in between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.config import hosts
from console.config.hosts import Provider
from console.db import pooling
from console.db.server import Server

_NAMES = {Provider.NEON: "Neon", Provider.SUPABASE: "Supabase", Provider.OTHER: ""}


@dataclass(frozen=True, slots=True)
class Place:
    """What the top line says of a server: the texts are empty where nothing is known.

    `pooled` is true when nothing of a session outlives a transaction there, or may not.
    """

    provider: str = ""
    region: str = ""
    pooled: bool = False

    @property
    def sleeps(self) -> bool:
        """Whether the server there goes to sleep when nobody asks it anything, and is kept awake by who does.

        >>> Place("Neon").sleeps, Place("Supabase").sleeps
        (True, False)
        """
        return self.provider == "Neon"

    @property
    def words(self) -> str:
        """Say it in a few words.

        >>> Place("Neon", "eu-central-1", pooled=True).words, Place().words
        ('Neon eu-central-1, pooled', '')
        """
        known = " ".join(part for part in (self.provider, self.region) if part)
        return ", ".join(part for part in (known, "pooled" if self.pooled else "") if part)


def of(params: Mapping[str, str], server: Server | None = None, *, greeted_by_another: bool = False) -> Place:
    """Return where these parameters lead: by the host's name, and by what the server says of itself.

    >>> of({"host": "ep-cool-1234-pooler.eu-central-1.aws.neon.tech"}).words
    'Neon eu-central-1, pooled'
    """
    host = hosts.of_params(params)
    provider = _NAMES[host.provider] or (server.provider if server is not None else "")
    pooled = pooling.shared(params, greeted_by_another=greeted_by_another)
    return Place(provider, host.region or "", pooled)
