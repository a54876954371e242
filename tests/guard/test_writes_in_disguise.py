"""Nothing that writes gets through to a production database, however it is dressed.

Each case goes the way of a person's SQL: through the door of `console.db.admission`, then to the server. What must not
have changed is told by a digest of the database and by all that a digest of tables does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from console.config.profile import Guard, Target
from console.db.admission import admit
from console.db.guard import consent
from console.db.session import Session
from console.errors import BadSql, Refused, StatementFailed
from console.rows import table
from console.rows.filter import Condition
from tests.databases import Databases
from tests.guard.world import World, build


@pytest.fixture(scope="module")
def world(databases: Databases) -> Iterator[World]:
    """A production database, the same for all cases: none of them may change it."""
    target = databases.make(guard=Guard.PRODUCTION)
    try:
        yield from build(databases, target)
    finally:
        databases.drop(target)


async def run(session: Session, sql: str) -> None:
    """Do what the console does with a person's SQL."""
    await admit(session, sql)
    async for _ in session.stream(sql):
        pass


PLAIN = [
    "INSERT INTO accounts VALUES (4, 'mal')",
    "UPDATE accounts SET balance = 0",
    "DELETE FROM accounts",
    "TRUNCATE accounts",
    "MERGE INTO accounts a USING accounts b ON a.id = b.id WHEN MATCHED THEN DELETE",
    "DROP TABLE accounts",
    "CREATE TABLE t (i int)",
    "CREATE TEMP TABLE t (i int)",
    "ALTER TABLE accounts ADD COLUMN c int",
    "CREATE INDEX ON accounts (balance)",
    "COMMENT ON TABLE accounts IS 'x'",
    "GRANT ALL ON accounts TO public",
    "CREATE EXTENSION vector",
    "REFRESH MATERIALIZED VIEW totals",
]
DISGUISED = [
    "EXPLAIN ANALYZE DELETE FROM accounts",
    "EXPLAIN (ANALYZE true, COSTS off) UPDATE accounts SET balance = 0",
    "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
    "EXPLAIN ANALYZE SELECT quiet_insert()",
    "EXPLAIN ANALYZE EXECUTE anything",
    "EXPLAIN (ANALYZE) WITH d AS (DELETE FROM accounts RETURNING 1) SELECT * FROM d",
    "EXPLAIN ANALYZE CREATE MATERIALIZED VIEW m AS SELECT 1",
    "EXPLAIN ANALYZE DECLARE c CURSOR FOR SELECT quiet_insert()",
    "WITH d AS (DELETE FROM accounts RETURNING *) SELECT * FROM d",
    "WITH RECURSIVE i AS (INSERT INTO log (what) VALUES ('x') RETURNING 1) SELECT * FROM i",
    "SELECT * FROM (WITH u AS (UPDATE accounts SET balance = 0 RETURNING 1) SELECT * FROM u) s",
    "SELECT * INTO t FROM accounts",
    "SELECT 1 INTO TEMP t",
    "CREATE TABLE t AS TABLE accounts",
    "SELECT * FROM accounts FOR UPDATE",
    "SELECT * FROM accounts FOR KEY SHARE",
    "TABLE innocent",
    "VALUES (quiet_insert())",
    "(SELECT 1) UNION ALL (SELECT quiet_insert())",
    "DO $$ BEGIN DELETE FROM accounts; END $$",
    "CALL cleans()",
    "PREPARE p AS DELETE FROM accounts",
    "EXECUTE p",
    "DECLARE c CURSOR WITH HOLD FOR SELECT quiet_insert()",
]
TWO_AT_ONCE = [
    "COMMIT; DELETE FROM accounts",
    "ROLLBACK; DELETE FROM accounts",
    "END; BEGIN; DELETE FROM accounts; COMMIT",
    "SET TRANSACTION READ WRITE; DELETE FROM accounts",
    "SELECT 1; DELETE FROM accounts",
    "SELECT 1 /* ; */; DELETE FROM accounts -- SELECT",
    "SELECT 1 -- \r; DELETE FROM accounts",
    "SELECT $x$ ; $x$; DELETE FROM accounts",
    "SELECT E'\\'; DELETE FROM accounts; --'; DELETE FROM accounts",
    "SELECT /* /* nested */ ; */ 1; DELETE FROM accounts",
    "/* SELECT */ DELETE FROM accounts",
    "--SELECT\nDELETE FROM accounts",
    "; ; DELETE FROM accounts",
    "SELECT 1\0; DELETE FROM accounts",
    "ABORT",
    "BEGIN",
    "COMMIT",
    "SAVEPOINT s",
    "PREPARE TRANSACTION 'x'",
    "SET TRANSACTION READ WRITE",
    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    "SET default_transaction_read_only = off",
    "SET ROLE postgres",
    "RESET ALL",
    "DISCARD ALL",
]
BUILT_IN = [
    "SELECT set_config('transaction_read_only', 'off', false)",
    "SELECT pg_catalog.set_config('transaction_read_only', 'off', true)",
    "SELECT nextval('counter')",
    "SELECT setval('counter', 99)",
    "SELECT pg_catalog.\"nextval\"('counter')",
    "SELECT lo_create(0)",
    "SELECT lo_unlink(424242)",
    "SELECT lo_put(424242, 0, 'x')",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_open(424242, 131072)",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_export(424242, '{file}')",
    "SELECT pg_create_physical_replication_slot('stolen', true)",
    "SELECT pg_create_logical_replication_slot('stolen', 'test_decoding')",
    "SELECT pg_drop_replication_slot('none')",
    "SELECT pg_replication_origin_create('stolen')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'survivor'",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'survivor'",
    "SELECT pg_reload_conf()",
    "SELECT pg_rotate_logfile()",
    "SELECT pg_switch_wal()",
    "SELECT pg_create_restore_point('x')",
    "SELECT pg_stat_reset()",
    "SELECT pg_stat_reset_shared('bgwriter')",
    "SELECT pg_stat_reset_slru('Notify')",
    "SELECT pg_stat_reset_single_table_counters('accounts'::regclass)",
    "SELECT pg_notify('alarm', 'x')",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_lock_shared(1)",
    "SELECT pg_import_system_collations('pg_catalog')",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT pg_log_backend_memory_contexts(pg_backend_pid())",
    "SELECT pg_logical_emit_message(false, 'x', 'y')",
    "SELECT query_to_xml('SELECT quiet_insert()', true, true, '')",
    "SELECT database_to_xml(true, true, '')",
    "SELECT table_to_xml('innocent', true, true, '')",
    "SELECT cursor_to_xml('c', 1, true, true, '')",
    "SELECT ts_stat('SELECT quiet_insert()::text::tsvector')",
    "SELECT ts_rewrite('a'::tsquery, 'SELECT quiet_insert()::text::tsquery, ''b''::tsquery')",
    "SELECT brin_summarize_new_values('by_owner')",
    "SELECT gin_clean_pending_list('by_owner')",
    "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'accounts', 'relpages', 9)",
    "SELECT pg_clear_attribute_stats('public', 'accounts', 'id', false)",
    "SELECT pg_backup_start('x', true)",
    "SELECT pg_sync_replication_slots()",
    "SELECT pg_extension_config_dump('accounts', '')",
    "SELECT binary_upgrade_set_record_init_privs(true)",
]
OWN = [
    "SELECT quiet_insert()",
    "SELECT public.quiet_insert()",
    "SELECT id FROM accounts WHERE quiet_insert() = 1",
    "SELECT id FROM accounts ORDER BY quiet_insert()",
    "SELECT CASE WHEN true THEN secure_delete() END",
    "SELECT COALESCE(NULL, runs('DELETE FROM accounts'))",
    "SELECT sum(runs('DELETE FROM accounts')) OVER () FROM accounts",
    "SELECT runs('COPY accounts TO ''{file}''')",
    "SELECT runs('CREATE ROLE mallory SUPERUSER')",
    "SELECT runs('ALTER ROLE postgres SET work_mem = 1000')",
    "SELECT lower(1)",
    "SELECT a.takes_row FROM accounts a",
    "SELECT (a).takes_row FROM accounts a",
    "SELECT takes_row(a) FROM accounts a",
    "SELECT * FROM rows_of(1)",
    "SELECT * FROM ROWS FROM (rows_of(1), generate_series(1, 2))",
    "SELECT x.* FROM accounts, LATERAL rows_of(id) x",
    "SELECT by_default()",
    "SELECT 1 <+> 2",
    "SELECT 1 OPERATOR(public.<+>) 2",
    "SELECT 1 <+> ANY (ARRAY[1, 2]) FROM accounts",
    "SELECT 'x'::text::wrapped",
    "SELECT CAST('x'::text AS public.wrapped)",
    "SELECT 1::checked",
    "SELECT summed(id) FROM accounts",
    "SELECT * FROM innocent",
    "SELECT count(*) FROM deeper",
    "SELECT * FROM kills",
    "SELECT * FROM counts",
    "SELECT * FROM objects",
    "SELECT * FROM watched",
    "INSERT INTO editable VALUES (9, 'x')",
    "EXPLAIN ANALYZE SELECT * FROM deeper",
    "SELECT EXISTS (SELECT FROM innocent)",
    "SELECT ARRAY(SELECT n FROM innocent)",
    "WITH i AS MATERIALIZED (TABLE innocent) SELECT * FROM i",
    "SELECT json_object('a': quiet_insert())",
    "SELECT * FROM JSON_TABLE(quiet_insert()::text::jsonb, '$' COLUMNS (a int PATH '$'))",
    "SELECT * FROM accounts TABLESAMPLE bernoulli (quiet_insert())",
    "SELECT 1 LIMIT quiet_insert()",
    "COPY (SELECT quiet_insert()) TO STDOUT",
    "COPY innocent TO STDOUT",
]
COMMANDS = [
    "COPY accounts TO PROGRAM 'cat > {file}'",
    "COPY (SELECT 1) TO PROGRAM 'touch {file}'",
    "COPY accounts TO '{file}'",
    "COPY accounts FROM STDIN",
    "COPY accounts FROM PROGRAM 'echo 9,x,1'",
    "COPY (DELETE FROM accounts RETURNING 1) TO STDOUT",
    "REINDEX TABLE accounts",
    "CLUSTER accounts USING accounts_pkey",
    "VACUUM FULL accounts",
    "ANALYZE accounts",
    "CHECKPOINT",
    "LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE",
    "NOTIFY alarm",
    "LISTEN alarm",
    "UNLISTEN *",
    "LOAD 'plpgsql'",
    "ALTER SYSTEM SET work_mem = '1MB'",
    "ALTER DATABASE postgres SET work_mem = '1MB'",
    "CREATE DATABASE stolen",
    "DROP DATABASE IF EXISTS postgres",
    "CREATE ROLE mallory SUPERUSER",
    "ALTER ROLE postgres PASSWORD 'x'",
    "CREATE TABLESPACE stolen LOCATION '/tmp'",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false)",
    "REASSIGN OWNED BY postgres TO public",
    "SECURITY LABEL ON TABLE accounts IS 'x'",
    "FETCH ALL FROM c",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM accounts RETURNING 1'",
]


@pytest.mark.parametrize("sql", PLAIN + DISGUISED + TWO_AT_ONCE + BUILT_IN + OWN + COMMANDS)
async def test_nothing_gets_through(world: World, sql: str) -> None:
    async with await Session.open(world.target, what="person") as session:
        with pytest.raises((Refused, BadSql, StatementFailed)):
            await run(session, sql.replace("{file}", str(world.file)))
        _unchanged(world)


# Without the door: what the server alone holds back, even if the grammar or the list of functions were wrong.
@pytest.mark.parametrize("sql", PLAIN + TWO_AT_ONCE[:4] + OWN[:6] + DISGUISED[:2] + ["SELECT nextval('counter')"])
async def test_the_server_holds_by_itself(world: World, sql: str) -> None:
    async with await Session.open(world.target, what="person") as session:
        with pytest.raises(StatementFailed):
            async for _ in session.stream(sql):
                pass
        _unchanged(world)


@pytest.mark.parametrize(
    "condition",
    [
        "quiet_insert() = 1",
        "id = 1 <+> 2",
        "lower(id) = 1",
        "id IN (SELECT n FROM innocent)",
        "nextval('counter') > 0",
        "pg_terminate_backend(1)",
        "true) UNION SELECT quiet_insert() --",
        "true); DELETE FROM accounts; SELECT (1",
        "id = 1 FOR UPDATE",
    ],
)
async def test_a_filter_gets_no_further(world: World, condition: str) -> None:
    async with await Session.open(world.target, what="person") as session:
        with pytest.raises((Refused, BadSql)):
            await table.open(session, "public", "accounts", filter=Condition(condition))
        _unchanged(world)


async def test_a_view_around_a_write_is_not_read_without_a_word(world: World) -> None:
    async with await Session.open(world.target, what="person") as session:
        with pytest.raises(Refused, match="would call what may write") as caught:
            await table.open(session, "public", "deeper")
        assert "quiet_insert()" in caught.value.detail
        with pytest.raises(StatementFailed, match="read-only"):
            await table.open(session, "public", "deeper", allow_functions=True)
        _unchanged(world)


async def test_a_refusal_names_the_function_and_the_way_on(world: World) -> None:
    async with await Session.open(world.target, what="person") as session:
        with pytest.raises(Refused) as caught:
            await admit(session, "SELECT * FROM deeper")
        assert "quiet_insert()" in caught.value.detail
        assert "--confirm" in caught.value.hint
        await admit(session, "SELECT * FROM deeper", allow_functions=True)


HARMLESS = """
CREATE TABLE accounts (id int PRIMARY KEY, owner text);
INSERT INTO accounts VALUES (1, 'ada'), (2, 'bob');
CREATE VIEW editable AS SELECT * FROM accounts;
"""


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*), pg_size_pretty(sum(length(owner))) FROM accounts",
        "TABLE editable",
        "VALUES (1), (2)",
        "SHOW work_mem",
        "EXPLAIN ANALYZE SELECT * FROM accounts",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT upper('x' || i) FROM n",
        "SELECT now(), current_user, version(), pg_backend_pid(), pg_table_size('accounts')",
        "SELECT json_agg(a ORDER BY id) FILTER (WHERE id > 1) FROM accounts a -- fine",
    ],
)
async def test_reading_goes_through(make_database: Callable[..., Target], sql: str) -> None:
    async with await Session.open(make_database(HARMLESS), what="person") as session:
        await run(session, sql)


def test_production_is_written_to_only_by_name(world: World) -> None:
    with pytest.raises(Refused):
        consent(world.target, action="write", yes=True)
    with pytest.raises(Refused):
        consent(world.target, action="write", confirm="other")
    assert consent(world.target, action="write", confirm=world.target.name).target == world.target.name


def _unchanged(world: World) -> None:
    assert world.changed() == []
    assert world.heard() == []
    assert world.survivor.execute("SELECT 1").fetchone() == (1,)
