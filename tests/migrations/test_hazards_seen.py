"""Hazards as the text alone tells them: statement → what is said, and what a script's own making takes away."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from console.migrations.files import formats, native
from console.migrations.files.folder import Migration, Script
from console.migrations.hazards import looking
from console.migrations.hazards.columns import volatile
from console.migrations.hazards.hazard import Hazard, Lock, Name, Severity
from console.migrations.hazards.known import Column, Known, Relation, Type
from console.migrations.hazards.looking import Looked
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Step
from console.sql import builtins
from tests.migrations.project import write

ORDERS = Name("", "orders")
ODD = (Path(__file__).parent / "odd_statements.sql").read_text("utf-8").splitlines()[1:]


def look(sql: str, known: Known | None = None, *, direction: Direction = Direction.UP, alone: bool = False) -> Looked:
    script = Script(Path("0001_test.up.sql"), sql, False if alone else None)
    [found] = looking.steps([Step(Migration("0001", "test", "", script, script), direction)], known)
    return found


def hazards(sql: str, known: Known | None = None) -> list[Hazard]:
    found = look(sql, known)
    assert not found.problem
    return list(found.hazards)


def said(sql: str, known: Known | None = None) -> list[str]:
    """Return "severity kind" of each hazard."""
    return [f"{hazard.severity.word} {hazard.kind}" for hazard in hazards(sql, known)]


def table(rows: int | None, bytes: int | None, **columns: Column) -> Known:
    """Return a server that has the table public.orders."""
    orders = Relation(Name("public", "orders"), "r", rows, bytes, columns=columns)
    return Known(17, asked=True, relations={ORDERS: orders, orders.name: orders})


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("ALTER TABLE orders ADD COLUMN a int", ["info lock"]),
        ("ALTER TABLE orders ADD COLUMN a int NOT NULL", ["warn fail"]),
        ("ALTER TABLE orders ADD COLUMN a int NOT NULL DEFAULT 0", ["info lock"]),
        ("ALTER TABLE orders ADD COLUMN a uuid DEFAULT uuid_generate_v4()", ["warn rewrite"]),
        ("ALTER TABLE orders ADD COLUMN a int DEFAULT app.next_one()", ["warn rewrite"]),
        ("ALTER TABLE orders ADD COLUMN a public.mood", ["info rewrite"]),
        ("ALTER TABLE orders ADD COLUMN a public.vector(3)", ["info lock"]),
        ("ALTER TABLE orders ADD COLUMN a bigserial", ["warn rewrite"]),
        ("ALTER TABLE orders ADD COLUMN a bigserial PRIMARY KEY", ["warn rewrite", "warn build"]),
        ("ALTER TABLE orders ALTER a TYPE bigint", ["warn rewrite"]),
        ("ALTER TABLE orders ALTER a SET NOT NULL", ["warn scan"]),
        ("ALTER TABLE orders ADD CHECK (a > 0)", ["warn scan"]),
        ("ALTER TABLE orders ADD CHECK (a > 0) NOT VALID", ["info lock"]),
        ("ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES users", ["warn scan", "info lock"]),
        ("ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES users NOT VALID", ["info lock", "info lock"]),
        ("ALTER TABLE orders VALIDATE CONSTRAINT c", ["info scan"]),
        ("ALTER TABLE orders ADD PRIMARY KEY (a)", ["warn build"]),
        ("ALTER TABLE orders ADD UNIQUE USING INDEX i", ["info lock"]),
        ("ALTER TABLE orders DROP COLUMN a", ["warn loss"]),
        ("ALTER TABLE orders DROP COLUMN a CASCADE", ["warn loss", "warn cascade"]),
        ("ALTER TABLE orders RENAME TO o", ["warn break"]),
        ("ALTER TABLE orders RENAME a TO b", ["warn break"]),
        ("ALTER TABLE orders RENAME CONSTRAINT a TO b", ["info lock"]),
        ("ALTER TABLE orders SET SCHEMA side", ["warn break"]),
        ("ALTER TABLE orders ENABLE ROW LEVEL SECURITY", ["warn access"]),
        ("ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON orders", ["info lock"]),
        ("ALTER TABLE orders DISABLE ROW LEVEL SECURITY", ["warn access"]),
        ("ALTER TABLE orders SET TABLESPACE fast", ["warn rewrite"]),
        ("ALTER TABLE orders SET (fillfactor = 80)", []),
        ("ALTER TABLE orders ATTACH PARTITION p FOR VALUES IN (1)", ["warn scan"]),
        ("ALTER TABLE orders DETACH PARTITION p", ["info lock", "info lock"]),
        ("ALTER TABLE orders DETACH PARTITION p CONCURRENTLY", []),
        ("CREATE INDEX ON orders (a)", ["warn build"]),
        ("CREATE INDEX CONCURRENTLY ON orders (a)", ["info build"]),
        ("DROP INDEX i", ["info lock"]),
        ("DROP INDEX CONCURRENTLY i", []),
        ("REINDEX TABLE orders", ["warn build"]),
        ("REINDEX TABLE CONCURRENTLY orders", ["info build"]),
        ("CLUSTER orders USING i", ["warn rewrite"]),
        ("VACUUM FULL orders", ["warn rewrite"]),
        ("VACUUM orders", []),
        ("REFRESH MATERIALIZED VIEW m", ["warn rewrite"]),
        ("REFRESH MATERIALIZED VIEW CONCURRENTLY m", ["warn scan"]),
        ("TRUNCATE orders", ["warn loss"]),
        ("TRUNCATE orders CASCADE", ["warn loss", "warn cascade"]),
        ("LOCK TABLE orders", ["warn lock"]),
        ("LOCK TABLE orders IN ROW SHARE MODE", []),
        ("UPDATE orders SET a = 1", ["warn bulk"]),
        ("UPDATE orders SET a = 1 WHERE a IS NULL", []),
        ("DELETE FROM orders", ["warn loss"]),
        ("DELETE FROM orders WHERE a = 1", []),
        ("DROP TABLE orders", ["warn loss"]),
        ("DROP TABLE orders CASCADE", ["warn loss", "warn cascade"]),
        ("DROP VIEW v", ["warn break"]),
        ("DROP VIEW v; CREATE VIEW v AS SELECT 1", ["info lock"]),
        ("CREATE OR REPLACE VIEW v AS SELECT 1", ["info lock"]),
        ("DROP FUNCTION f(int)", ["warn break"]),
        ("DROP FUNCTION f; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", []),
        ("DROP FUNCTION f CASCADE", ["warn break", "warn cascade"]),
        ("DROP TYPE t", ["warn break"]),
        ("DROP SCHEMA s", []),
        ("DROP SCHEMA s CASCADE", ["crit cascade"]),
        ("DROP EXTENSION x CASCADE", ["crit cascade"]),
        ("DROP OWNED BY someone", ["crit cascade"]),
        ("DROP DATABASE d", ["crit loss"]),
        ("CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()", ["info lock"]),
        ("DROP TRIGGER t ON orders", ["info lock"]),
        ("ALTER TYPE mood ADD VALUE 'wild'", ["info enum"]),
        ("ALTER TYPE mood RENAME VALUE 'a' TO 'b'", ["warn break"]),
        ("ALTER TYPE mood RENAME TO moods", ["warn break"]),
        ("ALTER DOMAIN d ADD CHECK (VALUE > 0)", ["warn scan"]),
        ("CREATE TABLE x (id int REFERENCES orders)", ["info lock"]),
        ("CREATE TABLE x PARTITION OF orders FOR VALUES IN (1)", ["info lock"]),
        ("DO $$ BEGIN DROP TABLE orders; END $$", ["info unseen"]),
        ("CALL archive()", ["info unseen"]),
        ("SELECT 1; INSERT INTO orders VALUES (1); COMMENT ON TABLE orders IS 'x'; GRANT SELECT ON orders TO me", []),
    ],
)
def test_what_is_said(sql: str, expected: list[str]) -> None:
    assert said(sql) == expected


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t (a int); ALTER TABLE t ADD b uuid DEFAULT gen_random_uuid(); CREATE INDEX i ON public.t (a);"
        "DROP INDEX i; UPDATE t SET a = 1; TRUNCATE t; DROP TABLE t",
        "CREATE TEMP TABLE orders AS SELECT 1 AS a; UPDATE orders SET a = 2; DROP TABLE orders",
        "SET search_path TO app; CREATE TABLE t (a int); CREATE INDEX ON app.t (a)",
        "CREATE TABLE t (a int); ALTER TABLE t RENAME TO u; CREATE INDEX ON u (a)",
        "SELECT 1 AS a INTO t; DELETE FROM t",
        "CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE INDEX ON m (a); REFRESH MATERIALIZED VIEW m",
        "CREATE TYPE mood AS ENUM (); ALTER TYPE mood ADD VALUE 'calm'; DROP TYPE mood",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DROP FUNCTION f",
        "CREATE TABLE t (a int); CREATE TABLE u (a int REFERENCES t)",
        "CREATE TABLE IF NOT EXISTS t (a int); CREATE INDEX IF NOT EXISTS i ON t (a)",
    ],
)
def test_what_a_script_makes_itself_is_used_by_nobody(sql: str) -> None:
    assert said(sql) == []


def test_what_only_looks_like_it_is_not_spared() -> None:
    """Another schema's table of the same name is in use; and the name of a table that was renamed away."""
    assert said("CREATE TABLE a.t (x int); CREATE INDEX ON b.t (x)") == ["warn build"]
    assert said("CREATE TABLE t (x int); ALTER TABLE t RENAME TO u; CREATE INDEX ON t (x)") == ["warn build"]
    assert said("SET search_path TO app; CREATE TABLE t (x int); CREATE INDEX ON public.t (x)") == ["warn build"]


def test_the_next_steps_of_a_plan_know_what_was_made() -> None:
    """Of a folder alone, an earlier migration may have been applied for years."""
    first = Migration("1", "a", "", Script(Path("1.up.sql"), "CREATE TABLE t (a int)"))
    second = Migration("2", "b", "", Script(Path("2.up.sql"), "CREATE INDEX ON t (a)"))
    plan = looking.steps([Step(each, Direction.UP) for each in (first, second)])
    assert [len(each.hazards) for each in plan] == [0, 0]
    assert [len(each.hazards) for each in looking.apart([first, second])] == [0, 1]


def test_if_not_exists_spares_nothing_that_is_there() -> None:
    sql = "CREATE TABLE IF NOT EXISTS orders (a int); CREATE INDEX i ON orders (a)"
    assert said(sql, table(5_000_000, 10**9)) == ["warn build"]
    assert said(sql, Known(asked=True)) == []


def test_a_lock_is_kept_until_the_transaction_ends() -> None:
    """What would only block writes blocks reads behind an ALTER TABLE; a lock is told once."""
    sql = "ALTER TABLE orders ADD a int;\nALTER TABLE orders ADD b int;\nCREATE INDEX ON orders (a);"
    brief, build = look(sql).hazards
    assert (brief.line, build.line, build.lock) == (1, 3, Lock.ACCESS_EXCLUSIVE)
    assert "under ACCESS EXCLUSIVE that line 1 took, which blocks reads and writes" in build.sentence
    assert look(sql, alone=True).hazards[-1].lock is Lock.SHARE


def test_validating_in_the_same_transaction_is_no_better() -> None:
    sql = "ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT c"
    assert said(sql) == ["info lock", "warn scan"]


class TestSizes:
    """What the server says makes it worse, or takes it away."""

    @pytest.mark.parametrize(
        ("rows", "bytes", "severity"),
        [(100, 8192, "info"), (100, 10**8, "warn"), (50_000, 10**7, "warn"), (4_000_000, 12 * 1024**3, "crit")],
    )
    def test_how_bad_it_is(self, rows: int, bytes: int, severity: str) -> None:
        assert said("CREATE INDEX ON orders (a)", table(rows, bytes)) == [f"{severity} build"]

    def test_a_rewrite_says_how_much(self) -> None:
        [hazard] = hazards("ALTER TABLE orders ADD a serial", table(4_000_000, 12 * 1024**3))
        assert hazard.sentence == (
            "Rewrites public.orders (12.0 GB, ≈ 4,000,000 rows) under ACCESS EXCLUSIVE, which blocks reads and writes:"
            " every row gets a number."
        )

    @pytest.mark.parametrize(
        ("rows", "expected"), [(None, "its rows are lost"), (0, "it is empty"), (7, "these rows are lost")]
    )
    def test_a_dropped_table_says_what_is_lost(self, rows: int | None, expected: str) -> None:
        [hazard] = hazards("DROP TABLE orders", table(rows, None))
        assert hazard.sentence.endswith(f": {expected}.")
        assert hazard.severity is {None: Severity.WARN, 0: Severity.INFO, 7: Severity.CRIT}[rows]

    def test_a_dropped_column_says_how_many_values_are_lost(self) -> None:
        known = table(1000, 10**6, a=Column(Type("text"), nulls=0.25))
        [hazard] = hazards("ALTER TABLE orders DROP a", known)
        assert "≈ 750 values are lost" in hazard.sentence

    def test_what_is_not_there_loses_nothing(self) -> None:
        assert said("DROP TABLE IF EXISTS nobody; DROP VIEW IF EXISTS v", table(10, 10)) == []
        assert said("ALTER TABLE orders DROP COLUMN IF EXISTS nothing", table(10, 10)) == ["info lock"]

    def test_not_null_without_a_default_fails_where_there_are_rows(self) -> None:
        sql = "ALTER TABLE orders ADD a int NOT NULL"
        assert said(sql, table(3, 8192)) == ["crit fail"]
        assert said(sql, table(0, 0)) == ["info lock"]


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("-- dbconsole-ignore build", ["loss"]),
        ("-- dbconsole-ignore: build, loss", []),
        ("-- dbconsole-ignore", []),
        ("-- about orders\n-- dbconsole-ignore loss build\n-- more about it", []),
        ("-- dbconsole-ignored build loss", ["build", "loss"]),
        ("/* dbconsole-ignore */", ["build", "loss"]),
    ],
)
def test_a_comment_may_say_that_it_is_known(comment: str, left: list[str]) -> None:
    """It holds for the statement behind it, and for no other."""
    found = look(f"{comment}\nALTER TABLE orders ADD UNIQUE (a), DROP b;\nCREATE INDEX ON lines (a);")
    assert [hazard.kind.value for hazard in found.hazards] == [*left, "build"]


def test_the_native_format_takes_the_comment(tmp_path: Path) -> None:
    """Its own directives are refused when they are unknown; this is none."""
    write(tmp_path, "0001_a", "-- dbconsole-ignore build\nCREATE INDEX ON orders (a);")
    [found] = looking.apart(native.read(tmp_path).migrations)
    assert (found.hazards, found.problem) == ((), "")


def test_a_rollback_is_meant_to_take_names_away() -> None:
    found = look("DROP VIEW v; DROP TABLE orders", direction=Direction.DOWN)
    assert [(hazard.kind.value, hazard.severity.word) for hazard in found.hazards] == [
        ("break", "info"),
        ("loss", "warn"),
    ]


@pytest.mark.parametrize("sql", ODD)
def test_odd_forms_are_looked_at(sql: str) -> None:
    """Whatever PostgreSQL's grammar takes, no form of it stumbles."""
    assert look(sql, alone=True).problem == ""
    assert look(sql, table(10, 10), alone=True).problem == ""


@pytest.mark.parametrize("sql", ["CREATE TABEL x", "COMMIT; SELECT 1", "\\d orders"])
def test_what_cannot_be_read_is_a_problem(sql: str) -> None:
    found = look(sql)
    assert found.problem
    assert not found.hazards


def test_names_are_harmless() -> None:
    [hazard] = hazards('DROP TABLE "a\x1b[31m{0}"')
    assert "a␛[31m{0}" in hazard.sentence
    assert hazard.as_dict()["relation"] == "a␛[31m{0}"


def test_the_list_of_volatile_functions_is_of_functions() -> None:
    """Those of PostgreSQL are known to the guard as well; a word that is no function would be a mistake."""
    known = builtins.safe() | builtins.unsafe()
    assert {"random", "nextval", "gen_random_uuid", "clock_timestamp"} <= volatile() & known
    assert "now" not in volatile()


def test_a_thousand_files_take_no_time(tmp_path: Path) -> None:
    for number in range(1, 1001):
        write(
            tmp_path,
            f"{number:04}_t",
            f"CREATE TABLE t{number} (id int PRIMARY KEY, who int REFERENCES users);\n"
            f"CREATE INDEX ON t{number} (who);\nALTER TABLE users ADD c{number} int DEFAULT 1;\n"
            f"CREATE INDEX ON users (c{number});\nUPDATE users SET a = 1;",
        )
    before = time.process_time()
    found = looking.apart(native.read(tmp_path).migrations)
    assert time.process_time() - before < 20
    assert looking.summary(found) == "2,000 warnings, 2,000 notes"


CONCURRENTLY = "\ufeff-- CreateIndex\r\nCREATE INDEX CONCURRENTLY i ON orders (a);\r\n\r\nALTER TABLE orders ADD b int"


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("20240101000000_a/migration.sql", CONCURRENTLY, [("build", 2), ("lock", 4)]),
        ("20240101000000_a/migration.sql", "BEGIN;\nDROP TABLE orders;\nCOMMIT;\n", [("loss", 2)]),
        ("20240101000000_a/migration.sql", "-- nothing\n", []),
        ("20240101000000_a/migration.sql", "", []),
        ("V1_10__a.sql", "CREATE INDEX ON orders (a)", [("build", 1)]),
        ("20240101_a.sql", "-- migrate:up\nDROP TABLE a;\n-- migrate:down\nDROP TABLE b;\n", [("loss", 2)]),
        ("001_a.sql", "-- +goose Up\n\nDROP TABLE a;\n-- +goose Down\nDROP TABLE b;\n", [("loss", 3)]),
    ],
)
def test_what_other_tools_folders_hold(tmp_path: Path, file: str, text: str, expected: list[tuple[str, int]]) -> None:
    """Byte order marks, line endings of Windows, transactions of their own; lines are those of the file."""
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    [found] = looking.apart(formats.read(tmp_path).migrations)
    assert found.problem == ""
    assert [(hazard.kind.value, hazard.line) for hazard in found.hazards] == expected


def test_what_is_no_sql_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "001_a.sql").write_text("-- +goose Up\nSELECT 1;\n")
    (tmp_path / "002_b.go").write_text("package migrations\n")
    kinds = [
        [hazard.kind.value for hazard in each.hazards] for each in looking.apart(formats.read(tmp_path).migrations)
    ]
    assert kinds == [[], ["unseen"]]
