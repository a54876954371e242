"""What can be compared, ready to be read: an open session, a folder, a text, a catalog; and what reading it gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from console.catalog.model import Catalog, Key
from console.db.session import Session
from console.drift.coverage import Count
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Name
from console.migrations.rehearsal.verdict import LeftOut


@dataclass(frozen=True, slots=True)
class Live:
    """A database that is read as it is now; `ledger` is the table in which its migrations are remembered, if known."""

    label: str
    session: Session
    ledger: Name | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What migrations make of an empty database; `migrations` are those of the folder that count.

    `notes` are sentences about why it is these.
    """

    label: str
    folder: Folder
    migrations: tuple[Migration, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """What a file of SQL makes of an empty database."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A snapshot."""

    label: str
    catalog: Catalog


Source: TypeAlias = Live | Made | Script | Saved


@dataclass(frozen=True, slots=True)
class States:
    """Of what a source says how it is to be: what it does not state is not compared.

    `database` are the settings of the database as a whole and of roles in it, its privileges and its comment.
    """

    owners: bool = True
    grants: bool = True
    extensions: bool = True
    database: bool = True

    def __and__(self, other: States) -> States:
        return States(
            self.owners and other.owners,
            self.grants and other.grants,
            self.extensions and other.extensions,
            self.database and other.database,
        )


@dataclass(frozen=True, slots=True)
class Read:
    """A source that was read: everything in it, also what takes no part.

    `role` owns what the source says no owner of, empty where all owners are said. `provider` is who runs the server,
    `live` says that it is a server of somebody's and not ours. `notes` are sentences about how it was made, `left_out`
    what of it could not be. `count` is what was counted of its classes, None where there was no server to ask.
    `brought` are stand-ins for what comes with a provider's server.
    `whole` reads all of a source of which only what differs was read, and what has to do with that.
    """

    label: str
    catalog: Catalog
    states: States = field(default_factory=States)
    role: str = ""
    provider: str = ""
    live: bool = False
    ledgers: Collection[Name] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    makers: Mapping[Key, Collection[str]] = field(default_factory=dict)
    count: Count | None = None
    brought: Collection[Key] = ()
    whole: Callable[[], Coroutine[Any, Any, Read]] | None = None

    @property
    def major(self) -> int:
        """The server's major version, such as 18."""
        return self.catalog.version // 10000
