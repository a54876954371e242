"""What a statement really does: the locks it takes, the tables it writes anew, the tables it reads from end to end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import psycopg

from console.migrations.hazards.hazard import Lock

GROUND = """
CREATE TABLE orders (
    id int PRIMARY KEY, code varchar(10), note text, memo text, amount numeric(8, 2), at timestamp, day date,
    at_zone timestamptz(3), flags varbit(8), letters char(4), small int, free int, kept int NOT NULL, doc json,
    net cidr, span interval, many varchar(5)[], CONSTRAINT kept_small CHECK (small < 1000)
);
INSERT INTO orders (id, code, small, kept) SELECT g, g::text, g, g FROM generate_series(1, 500) AS g;
CREATE TABLE lines (id int, order_id int, proven int, mood text);
INSERT INTO lines SELECT g, g, g, 'x' FROM generate_series(1, 500) AS g;
ALTER TABLE lines ADD CONSTRAINT proof CHECK (proven IS NOT NULL);
ALTER TABLE lines ADD CONSTRAINT later CHECK (id > 0) NOT VALID;
ALTER TABLE lines ADD CONSTRAINT later_key FOREIGN KEY (id) REFERENCES orders NOT VALID;
ALTER TABLE lines ADD CONSTRAINT known FOREIGN KEY (order_id) REFERENCES orders;
CREATE UNIQUE INDEX lines_id ON lines (id);
CREATE UNIQUE INDEX lines_proven ON lines (proven);
CREATE UNIQUE INDEX orders_kept ON orders (kept);
CREATE INDEX orders_code ON orders (code);
CREATE TABLE parent (id int, at date) PARTITION BY RANGE (id);
CREATE TABLE part_1 PARTITION OF parent FOR VALUES FROM (0) TO (1000);
INSERT INTO parent SELECT g, now() FROM generate_series(1, 500) AS g;
CREATE TABLE part_2 (id int, at date);
INSERT INTO part_2 SELECT g, now() FROM generate_series(1000, 1500) AS g;
CREATE TABLE part_3 (id int, at date, CHECK (id IS NOT NULL AND id >= 2000 AND id < 3000));
CREATE UNLOGGED TABLE drafts (id int);
INSERT INTO drafts VALUES (1);
CREATE VIEW seen AS SELECT id, note FROM orders;
CREATE MATERIALIZED VIEW summed AS SELECT id, count(*) FROM orders GROUP BY id;
CREATE UNIQUE INDEX summed_id ON summed (id);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE FUNCTION lot() RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
CREATE FUNCTION two() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2';
CREATE TRIGGER touched BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY mine ON orders USING (true);
CREATE TYPE mood AS ENUM ('calm');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN plain AS int;
CREATE TABLE measured (n plain);
INSERT INTO measured SELECT 1;
CREATE RULE silent AS ON DELETE TO measured DO INSTEAD NOTHING;
CREATE SCHEMA side;
ANALYZE;
"""

_LOCKS = "SELECT relation::int, mode FROM pg_locks WHERE pid = pg_backend_pid() AND granted AND relation IS NOT NULL"
_FILES = """
SELECT oid::int, relname::text, relfilenode::int FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind NOT IN ('i', 'I')
"""
_SCANS = "SELECT relid::int, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_xact_all_tables"


@dataclass(frozen=True)
class Observed:
    """`locks` is the strongest mode held on each relation that was there before; indexes are left out."""

    locks: dict[str, Lock]
    rewritten: set[str]
    read: set[str]


def observe(connection: psycopg.Connection[Any], *statements: str) -> Observed:
    """Run statements in transactions that are rolled back, and say what the last of them did."""
    *before, last = statements
    with connection.transaction(force_rollback=True):
        for each in before:
            connection.execute(each.encode())
        there = {oid: (name, file) for oid, name, file in _rows(connection, _FILES)}
        scanned = dict(_rows(connection, _SCANS))
        connection.execute(last.encode())
        held = _locks(connection)
        files = {oid: file for oid, _, file in _rows(connection, _FILES)}
        read = {oid for oid, scans in _rows(connection, _SCANS) if scans > scanned.get(oid, 0)}
    return Observed(
        {there[oid][0]: lock for oid, lock in held.items() if oid in there},
        {name for oid, (name, file) in there.items() if files.get(oid, file) != file},
        {there[oid][0] for oid in read if oid in there},
    )


def _locks(connection: psycopg.Connection[Any]) -> dict[int, Lock]:
    found: dict[int, Lock] = {}
    for oid, mode in _rows(connection, _LOCKS):
        lock = next(lock for lock in Lock if f"{lock.name.replace('_', '')}LOCK" == mode.upper())
        found[oid] = max(lock, found.get(oid, Lock.NONE))
    return found


def _rows(connection: psycopg.Connection[Any], sql: str) -> Iterable[tuple[Any, ...]]:
    return connection.execute(sql.encode()).fetchall()
