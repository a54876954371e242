"""What means the same and is written otherwise is no drift; pg_dump says so as well. What only looks the same is.

Each pair stands in a schema of its own, all of them in two databases: a change tells by its schema which pair it is of.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator

import pytest

from console.catalog import snapshot
from console.config.profile import Target
from tests.catalog import dumps
from tests.databases import Databases
from tests.drift import comparing, judging
from tests.drift.comparing import compared, here, said

T = "CREATE TABLE t (id int, a text, at timestamptz);"
# Each by itself: another test of this server may have made one of the two.
ROLES = "".join(
    f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN END $$;" for role in ("drift_a", "drift_b")
)
SAME = {
    "words_of_types": (
        "CREATE TABLE t (a varchar(9), b int8, c float8, d decimal(4,2), e bool, f char, g timestamptz,"
        " h bit varying(3))",
        "create table T (A character varying(9), B bigint, C double precision, D numeric(4, 2), E boolean,"
        " F character(1), G timestamp with time zone, H varbit(3))",
    ),
    "layout_of_a_view": (
        f"{T} CREATE VIEW v AS SELECT id, a FROM t WHERE id IN (1, 2) ORDER BY 2",
        f"{T} CREATE VIEW v AS\n /* two */ select  t.id , t.a\n  from t where (t.id = ANY (ARRAY[1, 2])) order by a",
    ),
    "casts": (
        f"{T} CREATE VIEW v AS SELECT CAST(id AS text) x, DATE '2020-01-01' AS y FROM t",
        f"{T} CREATE VIEW v AS SELECT id::text AS x, '2020-01-01'::date AS y FROM t",
    ),
    "joins": (
        f"{T} CREATE VIEW v AS SELECT x.id FROM t x INNER JOIN t y ON (x.id = y.id)",
        f"{T} CREATE VIEW v AS SELECT x.id FROM t AS x JOIN t AS y ON x.id = y.id",
    ),
    "checks": (
        "CREATE TABLE t (a int CHECK (a IN (1, 2) AND NOT a <> 1), b text CHECK (b LIKE 'x%'))",
        "CREATE TABLE t (a int, b text, CHECK ((((a = ANY (ARRAY[1, 2])) AND (NOT a != 1)))), CHECK (b ~~ 'x%'))",
    ),
    "between_stays_two_comparisons": (
        "CREATE TABLE t (a int CHECK (a BETWEEN 1 AND 2))",
        "CREATE TABLE t (a int CHECK (a >= 1 AND a <= 2))",
    ),
    "serial_by_hand": (
        "CREATE TABLE t (id serial PRIMARY KEY)",
        "CREATE SEQUENCE t_id_seq AS integer; CREATE TABLE t (id integer NOT NULL DEFAULT nextval('t_id_seq'));"
        "ALTER SEQUENCE t_id_seq OWNED BY t.id; ALTER TABLE t ADD CONSTRAINT t_pkey PRIMARY KEY (id)",
    ),
    "names_that_the_server_would_choose": (
        "CREATE TABLE t (id int PRIMARY KEY, a text UNIQUE, b int CHECK (b > 0), c int REFERENCES t)",
        "CREATE TABLE t (id int, a text, b int, c int, CONSTRAINT t_pkey PRIMARY KEY (id),"
        " CONSTRAINT t_a_key UNIQUE (a), CONSTRAINT t_b_check CHECK (b > 0),"
        " CONSTRAINT t_c_fkey FOREIGN KEY (c) REFERENCES t (id) MATCH SIMPLE ON UPDATE NO ACTION NOT DEFERRABLE)",
    ),
    "what_is_so_by_itself": (
        'CREATE TABLE t (id int, a text STORAGE EXTENDED COLLATE pg_catalog."default" DEFAULT NULL) USING heap;'
        "CREATE INDEX i ON t USING btree (id ASC NULLS LAST, a text_ops); ALTER TABLE t REPLICA IDENTITY DEFAULT",
        "CREATE TABLE t (id int NULL, a text); CREATE INDEX i ON t (id, a)",
    ),
    "grants_in_another_order": (
        f"{ROLES} {T} GRANT SELECT, INSERT ON t TO drift_a; GRANT ALL ON t TO drift_b;GRANT UPDATE (a) ON t TO drift_a",
        f"{ROLES} {T} GRANT UPDATE (a) ON t TO drift_a; GRANT ALL PRIVILEGES ON TABLE t TO drift_b;"
        "GRANT INSERT ON t TO drift_a; GRANT SELECT ON t TO drift_a; GRANT SELECT ON t TO drift_a",
    ),
    "granted_and_taken_back": (
        f"{ROLES} {T}",
        f"{ROLES} {T} GRANT ALL ON t TO drift_a; REVOKE ALL ON t FROM drift_a;"
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO drift_a;"
        "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM drift_a",
    ),
    "clauses_in_another_order": (
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE STRICT AS 'SELECT 1'",
        "CREATE FUNCTION f() RETURNS integer RETURNS NULL ON NULL INPUT STABLE AS 'SELECT 1' LANGUAGE sql",
    ),
    "made_in_another_order": (
        "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int); CREATE TYPE c AS ENUM (); CREATE SEQUENCE d",
        "CREATE SEQUENCE d; CREATE TYPE c AS ENUM (); CREATE TABLE b (id int); CREATE TABLE a (id int);"
        "ALTER TABLE a ADD PRIMARY KEY (id)",
    ),
    "enum_values_that_came_later": (
        "CREATE TYPE e AS ENUM ('a', 'b', 'c')",
        "CREATE TYPE e AS ENUM ('a', 'x'); ALTER TYPE e ADD VALUE 'b' BEFORE 'x'; ALTER TYPE e RENAME VALUE 'x' TO 'c'",
    ),
    "a_column_that_came_and_went": (
        "CREATE TABLE t (id int, a text)",
        "CREATE TABLE t (id int, gone int); ALTER TABLE t ADD a text; ALTER TABLE t DROP gone",
    ),
    "quoted_where_nobody_has_to": (
        'CREATE TABLE "t" ("id" int, "order" int); CREATE VIEW "v" AS SELECT "t"."id" FROM "t"',
        'CREATE TABLE T (ID int, "order" int); CREATE VIEW V AS SELECT T.ID FROM T',
    ),
    "statistics_and_comments_set_to_what_they_are": (
        f"{T} COMMENT ON TABLE t IS 'x'; ALTER TABLE t ALTER a SET STATISTICS 50, ALTER a SET STATISTICS -1",
        f"{T} COMMENT ON TABLE t IS 'y'; COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS ''",
    ),
}
# pg_dump shows another text, which means the same: by itself, or once both are loaded from their own texts.
SAME_IN_OTHER_WORDS = {
    "options_in_another_order": (
        "CREATE TABLE t (a int) WITH (fillfactor = 70, autovacuum_enabled = false)",
        "CREATE TABLE t (a int); ALTER TABLE t SET (autovacuum_enabled = false); ALTER TABLE t SET (fillfactor = 70)",
    ),
    "in_on_a_varchar": (
        "CREATE TABLE t (a varchar(9) CHECK (a IN ('x', 'y')))",
        "CREATE TABLE t (a varchar(9) CHECK (a::text = ANY (ARRAY['x'::varchar, 'y'::varchar]::text[])))",
    ),
}
DIFFERENT = {
    "the_time": (
        "CREATE TABLE t (at timestamptz DEFAULT now())",
        "CREATE TABLE t (at timestamptz DEFAULT CURRENT_TIMESTAMP)",
    ),
    "serial_and_identity": (
        "CREATE TABLE t (id serial)",
        "CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY)",
    ),
    "a_length": ("CREATE TABLE t (a varchar)", "CREATE TABLE t (a varchar(9))"),
    "a_constraint_and_an_index": (
        "CREATE TABLE t (a int, UNIQUE (a))",
        "CREATE TABLE t (a int); CREATE UNIQUE INDEX t_a_key ON t (a)",
    ),
    "case_of_a_name": ('CREATE TABLE t ("A" int)', "CREATE TABLE t (a int)"),
    "a_right_to_grant_on": (
        f"{ROLES} {T} GRANT SELECT ON t TO drift_a",
        f"{ROLES} {T} GRANT SELECT ON t TO drift_a WITH GRANT OPTION",
    ),
    "a_blank_in_a_body": (
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT  1'",
    ),
}


@pytest.fixture
def load(databases: Databases) -> Iterator[Callable[..., list[Target]]]:
    """Return a maker of the two databases of a table of pairs; they are dropped at the end."""
    made: list[Target] = []

    def make(table: dict[str, tuple[str, str]]) -> list[Target]:
        for side in (0, 1):
            texts = (f"CREATE SCHEMA {name}; SET search_path = {name}; {pair[side]};" for name, pair in table.items())
            made.append(databases.loaded("".join(texts)))
        return made

    yield make
    for target in made:
        databases.drop(target)


async def test_the_same(databases: Databases, load: Callable[..., list[Target]]) -> None:
    targets = load(SAME)
    one, two = (dumps.schema(databases, target) for target in targets)
    assert one == two, "pg_dump judges otherwise: a pair is none"
    async with comparing.live(*targets) as sides:
        found = await compared(*sides)
    assert (said(found), found.exit_code) == ([], 0)


async def test_a_snapshot_of_the_same_is_the_same_text(load: Callable[..., list[Target]]) -> None:
    one, two = [snapshot.dump(await judging.read(target)).splitlines() for target in load(SAME)]
    assert list(difflib.unified_diff(one, two, lineterm="")) == []


async def test_the_same_in_other_words(databases: Databases, load: Callable[..., list[Target]]) -> None:
    targets = load(SAME_IN_OTHER_WORDS)
    assert dumps.schema(databases, targets[0]) != dumps.schema(databases, targets[1])
    async with comparing.live(*targets) as sides:
        found = await compared(*sides, wish=here(databases))
    assert (said(found), found.exit_code) == ([], 0)


async def test_what_only_looks_the_same(load: Callable[..., list[Target]]) -> None:
    async with comparing.live(*load(DIFFERENT)) as sides:
        there, back = [await compared(*order, proof=False) for order in (sides, sides[::-1])]
    for found in (there, back):
        assert {each.key.schema for each in found.changes} == set(DIFFERENT)
        assert found.exit_code == 1
