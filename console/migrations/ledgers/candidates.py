"""The tables of a database that may be ledgers, and whose they are: several tools call theirs the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from console.db.query import Query
from console.migrations.files.folder import Folder
from console.migrations.ledgers import (
    alembic,
    dbmate,
    diesel,
    django,
    drizzle,
    ecto,
    flyway,
    golang_migrate,
    goose,
    knex,
    node_pg_migrate,
    prisma,
    rails,
    sqitch,
    sqlx,
    supabase,
    yoyo,
)
from console.migrations.ledgers.ledger import Ledger, Name, Reader
from console.migrations.ledgers.native import Native
from console.sql.queries import load
from console.text import sanitize

NATIVE = Native.name


class _Module(Protocol):
    DEFAULT: Name

    def recognises(self, columns: Mapping[str, str]) -> bool:
        """Tell whether a table with these columns is this tool's."""


class _Making(Protocol):
    name: str

    def __call__(self, table: Name, folder: Folder) -> Ledger:
        """Make the ledger."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool's ledger: its module, and how to make one."""

    module: _Module
    make: _Making


TOOLS: Mapping[str, Tool] = MappingProxyType(
    {
        "golang-migrate": Tool(golang_migrate, golang_migrate.GolangMigrate),
        "dbmate": Tool(dbmate, dbmate.Dbmate),
        "goose": Tool(goose, goose.Goose),
        "supabase": Tool(supabase, supabase.Supabase),
        "prisma": Tool(prisma, prisma.Prisma),
        "drizzle": Tool(drizzle, drizzle.Drizzle),
        "flyway": Tool(flyway, flyway.Flyway),
        "diesel": Tool(diesel, diesel.Diesel),
        "node-pg-migrate": Tool(node_pg_migrate, node_pg_migrate.NodePgMigrate),
        "sqlx": Tool(sqlx, sqlx.Sqlx),
        "sqitch": Tool(sqitch, sqitch.Sqitch),
        "alembic": Tool(alembic, alembic.Alembic),
        "knex": Tool(knex, knex.Knex),
        "yoyo": Tool(yoyo, yoyo.Yoyo),
        "rails": Tool(rails, rails.Rails),
        "ecto": Tool(ecto, ecto.Ecto),
        "django": Tool(django, django.Django),
    }
)
_STRANGERS = {  # tables by which tools that are not known here remember
    "gorp_migrations": "sql-migrate",
    "refinery_schema_history": "refinery",
    "db_migrations": "morph",
    "schema_migration": "pop",
    "databasechangelog": "Liquibase",
    "atlas_schema_revisions": "Atlas",
    "hdb_version": "Hasura",
    "SequelizeMeta": "Sequelize",
    "mikro_orm_migrations": "MikroORM",
    "kysely_migration": "Kysely",
    "__EFMigrationsHistory": "Entity Framework",
    "doctrine_migration_versions": "Doctrine",
}
_TABLES = sorted({tool.module.DEFAULT.table for tool in TOOLS.values()} | {Native.table.table, *_STRANGERS})
_SCHEMAS = sorted(
    {tool.module.DEFAULT.schema for tool in TOOLS.values()}
    | {Native.table.schema, "atlas_schema_revisions", "hdb_catalog"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A table that may be a ledger; `converted` says that a project was moved to it, from which on it is the one."""

    table: Name
    columns: Mapping[str, str]
    converted: bool = False

    def of(self, word: str) -> bool:
        """Tell whether it is the ledger of a tool, or ours."""
        if word == NATIVE:
            return self.table == Native.table
        return self.table != Native.table and TOOLS[word].module.recognises(self.columns)

    @property
    def words(self) -> tuple[str, ...]:
        """Whose ledger it may be."""
        return tuple(word for word in (NATIVE, *TOOLS) if self.of(word))


async def look(session: Reader) -> tuple[Found, ...]:
    """Return the tables of a database that may be ledgers, those on its search_path first."""
    query = Query(load("ledger/candidates"), {"tables": _TABLES, "schemas": _SCHEMAS}, own_path=True)
    [rows] = await session.read(query)
    return tuple(
        Found(Name(schema, table), dict(zip(names, types, strict=True)), bool(comment))
        for schema, table, names, types, comment in rows
    )


def others(found: tuple[Found, ...]) -> str:
    """Say which ledgers are there, where that of the folder is not; empty when there are none."""
    named = [(each.table, " or ".join(each.words) or _STRANGERS.get(each.table.table, "")) for each in found]
    said = ", ".join(f"{sanitize(table.text)} of {whose}" for table, whose in named if whose)
    return f" (but {said})".replace("{", "{{").replace("}", "}}") if said else ""
