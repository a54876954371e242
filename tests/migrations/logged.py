"""The same three migrations in the form of each tool: they write into a log what they do, so that twice would be seen.

The second runs outside a transaction. The table of the log is there before the first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

GROUND = "CREATE TABLE public.log (entry text);"
_SAYS = "INSERT INTO public.log VALUES ('{}')"

UPS = (
    (_SAYS.format("1 up"), "CREATE TYPE public.mood AS ENUM ('sad')", "CREATE TABLE public.t (id int)"),
    (
        _SAYS.format("2 up"),
        "CREATE INDEX CONCURRENTLY t_id ON public.t (id)",
        "VACUUM public.t",
        "ALTER TYPE public.mood ADD VALUE 'glad'",
        _SAYS.format("2 end"),
    ),
    (_SAYS.format("3 up"), "ALTER TABLE public.t ADD age int"),
)
DOWNS = (
    (_SAYS.format("1 down"), "DROP TABLE public.t", "DROP TYPE public.mood"),
    (_SAYS.format("2 down"), "DROP INDEX CONCURRENTLY public.t_id", "VACUUM public.t", _SAYS.format("2 gone")),
    (_SAYS.format("3 down"), "ALTER TABLE public.t DROP age"),
)
UP_LOG = ["1 up", "2 up", "2 end", "3 up"]
DOWN_LOG = ["3 down", "2 down", "2 gone", "1 down"]
_ENDS = {("up", 1): "1 up", ("up", 2): "2 end", ("up", 3): "3 up"}
_ENDS |= {("down", 1): "1 down", ("down", 2): "2 gone", ("down", 3): "3 down"}


def _sql(statements: tuple[str, ...]) -> str:
    return "".join(f"{statement};\n" for statement in statements)


_Files = Callable[[int, str, str, bool], Mapping[str, str]]


def _native(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    says = "-- dbconsole: no-transaction\n" if outside else ""
    return {f"{number:04}_m.up.sql": says + up, f"{number:04}_m.down.sql": says + down}


def _dbmate(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    says = " transaction:false" if outside else ""
    return {f"2024010100000{number}_m.sql": f"-- migrate:up{says}\n{up}\n-- migrate:down{says}\n{down}"}


def _golang(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    return {f"{number:06}_m.up.sql": up, f"{number:06}_m.down.sql": down}


def _goose(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    says = "-- +goose NO TRANSACTION\n" if outside else ""
    return {f"{number:05}_m.sql": f"{says}-- +goose Up\n{up}\n-- +goose Down\n{down}"}


def _supabase(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    return {f"2024010100000{number}_m.sql": up}


def _prisma(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    return {f"2024010100000{number}_m/migration.sql": up}


def _drizzle(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    entries = [
        {"idx": each, "version": "7", "when": 1700000000000 + each, "tag": f"000{each}_m", "breakpoints": True}
        for each in range(number)
    ]
    journal = {"version": "7", "dialect": "postgresql", "entries": entries}
    return {f"000{number - 1}_m.sql": up, "meta/_journal.json": json.dumps(journal)}


def _flyway(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    files = {f"V{number}__m.sql": up, f"U{number}__m.sql": down}
    settings = {f"{name}.conf": "executeInTransaction=false\n" for name in files} if outside else {}
    return {**files, **settings}


def _diesel(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    folder = f"2024010100000{number}_m"
    settings = {f"{folder}/metadata.toml": "run_in_transaction = false\n"} if outside else {}
    return {f"{folder}/up.sql": up, f"{folder}/down.sql": down, **settings}


def _sqlx(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    says = "-- no-transaction\n" if outside else "-- Add migration script here\n"
    return {f"2024010100000{number}_m.up.sql": says + up, f"2024010100000{number}_m.down.sql": says + down}


def _node_pg_migrate(number: int, up: str, down: str, outside: bool) -> Mapping[str, str]:
    return {f"170000000000{number}_m.sql": f"-- Up Migration\n{up}\n-- Down Migration\n{down}"}


@dataclass(frozen=True)
class Kind:
    """A format: its ledger's table, and how one migration is written in it."""

    ledger: str
    files: _Files
    downs: bool = True


KINDS: Mapping[str, Kind] = {
    "dbconsole": Kind("dbconsole.migrations", _native),
    "dbmate": Kind("public.schema_migrations", _dbmate),
    "golang-migrate": Kind("public.schema_migrations", _golang),
    "goose": Kind("public.goose_db_version", _goose),
    "flyway": Kind("public.flyway_schema_history", _flyway),
    "diesel": Kind("public.__diesel_schema_migrations", _diesel),
    "sqlx": Kind("public._sqlx_migrations", _sqlx),
    "node-pg-migrate": Kind("public.pgmigrations", _node_pg_migrate),
    "supabase": Kind("supabase_migrations.schema_migrations", _supabase, downs=False),
    "prisma": Kind("public._prisma_migrations", _prisma, downs=False),
    "drizzle": Kind("drizzle.__drizzle_migrations", _drizzle, downs=False),
}


def lay(path: Path, format: str) -> Path:
    """Write the three migrations as a format wants them."""
    for number, (up, down) in enumerate(zip(UPS, DOWNS, strict=True), 1):
        for name, text in KINDS[format].files(number, _sql(up), _sql(down), number == 2).items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(text)
    return path


_TIMES = {"id", "batch", "position", "applied_at", "duration_ms", "tstamp", "run_on", "installed_on", "execution_time"}
_TIMES |= {"started_at", "finished_at"}


def log(connection: psycopg.Connection[Any]) -> list[str]:
    """Return what the migrations wrote, in order."""
    return [entry for (entry,) in connection.execute("SELECT entry FROM public.log ORDER BY ctid")]


def traces(connection: psycopg.Connection[Any], format: str) -> dict[str, Any]:
    """Return all that a run leaves: the log, what is in the catalog, the ledger without times, the lease.

    Attempts that were given up are left out: Prisma keeps those that failed, one of which had no connection.
    """
    ledger = KINDS[format].ledger
    rows = connection.execute(f"SELECT to_jsonb(l) FROM {ledger} AS l".encode()).fetchall()
    last = [row for (row,) in rows if not row.get("rolled_back_at")]
    kept = [{name: value for name, value in row.items() if name not in _TIMES} for row in last]
    return {
        "log": log(connection),
        "ledger": sorted(map(str, kept)),
        "indexes": _rows(
            connection,
            "SELECT relname::text, indisvalid, indisready FROM pg_index JOIN pg_class ON oid = indexrelid"
            " WHERE relname LIKE 't\\_%'",
        ),
        "labels": _rows(connection, "SELECT enumlabel::text FROM pg_enum ORDER BY enumsortorder"),
        "columns": _rows(
            connection,
            "SELECT attname::text FROM pg_attribute"
            " WHERE attrelid = to_regclass('t') AND attnum > 0 AND NOT attisdropped",
        ),
    }


def left_over(connection: psycopg.Connection[Any]) -> list[Any]:
    """Return what schema dbconsole should not hold when nobody is at work: positions, and a lease that is held."""
    return _rows(
        connection,
        "SELECT version FROM dbconsole.unfinished"
        " UNION ALL SELECT holder FROM dbconsole.lease WHERE expires_at > now()",
    )


def must_agree(states: list[str], said: list[str], direction: str) -> None:
    """Hold what status says against the log: applied is wholly there, pending not at all, and only 2 half-way."""
    here, gone = ("applied", "pending") if direction == "up" else ("pending", "applied")
    for number, state in enumerate(states, 1):
        mine = [entry for entry in said if entry.startswith(f"{number} ") and (entry in UP_LOG) is (direction == "up")]
        if state == here:
            assert _ENDS[direction, number] in mine, (number, state, said)
        elif state == gone:
            assert mine == [], (number, state, said)
        else:
            assert (number, state) == (2, "failed"), (number, state, said)


def _rows(connection: psycopg.Connection[Any], sql: str) -> list[Any]:
    return connection.execute(sql.encode()).fetchall()
