"""What a comparison does not look at: every class of pg_catalog is counted on both sides; some are not compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from console.db.query import Query
from console.db.session import Session
from console.sql import queries
from console.text import sanitize

_FIFTEEN = 15

# What is counted and not compared, and why not.
NOT_COMPARED: Mapping[str, str] = {
    "pg_auth_members": "roles belong to the server",
    "pg_authid": "roles belong to the server",
    "pg_class: temporary": "of a session, and gone with it",
    "pg_largeobject_metadata": "large objects are data; only what is granted on them is compared",
    "pg_parameter_acl": "belongs to the server",
    "pg_replication_origin": "belongs to the server",
    "pg_tablespace": "belongs to the server; tables name it",
    "pg_trigger: of constraints, disabled": "a state that neither pg_dump nor this comparison keeps: rows go unchecked",
}
# What holds no objects of its own: rows, statistics, dependencies, and what is told with another class.
PASSED_OVER = frozenset(
    {
        *("pg_database", "pg_depend", "pg_init_privs", "pg_largeobject", "pg_shdepend", "pg_shdescription"),
        *("pg_statistic", "pg_statistic_ext_data", "pg_subscription_rel"),
    }
)


@dataclass(frozen=True, slots=True)
class Count:
    """What a side holds: how many of each class, and the classes that are not known here."""

    numbers: Mapping[str, int]
    unknown: tuple[str, ...] = ()


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
    def sentence(self) -> str:
        """Say it: `not compared: pg_largeobject_metadata (2 and 0): large objects are data`."""
        said = " and ".join("not counted" if each is None else f"{each:,}" for each in (self.a, self.b))
        return f"not compared: {sanitize(self.name)} ({said}): {self.reason}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {"class": sanitize(self.name), "from": self.a, "to": self.b, "reason": self.reason or None}


@dataclass(frozen=True, slots=True)
class Coverage:
    """All classes that one of the sides has something of."""

    classes: tuple[Class, ...]

    @property
    def not_compared(self) -> tuple[Class, ...]:
        """The classes that drift does not look at although there is something in them."""
        return tuple(each for each in self.classes if not each.compared)

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape: what is compared by number alone, the rest with the reason."""
        return {
            "compared": sum(each.compared for each in self.classes),
            "not_compared": [each.as_dict() for each in self.not_compared],
        }


async def count(session: Session) -> Count:
    """Count the classes of a database, in one read-only transaction. Raises what reading raises."""
    if session.server is None:
        await session.read()
    assert session.server is not None
    names = ["classes", *(["classes_15"] if session.server.version_num // 10000 >= _FIFTEEN else []), "known"]
    *counted, tables = await session.read(
        *(Query(queries.load(f"drift/{name}")) for name in names), doing="counting the classes of pg_catalog"
    )
    numbers = {name: number for rows in counted for name, number in rows}
    return Count(numbers, tuple(_unknown([name for (name,) in tables], numbers)))


def _unknown(tables: Collection[str], numbers: Mapping[str, int]) -> Iterator[str]:
    return (name for name in tables if name not in numbers and name not in PASSED_OVER)


def coverage(a: Count | None, b: Count | None) -> Coverage:
    """Return what is looked at of two sides, and what is not; None for a side that is no database."""
    sides = [each or Count({}) for each in (a, b)]
    names = sorted({name for each in sides for name, number in each.numbers.items() if number})
    unknown = sorted({name for each in sides for name in each.unknown})
    found = [Class(name, _number(a, name), _number(b, name), NOT_COMPARED.get(name, "")) for name in names]
    found += [Class(name, None, None, "this version of dbconsole does not know it") for name in unknown]
    return Coverage(tuple(found))


def _number(side: Count | None, name: str) -> int | None:
    return side.numbers.get(name) if side is not None else None
