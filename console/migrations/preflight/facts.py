"""What the server said before a plan: frozen rows, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.config.profile import Guard
from console.db.blockers import Blocker
from console.migrations.hazards.hazard import Lock, Name

_KNOWN_LIBRARIES = frozenset({"plpgsql", "pg_stat_statements", "auto_explain", "pg_trgm", "hnsw", "ivfflat", "postgis"})


@dataclass(frozen=True, slots=True)
class Role:
    """The row of `preflight/role.sql`. Ages are seconds."""

    role: str
    superuser: bool
    roles: bool
    databases: bool
    schemas: bool
    sees_sessions: bool
    read_only: bool
    schema: str
    libraries: tuple[str, ...]
    managed: bool
    archives: bool
    archived_ago: float | None
    failed_ago: float | None
    standbys: int

    @property
    def ruled_by_others(self) -> bool:
        """Whether a provider, or a library that nobody here knows, may allow more than PostgreSQL itself does."""
        return self.managed or bool(set(self.libraries) - _KNOWN_LIBRARIES)


@dataclass(frozen=True, slots=True)
class Schema:
    """A row of `preflight/schemas.sql`."""

    asked: str
    name: str
    creates: bool
    owns: bool
    owner: str


@dataclass(frozen=True, slots=True)
class Owned:
    """A row of `preflight/relations.sql`: `found` is the relation with its schema, quoted, and `filled` says that
    it may have rows.
    """

    schema: str
    name: str
    found: str
    owner: str
    owns: bool
    owns_schema: bool
    filled: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """A row of `preflight/extensions.sql`."""

    name: str
    installed: str | None
    offered: str | None
    has_version: bool
    superuser_only: bool
    trusted: bool
    requires: tuple[str, ...]
    required_there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """A row of `preflight/holders.sql`: a lock that somebody has, or waits for where it is not `granted`."""

    schema: str
    name: str
    mode: str
    granted: bool
    pid: int
    role: str | None
    application: str | None
    state: str | None
    seconds: float | None
    kind: str | None
    phase: str | None
    wraparound: bool

    @property
    def relation(self) -> Name:
        """The relation as it was asked for."""
        return Name(self.schema, self.name)

    @property
    def lock(self) -> Lock:
        """The mode as ours: of `ShareRowExclusiveLock`, SHARE ROW EXCLUSIVE."""
        return next((lock for lock in Lock if f"{lock.name.replace('_', '')}LOCK" == self.mode.upper()), Lock.NONE)

    @property
    def who(self) -> Blocker:
        """The session."""
        return Blocker(self.pid, self.role, self.application, self.state, self.seconds, None)


@dataclass(frozen=True, slots=True)
class Transaction:
    """A row of `preflight/transactions.sql`."""

    pid: int | None
    role: str | None
    application: str | None
    state: str | None
    seconds: float | None
    hidden: int

    @property
    def who(self) -> Blocker:
        """The session."""
        return Blocker(self.pid or 0, self.role, self.application, self.state, self.seconds, None)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is known. `version` is as in PG_VERSION_NUM; `provider` is "Neon", "Supabase" or empty.

    `pooled` says that no way to the server itself is known. `there` are the types, access methods and operator
    classes, (kind, name), that were asked for and exist, and `roles` the roles.
    """

    version: int
    standby: bool
    role: Role
    provider: str = ""
    pooled: bool = False
    guard: Guard = Guard.CONFIRM
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    relations: Mapping[Name, Owned] = field(default_factory=dict)
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    there: frozenset[tuple[str, str]] = frozenset()
    roles: frozenset[str] = frozenset()
    holders: tuple[Holder, ...] = ()
    transactions: tuple[Transaction, ...] = ()

    @property
    def major(self) -> int:
        """The major version, such as 18."""
        return self.version // 10_000

    @property
    def said_version(self) -> str:
        """The version as a person says it: `PostgreSQL 18.4`."""
        return f"PostgreSQL {self.major}.{self.version % 10_000}"
