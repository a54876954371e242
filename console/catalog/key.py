"""Who an object is: its kind, its schema, its name; the same in every database, unlike an oid."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """Every kind of object, said as SQL says it after COMMENT ON, in lower case.

    Ordinary and partitioned tables are both TABLE; enums, composites, ranges, base and shell types are all TYPE.
    """

    ACCESS_METHOD = "access method"
    AGGREGATE = "aggregate"
    CAST = "cast"
    COLLATION = "collation"
    COLUMN = "column"
    CONSTRAINT = "constraint"
    CONVERSION = "conversion"
    DATABASE = "database"
    DEFAULT_PRIVILEGES = "default privileges"
    DOMAIN = "domain"
    EVENT_TRIGGER = "event trigger"
    EXTENSION = "extension"
    FOREIGN_DATA_WRAPPER = "foreign data wrapper"
    FOREIGN_TABLE = "foreign table"
    FUNCTION = "function"
    INDEX = "index"
    LANGUAGE = "language"
    LARGE_OBJECT = "large object"
    MATERIALIZED_VIEW = "materialized view"
    OPERATOR = "operator"
    OPERATOR_CLASS = "operator class"
    OPERATOR_FAMILY = "operator family"
    POLICY = "policy"
    PROCEDURE = "procedure"
    PUBLICATION = "publication"
    ROLE = "role"
    RULE = "rule"
    SCHEMA = "schema"
    SEQUENCE = "sequence"
    SERVER = "server"
    STATISTICS = "statistics"
    SUBSCRIPTION = "subscription"
    TABLE = "table"
    TEXT_SEARCH_CONFIGURATION = "text search configuration"
    TEXT_SEARCH_DICTIONARY = "text search dictionary"
    TEXT_SEARCH_PARSER = "text search parser"
    TEXT_SEARCH_TEMPLATE = "text search template"
    TRANSFORM = "transform"
    TRIGGER = "trigger"
    TYPE = "type"
    USER_MAPPING = "user mapping"
    VIEW = "view"


class Key(NamedTuple):
    """An object's identity; hashable, ordered by kind, schema and name, readable with `str`.

    `schema` is empty for kinds that live in none. `parent` is the relation of a column, constraint, trigger, policy
    or rule (always in `schema`), the server of a user mapping. `args` tells apart what may share a name: the types of
    the input arguments of a routine or operator, the access method of an operator class or family, the language of a
    transform.

    Names that are made up here, since the kind has none: cast "source AS target", transform its type, user mapping its
    role ("public" for PUBLIC), default privileges "role: tables", the database "" (its own name is not its identity).
    """

    kind: Kind
    schema: str
    name: str
    parent: str = ""
    args: str = ""

    def __str__(self) -> str:
        """Say the name without the kind, unquoted, for people.

        >>> str(Key(Kind.COLUMN, "public", "id", "users"))
        'public.users.id'
        >>> str(Key(Kind.FUNCTION, "public", "area", args="integer, integer"))
        'public.area(integer, integer)'
        """
        dotted = ".".join(part for part in (self.schema, self.parent, self.name) if part)
        if self.kind in _CALLED:
            return f"{dotted}({self.args})"
        return f"{dotted} ({self.args})" if self.args else dotted

    @property
    def owner_relation(self) -> tuple[str, str] | None:
        """Return schema and name of the relation (or domain) this belongs to, None for what stands alone."""
        return (self.schema, self.parent) if self.parent and self.schema else None


_CALLED = frozenset({Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE, Kind.OPERATOR})


class Edge(NamedTuple):
    """One row of pg_depend between two identities.

    `deptype` is PostgreSQL's letter: n normal, a automatic, i internal, P and S partition, x automatic extension.
    Edges to what belongs to an extension point at the extension; edges to the system's own objects are left out, and
    so are those that the keys tell already (to the schema, and from a part to the relation it is a part of as a whole).
    """

    dependent: Key
    referenced: Key
    deptype: str
