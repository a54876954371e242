"""What a comparison does not look at: every class of pg_catalog is counted on both sides; some are not compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from console.catalog.ddl.unhandled import Unhandled
from console.catalog.model import Catalog, Key, Kind
from console.catalog.system import Standing, standing
from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.sql import queries
from console.text import sanitize

_FIFTEEN = 15
_UNCHECKED = "pg_trigger: of constraints, disabled"

# What belongs to the server and not to one of its databases: to compare it is no question of drift.
OF_THE_SERVER = frozenset(
    {"pg_auth_members", "pg_authid", "pg_parameter_acl", "pg_replication_origin", "pg_tablespace"}
)
# What is counted and not compared, and why not.
NOT_COMPARED: Mapping[str, str] = {
    **dict.fromkeys(OF_THE_SERVER, "belongs to the server"),
    "pg_class: temporary": "of a session, and gone with it",
    "pg_largeobject_metadata": "large objects are data; only what is granted on them is compared",
    _UNCHECKED: "a state that pg_dump does not keep; where the sides differ in it, the constraint is named",
}
# What holds no objects of its own: rows, statistics, dependencies, and what is told with another class.
PASSED_OVER = frozenset(
    {
        *("pg_database", "pg_depend", "pg_init_privs", "pg_largeobject", "pg_shdepend", "pg_shdescription"),
        *("pg_statistic", "pg_statistic_ext_data", "pg_subscription_rel"),
    }
)
_UNEVEN = "its triggers are disabled on one side, so rows go unchecked; on the other they are not, or it is not known"
_OWN = SQL("SELECT count(*) FROM pg_catalog.{} WHERE oid >= 16384")
_ALL = SQL("SELECT count(*) FROM pg_catalog.{}")


@dataclass(frozen=True, slots=True)
class Count:
    """What a side holds: how many of each class, and of the classes that are not known here.

    `unchecked` are the constraints whose own triggers are disabled, with which these are. `refused` is why nothing
    could be counted.
    """

    numbers: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)
    unchecked: Mapping[Key, str] = field(default_factory=dict)
    refused: str = ""

    @property
    def made(self) -> Count:
        """The same of a database in the shadow, whose server is nobody's side."""
        return replace(self, numbers={name: each for name, each in self.numbers.items() if name not in OF_THE_SERVER})


@dataclass(frozen=True, slots=True)
class Class:
    """One class of pg_catalog with its numbers on both sides (None: not counted) and why it is not compared, if so."""

    name: str
    a: int | None
    b: int | None
    reason: str = ""

    @property
    def compared(self) -> bool:
        """Tell whether drift looks at it."""
        return not self.reason

    @property
    def numbers(self) -> str:
        """Say it with its numbers: `pg_authid (2 and 0)`."""
        said = " and ".join("not counted" if each is None else f"{each:,}" for each in (self.a, self.b))
        return f"{sanitize(self.name)} ({said})"

    @property
    def sentence(self) -> str:
        """Say it: `not compared: pg_largeobject_metadata (2 and 0): large objects are data`."""
        return f"not compared: {self.numbers}: {self.reason}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {"class": sanitize(self.name), "from": self.a, "to": self.b, "reason": self.reason or None}


@dataclass(frozen=True, slots=True)
class Coverage:
    """All classes that one of the sides has something of.

    `differing` are the constraints that only one side checks rows against; `unknown` are classes that may hide
    something. `refused` are sentences about a side that could not be counted.
    """

    classes: tuple[Class, ...] = ()
    differing: tuple[Key, ...] = ()
    unknown: tuple[Class, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def not_compared(self) -> tuple[Class, ...]:
        """The classes that drift does not look at although there is something in them."""
        return tuple(each for each in self.classes if not each.compared)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what is not compared; what belongs to the server is one of them."""
        servers = [each.numbers for each in self.not_compared if each.name in OF_THE_SERVER]
        said = [f"not compared, as it belongs to the server: {', '.join(servers)}"] if servers else []
        rest = (each.sentence for each in self.not_compared if each.name not in OF_THE_SERVER)
        return (*said, *rest, *self.refused)

    def hidden(self, a: Catalog, b: Catalog, providers: Collection[str] = ("",)) -> Iterator[Unhandled]:
        """Yield what may differ between two catalogs, of which only parts may have been read, without being seen."""
        for key in self.differing:
            owned = all(standing(key.schema, provider) is Standing.USER for provider in providers)
            if owned and not (key in a.objects and key not in b.objects):
                yield Unhandled(key, _UNEVEN)
        for each in self.unknown:
            reason = "a class of pg_catalog that this version of dbconsole does not know"
            yield Unhandled(Key(Kind.TABLE, "pg_catalog", each.name), reason)

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape: what is compared by number alone, the rest with the reason."""
        return {
            "compared": sum(each.compared for each in self.classes),
            "not_compared": [each.as_dict() for each in self.not_compared],
        }


async def count(session: Session) -> Count:
    """Count the classes of a database, in one read-only transaction; a class that is not known here takes a second.

    What the server refuses is said in the count. Raises ConnectionFailed and its kin.
    """
    try:
        return await _counted(session)
    except StatementFailed as error:
        return Count(refused=sanitize(error.title))


async def _counted(session: Session) -> Count:
    if session.server is None:
        await session.read()
    assert session.server is not None
    names = ["classes", *(["classes_15"] if session.server.major >= _FIFTEEN else []), "unchecked", "known"]
    *counted, unchecked, tables = await session.read(
        *(Query(queries.load(f"drift/{name}")) for name in names), doing="counting the classes of pg_catalog"
    )
    numbers = {name: number for rows in counted for name, number in rows}
    return Count(
        numbers=numbers,
        unknown=await _unknown(session, [each for each in tables if _is_unknown(each[0], numbers)]),
        unchecked={_constraint(*names): state for *names, state in unchecked},
    )


def _constraint(schema: str, table: str, name: str) -> Key:
    return Key(Kind.CONSTRAINT, schema, name, table)


def _is_unknown(name: str, numbers: Mapping[str, int]) -> bool:
    return name not in numbers and name not in PASSED_OVER


async def _unknown(session: Session, tables: Sequence[tuple[str, bool]]) -> dict[str, int]:
    """Count the tables that nobody knows; the server's own rows have small oids."""
    if not tables:
        return {}
    asked = [Query((_OWN if has_oid else _ALL).format(Identifier(name))) for name, has_oid in tables]
    counted = await session.read(*asked, doing="counting the classes of pg_catalog")
    return {name: rows[0][0] for (name, _), rows in zip(tables, counted, strict=True)}


def coverage(a: Count | None, b: Count | None) -> Coverage:
    """Return what is looked at of two sides, and what is not; None for a side that is no database."""
    sides = [each or Count() for each in (a, b)]
    names = sorted({name for each in sides for name, number in each.numbers.items() if number})
    known = (Class(name, _number(a, name), _number(b, name), NOT_COMPARED.get(name, "")) for name in names)
    unknown = tuple(_strangers(a, b))
    return Coverage(
        classes=(*known, *unknown),
        differing=tuple(sorted(key for key, _ in sides[0].unchecked.items() ^ sides[1].unchecked.items())),
        unknown=unknown,
        refused=tuple(f"the classes of pg_catalog were not counted: {each.refused}" for each in sides if each.refused),
    )


def _strangers(a: Count | None, b: Count | None) -> Iterator[Class]:
    """Yield the classes that nobody knows and that are not empty."""
    sides = [each.unknown for each in (a, b) if each is not None]
    for name in sorted({name for each in sides for name, number in each.items() if number}):
        of_a, of_b = (each.unknown.get(name, 0) if each is not None else None for each in (a, b))
        yield Class(name, of_a, of_b, "this version of dbconsole does not know it")


def _number(side: Count | None, name: str) -> int | None:
    return side.numbers.get(name) if side is not None else None
