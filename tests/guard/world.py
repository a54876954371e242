"""A database with something to lose, everything about it that must not change, and ways of writing hidden in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from console.config.profile import Target
from tests.databases import Databases

SETUP = r"""
CREATE TABLE accounts (id int PRIMARY KEY, owner text NOT NULL, balance numeric DEFAULT 0);
INSERT INTO accounts VALUES (1, 'ada', 10), (2, 'bob', 20), (3, 'eve', 30);
CREATE TABLE log (at timestamptz DEFAULT now(), what text);
CREATE SEQUENCE counter;
CREATE INDEX by_owner ON accounts (owner);
CREATE MATERIALIZED VIEW totals AS SELECT sum(balance) AS total FROM accounts;
SELECT lo_from_bytea(424242, 'precious');

CREATE FUNCTION quiet_insert() RETURNS int LANGUAGE sql VOLATILE AS
    $$ INSERT INTO log (what) VALUES ('hidden') RETURNING 1 $$;
CREATE FUNCTION takes_row(accounts) RETURNS int LANGUAGE plpgsql VOLATILE AS
    $$ BEGIN INSERT INTO log (what) VALUES ('row'); RETURN 1; END $$;
CREATE FUNCTION secure_delete() RETURNS int LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS
    $$ BEGIN DELETE FROM accounts; RETURN 1; END $$;
CREATE FUNCTION runs(command text) RETURNS int LANGUAGE plpgsql VOLATILE AS
    $$ BEGIN EXECUTE command; RETURN 1; END $$;
CREATE FUNCTION lower(int) RETURNS int LANGUAGE plpgsql VOLATILE AS
    $$ BEGIN INSERT INTO log (what) VALUES ('lower'); RETURN $1; END $$;
CREATE FUNCTION rows_of(n int) RETURNS SETOF accounts LANGUAGE plpgsql VOLATILE AS
    $$ BEGIN DELETE FROM log; RETURN QUERY SELECT * FROM accounts; END $$;
CREATE FUNCTION by_default(n int DEFAULT runs('DELETE FROM accounts')) RETURNS int LANGUAGE sql STABLE AS 'SELECT n';
CREATE FUNCTION adds(a int, b int) RETURNS int LANGUAGE plpgsql VOLATILE AS
    $$ BEGIN PERFORM nextval('counter'); RETURN a + b; END $$;
CREATE OPERATOR <+> (LEFTARG = int, RIGHTARG = int, FUNCTION = adds);
CREATE TYPE wrapped AS (v int);
CREATE FUNCTION wrap(text) RETURNS wrapped LANGUAGE plpgsql VOLATILE AS
    $$ BEGIN PERFORM nextval('counter'); RETURN ROW(1)::wrapped; END $$;
CREATE CAST (text AS wrapped) WITH FUNCTION wrap(text);
CREATE DOMAIN checked AS int CHECK (runs('NOTIFY hidden') = 1);
CREATE AGGREGATE summed (int) (SFUNC = adds, STYPE = int, INITCOND = '0');
CREATE VIEW innocent AS SELECT quiet_insert() AS n;
CREATE VIEW deeper AS SELECT * FROM innocent;
CREATE VIEW kills AS SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'survivor';
CREATE VIEW counts AS SELECT nextval('counter');
CREATE VIEW objects AS SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
CREATE VIEW editable AS SELECT * FROM accounts;
CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM accounts; RETURN NULL; END $$;
CREATE TRIGGER redirected INSTEAD OF INSERT ON editable FOR EACH ROW EXECUTE FUNCTION instead();
CREATE TABLE watched (i int);
INSERT INTO watched VALUES (1);
ALTER TABLE watched ENABLE ROW LEVEL SECURITY;
CREATE POLICY peeking ON watched USING (runs('DELETE FROM log') = 1);
CREATE PROCEDURE cleans() LANGUAGE sql AS 'DELETE FROM accounts';
ANALYZE;
"""

# Of the cluster: whatever a statement could change without touching a table of this database.
_CLUSTER = {
    "roles": "SELECT r::text FROM pg_authid r",
    "memberships": "SELECT m::text FROM pg_auth_members m",
    "databases": "SELECT datname, datacl, datconnlimit, datallowconn FROM pg_database"
    r" WHERE datname !~ '^(t\d+|template_[0-9a-f]+)$'",  # those that tests make
    "tablespaces": "SELECT spcname, spcacl FROM pg_tablespace",
    "settings": "SELECT name, setting, source, pending_restart FROM pg_settings",
    "settings of roles": "SELECT s::text FROM pg_db_role_setting s",
    "file settings": "SELECT name, setting FROM pg_file_settings",
    "loaded": "SELECT pg_conf_load_time()",
    "slots": "SELECT slot_name, active FROM pg_replication_slots",
    "origins": "SELECT o::text FROM pg_replication_origin o",
    "prepared": "SELECT gid FROM pg_prepared_xacts",
    "advisory locks": "SELECT pid FROM pg_locks WHERE locktype = 'advisory'",
    "resets": "SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()"
    " UNION ALL SELECT stats_reset FROM pg_stat_bgwriter UNION ALL SELECT stats_reset FROM pg_stat_wal"
    " UNION ALL SELECT stats_reset FROM pg_stat_archiver UNION ALL SELECT stats_reset FROM pg_stat_slru",
}
_DATABASE = {
    "statistics": "SELECT relname, relpages, reltuples FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "analysed": "SELECT relname, last_analyze, last_vacuum, analyze_count, vacuum_count FROM pg_stat_user_tables",
    "large objects": "SELECT loid, pageno, data FROM pg_largeobject",
    "counter": "SELECT last_value, is_called FROM counter",
    "total": "SELECT total FROM totals",
    "accounts": "SELECT a::text FROM accounts a",
    "log": "SELECT l::text FROM log l",
    "watched": "SELECT w::text FROM watched w",
}
_CATALOGS = (
    "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
    " WHERE relkind = 'r' AND nspname = 'pg_catalog' AND relname <> 'pg_statistic' AND NOT relisshared ORDER BY 1"
)


@dataclass
class World:
    """The production database, a listener on it, a session that must survive, and a file that must not appear."""

    target: Target
    observer: psycopg.Connection[Any]
    survivor: psycopg.Connection[Any]
    data: Path
    file: Path
    question: str
    known: dict[str, str] = field(default_factory=dict)

    def changed(self) -> list[str]:
        """Return what is not as it was at first: nothing, one hopes."""
        state = self.state()
        return [name for name in state if state[name] != self.known[name]]

    def state(self) -> dict[str, str]:
        """Return a digest of everything that must stay as it is, by what it is of."""
        state = {name: f"{count} {digest}" for name, count, digest in self.observer.execute(self.question.encode())}
        state["file"] = str(self.file.exists())
        state["data folder"] = " ".join(sorted(str(path) for path in _kept(self.data)))
        return state

    def heard(self) -> list[str]:
        """Return what was notified since the last look."""
        return [notify.channel for notify in self.observer.notifies(timeout=0.01)]


def build(databases: Databases, target: Target) -> Iterator[World]:
    """Fill the database and keep it under observation."""
    with databases.connect(target) as filler:
        filler.execute(SETUP.encode())
    with (
        databases.connect(target, application_name="observer") as observer,
        databases.connect(target, application_name="survivor") as survivor,
        tempfile.TemporaryDirectory() as folder,
    ):
        for channel in ("hidden", "alarm"):
            observer.execute(f"LISTEN {channel}".encode())
        survivor.execute("SELECT 1")
        Path(folder).chmod(0o777)  # the server may be another user
        # Looking at pg_file_settings marks in pg_settings what waits for a restart.
        observer.execute("SELECT FROM pg_file_settings")
        world = World(
            target, observer, survivor, databases.server.data, Path(folder) / "stolen.txt", _question(observer)
        )
        world.known = world.state()
        yield world


def _kept(data: Path) -> Iterator[Path]:
    """The files of a cluster that do not come and go by themselves."""
    passing = {
        "base",
        "pg_wal",
        "pg_stat",
        "pg_stat_tmp",
        "pg_xact",
        "pg_subtrans",
        "pg_multixact",
        "global",
        "pg_notify",
    }
    for path in data.iterdir():
        if path.name not in passing:
            yield path
            yield from path.rglob("*")


def _question(observer: psycopg.Connection[Any]) -> str:
    """Return one statement that digests everything: cluster, catalogs, contents."""
    # Every version of a row has its own place and transactions: that is quicker than all it says, and tells more.
    catalogs = {name: f"SELECT ctid, xmin, xmax FROM {name}" for (name,) in observer.execute(_CATALOGS)}
    parts = {**_CLUSTER, **_DATABASE, **catalogs}.items()
    return " UNION ALL ".join(
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM ({query}) AS t" for name, query in parts
    )
