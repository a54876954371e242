"""One column of the server's catalog is changed, nothing else: the reader and the comparison see it, from both sides.

Superusers may write into the catalog itself; what is half a change for the server is a whole one for whoever reads.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.catalog import compare
from console.config.profile import Target
from tests.databases import Databases
from tests.drift import judging
from tests.drift.test_coverage import seen

SCHEMA = """
CREATE TABLE t (a int PRIMARY KEY, b text, c int CHECK (c > 0));
CREATE TABLE u (a int CONSTRAINT fk REFERENCES t DEFERRABLE, b int UNIQUE DEFERRABLE) WITH (fillfactor = 70);
CREATE TABLE w (a int) PARTITION BY RANGE (a);
CREATE TABLE w1 PARTITION OF w FOR VALUES FROM (0) TO (9);
CREATE INDEX i ON t (b);
CREATE FUNCTION f(x int DEFAULT 1) RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER tr BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION g('x');
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION g();
CREATE POLICY p ON t FOR SELECT USING (true);
CREATE VIEW v AS SELECT a FROM t;
CREATE RULE r AS ON INSERT TO v DO INSTEAD NOTHING;
CREATE STATISTICS s ON a, c FROM t;
CREATE SEQUENCE q;
CREATE DOMAIN d AS int;
CREATE TYPE e AS ENUM ('x', 'y');
CREATE EXTENSION vector;
CREATE PUBLICATION pub FOR TABLE t;
CREATE SUBSCRIPTION sub CONNECTION 'host=x' PUBLICATION one WITH (connect = false, slot_name = NONE);
CREATE FOREIGN DATA WRAPPER fdw;
CREATE SERVER far FOREIGN DATA WRAPPER fdw;
CREATE USER MAPPING FOR PUBLIC SERVER far;
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int);
CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);
CREATE CAST (e AS int) WITH INOUT;
"""
# The statement, then what is seen.
CHANGES = [
    ("UPDATE pg_class SET reltablespace = 1664 WHERE oid = 't'::regclass", "Table.tablespace"),  # pg_global
    ("UPDATE pg_class SET relrowsecurity = true WHERE oid = 't'::regclass", "Table.row_security"),
    ("UPDATE pg_class SET relforcerowsecurity = true WHERE oid = 't'::regclass", "Table.force_row_security"),
    ("UPDATE pg_class SET relreplident = 'f' WHERE oid = 't'::regclass", "Table.replica_identity"),
    ("UPDATE pg_class SET relpersistence = 'u' WHERE oid = 't'::regclass", "Table.persistence"),
    ("UPDATE pg_class SET reloptions = '{fillfactor=80}' WHERE oid = 'u'::regclass", "Table.options"),
    ("UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'w1'::regclass", "Table.detaching"),
    ("UPDATE pg_attribute SET attnotnull = true WHERE attrelid = 't'::regclass AND attname = 'b'", "Column.not_null"),
    ("UPDATE pg_attribute SET attstorage = 'e' WHERE attrelid = 't'::regclass AND attname = 'b'", "Column.storage"),
    ("UPDATE pg_attribute SET attcompression = 'p' WHERE attrelid = 't'::regclass AND attname = 'b'",
     "Column.compression"),
    ("UPDATE pg_attribute SET attstattarget = 7 WHERE attrelid = 't'::regclass AND attname = 'b'", "Column.statistics"),
    ("UPDATE pg_attribute SET attcollation = '\"C\"'::regcollation WHERE attrelid = 't'::regclass AND attname = 'b'",
     "Column.collation"),
    ("UPDATE pg_attribute SET attoptions = '{n_distinct=5}' WHERE attrelid = 't'::regclass AND attname = 'b'",
     "Column.options"),
    ("UPDATE pg_attribute SET attacl = '{=r/postgres}' WHERE attrelid = 't'::regclass AND attname = 'b'",
     "Column.grants"),
    ("UPDATE pg_constraint SET confupdtype = 'c' WHERE conname = 'fk'", "Constraint.definition"),
    ("UPDATE pg_constraint SET confdeltype = 'r' WHERE conname = 'fk'", "Constraint.definition"),
    ("UPDATE pg_constraint SET confmatchtype = 'f' WHERE conname = 'fk'", "Constraint.definition"),
    ("UPDATE pg_constraint SET condeferrable = false WHERE conname = 'fk'", "Constraint.deferrable"),
    ("UPDATE pg_constraint SET condeferred = true WHERE conname = 'fk'", "Constraint.deferred"),
    ("UPDATE pg_constraint SET convalidated = false WHERE conname = 'fk'", "Constraint.validated"),
    ("UPDATE pg_constraint SET conenforced = false, convalidated = false WHERE conname = 'fk'", "Constraint.enforced"),
    ("UPDATE pg_constraint SET connoinherit = true WHERE conname = 't_c_check'", "Constraint.no_inherit"),
    ("UPDATE pg_constraint SET coninhcount = 1 WHERE conname = 't_c_check'", "Constraint.inherited"),
    ("UPDATE pg_constraint SET conislocal = false WHERE conname = 't_c_check'", "Constraint.local"),
    ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass", "Index.valid"),
    ("UPDATE pg_index SET indisunique = true WHERE indexrelid = 'i'::regclass", "Index.unique"),
    ("UPDATE pg_index SET indisclustered = true WHERE indexrelid = 'i'::regclass", "Index.clustered"),
    ("UPDATE pg_index SET indisreplident = true WHERE indexrelid = 'i'::regclass", "Index.replica_identity"),
    ("UPDATE pg_index SET indoption = '1' WHERE indexrelid = 'i'::regclass", "Index.definition"),
    ("UPDATE pg_index SET indnullsnotdistinct = true WHERE indrelid = 'u'::regclass", "Constraint.definition"),
    ("UPDATE pg_proc SET proleakproof = true WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET proisstrict = true WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET prosecdef = true WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET proparallel = 's' WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET provolatile = 'i' WHERE proname = 'f'", "Routine.volatility"),
    ("UPDATE pg_proc SET procost = 7 WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET prorows = 7 WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET proretset = false WHERE proname = 'f'", "Routine.result"),
    ("UPDATE pg_proc SET prosrc = 'SELECT 2' WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET proconfig = '{work_mem=1MB}' WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET proargnames = '{y}' WHERE proname = 'f'", "Routine.arguments"),
    ("UPDATE pg_proc SET prosupport = 'pg_catalog.int4pl'::regproc WHERE proname = 'f'", "Routine.definition"),
    ("UPDATE pg_proc SET proacl = '{postgres=X/postgres}' WHERE proname = 'f'", "Routine.revokes"),
    ("UPDATE pg_trigger SET tgenabled = 'D' WHERE tgname = 'tr'", "Trigger.enabled"),
    ("UPDATE pg_trigger SET tgattr = '1' WHERE tgname = 'tr'", "Trigger.definition"),
    ("UPDATE pg_trigger SET tgtype = 7 WHERE tgname = 'tr'", "Trigger.definition"),
    ("UPDATE pg_trigger SET tgargs = 'y\\000' WHERE tgname = 'tr'", "Trigger.definition"),
    ("UPDATE pg_trigger SET tgdeferrable = false WHERE tgname = 'late'", "Trigger.definition"),
    ("UPDATE pg_trigger SET tginitdeferred = true WHERE tgname = 'late'", "Trigger.definition"),
    ("UPDATE pg_trigger SET tgconstrrelid = 'u'::regclass WHERE tgname = 'late'", "Trigger.definition"),
    ("UPDATE pg_trigger SET tgnewtable = 'fresh' WHERE tgname = 'tr'", "Trigger.definition"),
    ("UPDATE pg_policy SET polcmd = '*' WHERE polname = 'p'", "Policy.command"),
    ("UPDATE pg_policy SET polpermissive = false WHERE polname = 'p'", "Policy.permissive"),
    ("UPDATE pg_policy SET polroles = '{10}' WHERE polname = 'p'", "Policy.roles"),
    ("UPDATE pg_rewrite SET ev_enabled = 'D' WHERE rulename = 'r'", "Rule.enabled"),
    ("UPDATE pg_rewrite SET is_instead = false WHERE rulename = 'r'", "Rule.definition"),
    ("UPDATE pg_rewrite SET ev_type = '4' WHERE rulename = 'r'", "Rule.definition"),
    ("UPDATE pg_statistic_ext SET stxstattarget = 7 WHERE stxname = 's'", "Statistics.target"),
    ("UPDATE pg_statistic_ext SET stxkeys = '1 2' WHERE stxname = 's'", "Statistics.definition"),
    ("UPDATE pg_statistic_ext SET stxkind = '{d}' WHERE stxname = 's'", "Statistics.definition"),
    ("UPDATE pg_sequence SET seqcache = 7 WHERE seqrelid = 'q'::regclass", "Sequence.options"),
    ("UPDATE pg_sequence SET seqcycle = true WHERE seqrelid = 'q'::regclass", "Sequence.options"),
    ("UPDATE pg_type SET typnotnull = true WHERE typname = 'd'", "Domain.not_null"),
    ("UPDATE pg_enum SET enumsortorder = 9 WHERE enumlabel = 'x'", "Enum.labels"),
    ("UPDATE pg_extension SET extversion = '0.1' WHERE extname = 'vector'", "Extension.version"),
    ("UPDATE pg_extension SET extnamespace = 'pg_catalog'::regnamespace WHERE extname = 'vector'", "Extension.schema"),
    ("UPDATE pg_publication SET pubviaroot = true WHERE pubname = 'pub'", "Publication.via_root"),
    ("UPDATE pg_publication SET pubtruncate = false WHERE pubname = 'pub'", "Publication.operations"),
    ("UPDATE pg_publication SET pubgencols = 's' WHERE pubname = 'pub'", "Publication.generated"),
    ("UPDATE pg_publication_rel SET prattrs = '1' WHERE prrelid = 't'::regclass", "Publication.tables"),
    ("UPDATE pg_subscription SET subenabled = true WHERE subname = 'sub'", "Subscription.enabled"),
    ("UPDATE pg_subscription SET subslotname = 'other' WHERE subname = 'sub'", "Subscription.slot"),
    ("UPDATE pg_subscription SET subpublications = '{two}' WHERE subname = 'sub'", "Subscription.publications"),
    ("UPDATE pg_subscription SET suborigin = 'none' WHERE subname = 'sub'", "Subscription.options"),
    ("UPDATE pg_subscription SET subfailover = true WHERE subname = 'sub'", "Subscription.options"),
    ("UPDATE pg_foreign_server SET srvtype = 'x' WHERE srvname = 'far'", "Server.type"),
    ("UPDATE pg_foreign_server SET srvversion = 'x' WHERE srvname = 'far'", "Server.version"),
    ("UPDATE pg_user_mapping SET umoptions = '{a=b}'", "UserMapping.options"),
    ("UPDATE pg_aggregate SET agginitval = '7' WHERE aggfnoid = 'total'::regproc", "Aggregate.initcond"),
    ("UPDATE pg_aggregate SET aggfinalmodify = 'w' WHERE aggfnoid = 'total'::regproc", "Aggregate.finalfunc_modify"),
    ("UPDATE pg_operator SET oprcanhash = true WHERE oprname = '==='", "Operator.hashes"),
    ("UPDATE pg_operator SET oprrest = 'eqsel'::regproc WHERE oprname = '==='", "Operator.restrict"),
    ("UPDATE pg_ts_dict SET dictinitoption = 'accept = ''false''' WHERE dictname = 'words'",
     "TextSearchDictionary.options"),
    ("UPDATE pg_cast SET castcontext = 'i' WHERE castsource = 'e'::regtype", "Cast.context"),
    ("UPDATE pg_namespace SET nspacl = '{postgres=U/postgres}' WHERE nspname = 'public'", "Schema.grants"),
    ("INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'selinux', 'x')",
     "Table.security_labels"),
    ("INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 2, 'selinux', 'x')",
     "Column.security_labels"),
    ("INSERT INTO pg_seclabel SELECT oid, 'pg_publication'::regclass, 0, 'selinux', 'x' FROM pg_publication",
     "Publication.security_labels"),
    ("INSERT INTO pg_seclabel SELECT oid, 'pg_subscription'::regclass, 0, 'selinux', 'x' FROM pg_subscription"
     " WHERE subname = 'sub'", "Subscription.security_labels"),
    ("ALTER FUNCTION f DEPENDS ON EXTENSION vector", "Routine.extensions"),
    ("INSERT INTO pg_description VALUES ('t'::regclass, 'pg_class'::regclass, 2, 'x')", "Column.comment"),
    ("UPDATE pg_database SET datconnlimit = 7 WHERE datname = current_database()", "Database.connection_limit"),
    ("INSERT INTO pg_shseclabel SELECT oid, 'pg_database'::regclass, 'selinux', 'x' FROM pg_database"
     " WHERE datname = current_database()", "Database.security_labels"),
]  # fmt: skip


@pytest.fixture
def target(databases: Databases) -> Iterator[Target]:
    """Return a database with something of every kind."""
    made = databases.loaded(SCHEMA)
    yield made
    with databases.connect(made) as connection:
        connection.execute("UPDATE pg_subscription SET subenabled = false, subslotname = NULL WHERE subname = 'sub'")
    judging.drop(databases, made)


@pytest.mark.slow
async def test_a_change_of_one_column_is_seen(databases: Databases, target: Target) -> None:
    """The changes are made one after the other: what is seen is what came with the last one."""
    silent = []
    now = await judging.read(target)
    with databases.connect(target) as connection:
        for statement, attribute in CHANGES:
            assert connection.execute(statement.encode()).rowcount, statement
            before, now = now, await judging.read(target)
            there, back = (seen(compare.compare(*sides)) for sides in ((before, now), (now, before)))
            if attribute not in there or attribute not in back:
                silent.append(f"{statement}: {there or 'nothing'} and {back or 'nothing'} instead of {attribute}")
    assert silent == [], "\n".join(silent)
