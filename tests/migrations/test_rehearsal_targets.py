"""A rehearsal upon a target: its schema comes along and nothing else, and it is only read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from console.db.local import installations
from console.db.local.embedded import Embedded
from console.db.session import Session
from console.errors import UsageError
from console.migrations.rehearsal import laying
from console.migrations.rehearsal.fitting import fitting
from console.migrations.rehearsal.refusing import refusal
from tests.databases import Databases
from tests.migrations.project import Project, write
from tests.migrations.rehearsals import from_nothing, left, parts, upon

SCHEMA = """
CREATE SCHEMA app;
CREATE TABLE app.orders (id int PRIMARY KEY, total int DEFAULT 1);
INSERT INTO app.orders SELECT generate_series(1, 100);
CREATE VIEW app.large AS SELECT id FROM app.orders WHERE total > 100;
CREATE FUNCTION app.sum() RETURNS bigint LANGUAGE sql AS 'SELECT sum(total) FROM app.orders';
ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_them ON app.orders FOR SELECT TO rehearsal_reader USING (true);
GRANT USAGE ON SCHEMA app TO rehearsal_reader;
GRANT SELECT ON app.orders TO rehearsal_reader;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = app, public', current_database()); END $$;
"""

# Who wrote each row of these, and where it lies; autovacuum writes others.
EVERY_ROW = """
SELECT string_agg(tableoid::regclass || ' ' || ctid || ' ' || xmin, chr(10) ORDER BY tableoid, ctid)
FROM (
    SELECT tableoid, ctid, xmin FROM app.orders
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_class
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_attribute
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_proc
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_namespace
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_extension
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_authid
    UNION ALL SELECT tableoid, ctid, xmin FROM pg_database
) AS rows
"""


@pytest.fixture
def readers(databases: Databases) -> Iterator[str]:
    """Make a role on the server that only reads catalogs."""
    with databases.connect() as connection:
        connection.execute("CREATE ROLE rehearsal_reader LOGIN; GRANT pg_read_all_settings TO rehearsal_reader")
    yield "rehearsal_reader"
    with databases.connect() as connection:
        connection.execute("DROP ROLE IF EXISTS rehearsal_reader")


@pytest.fixture
def shop(readers: str, make_database: Callable[..., Target], databases: Databases) -> Iterator[Target]:
    """Return a database with a schema, a hundred rows, and a search path of its own."""
    target = make_database()
    with databases.connect(target) as connection:
        connection.execute(SCHEMA.encode())
    yield target
    databases.drop(target)


@pytest.fixture
def run(shop: Target, databases: Databases) -> Callable[[str], Any]:
    """Return what runs SQL in the shop behind the console's back, and returns the first value."""

    def one(sql: str) -> Any:
        with databases.connect(shop) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchone()[0] if cursor.description else None  # type: ignore[index]

    return one


def alter(folder: Path, down: str = "ALTER TABLE orders DROP vat;") -> None:
    """Write a migration that looks at a table by the database's search path, and a check that it is empty."""
    check = "SELECT 'no rows' AS check_name, count(*) = 0 AS ok, 'rows: ' || count(*) AS detail FROM orders"
    write(folder, "0001_vat", "ALTER TABLE orders ADD vat int; GRANT SELECT ON large TO rehearsal_reader;", down, check)


class TestWhatComesAlong:
    async def test_the_schema_without_a_row(self, shop: Target, tmp_path: Path) -> None:
        alter(tmp_path, "ALTER TABLE orders DROP vat; REVOKE SELECT ON large FROM rehearsal_reader;")
        found = await upon(shop, tmp_path)
        assert parts(found.verdicts[0]) == "+++++", found.verdicts[0].sentences
        assert found.shadow is not None
        assert found.shadow.left_out == ()
        assert (found.shadow.objects or 0) > 8
        assert found.proved

    async def test_what_down_leaves_is_found_there_too(self, shop: Target, tmp_path: Path) -> None:
        alter(tmp_path)
        found = await upon(shop, tmp_path)
        assert left(found.verdicts[0]) == ["view app.large differs: grants: nothing, now SELECT to rehearsal_reader"]
        assert found.exit_code == 1

    async def test_only_what_is_pending(self, tmp_path: Path, session: Session) -> None:
        """The ledger is not taken over: its runner makes its own in the shadow."""
        project = Project(tmp_path, session)
        project.write("0001_a", "CREATE TABLE a (id int);", "DROP TABLE a;")
        await project.up()
        project.write("0002_b", "ALTER TABLE a ADD b int;", "ALTER TABLE a DROP b;")
        found = await upon(session.target, tmp_path)
        assert [(each.version, parts(each)) for each in found.verdicts] == [("0002", "+.+++")]
        assert await project.states() == {"0001": "applied", "0002": "pending"}

    async def test_what_has_stopped_half_way_is_not_rehearsed(self, tmp_path: Path, session: Session) -> None:
        project = Project(tmp_path, session)
        project.write("0001_a", "-- dbconsole: no-transaction\nCREATE TABLE a (id int);\nSELECT 1/0;", "DROP TABLE a;")
        with pytest.raises(Exception, match="division by zero"):
            await project.up()
        found = await upon(session.target, tmp_path)
        assert found.verdicts[0].reason.startswith("It stopped half-way on the target")
        assert found.exit_code == 6

    async def test_a_role_that_the_target_lacks_is_missed(self, shop: Target, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "GRANT SELECT ON orders TO nobody_at_all;", "SELECT 1;")
        [verdict] = (await upon(shop, tmp_path)).verdicts
        assert verdict.error is not None
        assert 'role "nobody_at_all" does not exist' in verdict.error.title


class TestTheTarget:
    async def test_is_only_read(self, shop: Target, readers: str, tmp_path: Path, run: Any) -> None:
        """By a role that may neither write nor read a single row; no row of a table or of the catalogs is another."""
        alter(tmp_path, "ALTER TABLE orders DROP vat; REVOKE SELECT ON large FROM rehearsal_reader;")
        run("REVOKE ALL ON app.orders FROM rehearsal_reader; REVOKE ALL ON SCHEMA app FROM rehearsal_reader")
        run("ALTER ROLE rehearsal_reader SET default_transaction_read_only = on")
        before = run(EVERY_ROW)
        found = await upon(replace(shop, params={**shop.params, "user": readers}), tmp_path)
        assert found.proved, found.verdicts[0].sentences
        assert run(EVERY_ROW) == before


class TestWhatTheShadowLacks:
    @pytest.fixture
    def only(self, server: Embedded, run: Any) -> None:
        """Make an extension that no other server has, with a type, a table that uses it, and a view of that."""
        folder = server.data.parent / "only" / "extension"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (
            ("only_here.control", "default_version = '1'\nrelocatable = true\n"),
            (
                "only_here--1.sql",
                "CREATE TYPE mood AS ENUM ('fine'); CREATE FUNCTION hum() RETURNS int LANGUAGE sql AS 'SELECT 1';",
            ),
        ):
            (folder / name).write_text(text)
            (folder / name).chmod(0o644)
        for place in (folder, folder.parent):
            place.chmod(0o755)
        run(
            f"SET extension_control_path = '{folder.parent}:$system'; CREATE EXTENSION only_here SCHEMA public;"
            "CREATE TABLE app.moods (id int PRIMARY KEY, m public.mood);"
            "CREATE INDEX moods_m ON app.moods (m); CREATE VIEW app.moody AS SELECT m FROM app.moods;"
        )

    @pytest.mark.since(18)
    @pytest.mark.usefixtures("only")
    async def test_is_left_out_by_name(self, shop: Target, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "ALTER TABLE orders ADD a int;", "ALTER TABLE orders DROP a;")
        write(tmp_path, "0002_b", "ALTER TABLE moods ADD b int;", "ALTER TABLE moods DROP b;")
        found = await upon(shop, tmp_path)
        assert found.shadow is not None
        [extension] = found.shadow.left_out
        assert extension.what == "extension only_here"
        assert "app.moods and app.moody and" in extension.reason.replace(", ", " and ")
        assert [parts(each) for each in found.verdicts] == ["+.+++", "....."]
        assert found.verdicts[1].reason.endswith("The shadow lacks what the target has: extension only_here.")
        assert found.exit_code == 6

    @pytest.mark.since(18)
    async def test_of_an_older_server_the_rest_is_made(
        self, shop: Target, tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run("CREATE TABLE app.newer (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL)")
        run("COMMENT ON TABLE app.newer IS 'x'")
        monkeypatch.setattr(installations, "found", lambda: (installations.embedded(16),))
        write(tmp_path, "0001_a", "ALTER TABLE orders ADD a int;", "ALTER TABLE orders DROP a;")
        write(tmp_path, "0002_b", "ALTER TABLE newer ADD c int;", "ALTER TABLE newer DROP c;")
        found = await upon(shop, tmp_path)
        assert found.shadow is not None
        assert found.shadow.left_out[0].what == "CREATE TABLE app.newer"
        assert "app.orders" not in str(found.shadow.left_out)
        assert [parts(each) for each in found.verdicts] == ["+.+++", "....."]
        assert "; the target runs 18." in found.summary

    @pytest.mark.vector
    async def test_nothing_needs_what_is_left_out(self, make_database: Callable[..., Target]) -> None:
        """With everything that only extensions have: what stays can be made again without them."""
        target = make_database("kimbleai")
        async with await Session.open(target, what="test") as session:
            found = await laying.survey(session)
        rest, left_out = fitting(found.catalog, ["plpgsql"])
        assert [each.what for each in left_out] == ["extension vector"]
        assert "public.knowledge_base" not in {str(key) for key in rest.objects}
        assert not [key for key in rest.objects if "knowledge_base" in key.parent]
        assert "public.users" in {str(key) for key in rest.objects}


class TestSameServer:
    @pytest.fixture(autouse=True)
    def _left(self, databases: Databases) -> Iterator[None]:
        yield
        with databases.connect() as connection:
            assert connection.execute("SELECT 1 FROM pg_database WHERE datname LIKE 'dbconsole%'").fetchall() == []

    async def test_a_scratch_database_beside_the_target(self, shop: Target, tmp_path: Path) -> None:
        alter(tmp_path, "ALTER TABLE orders DROP vat; REVOKE SELECT ON large FROM rehearsal_reader;")
        found = await upon(shop, tmp_path, wish="same-server")
        assert found.proved, found.verdicts
        assert found.shadow is not None
        assert (found.shadow.source, found.shadow.left_out) == ("same-server", ())

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE ROLE rehearsal_more",
            "DO $$ BEGIN CREATE ROLE rehearsal_more; END $$",
            "ALTER ROLE rehearsal_reader SET work_mem = '1MB'",
            "GRANT pg_monitor TO rehearsal_reader",
        ],
    )
    async def test_what_is_shared_is_not_touched(self, shop: Target, tmp_path: Path, run: Any, statement: str) -> None:
        write(tmp_path, "0001_a", f"CREATE TABLE a ();\n{statement};", "DROP TABLE a;")
        [verdict] = (await upon(shop, tmp_path, wish="same-server")).verdicts
        assert (parts(verdict), verdict.exit_code) == (".....", 6)
        assert "0001_a.up.sql, line 2" in verdict.reason
        assert run("SELECT count(*) FROM pg_roles WHERE rolname = 'rehearsal_more'") == 0

    async def test_the_same_server_by_its_url(self, shop: Target, tmp_path: Path, databases: Databases) -> None:
        """However one got there: its number tells."""
        write(tmp_path, "0001_a", "CREATE ROLE rehearsal_more;", "DROP ROLE rehearsal_more;")
        other = replace(databases.target("postgres"), name="the shadow")
        way = {**other.params, "host": str(Path(other.params["host"]) / ".") + "/"}
        [verdict] = (await upon(shop, tmp_path, wish=replace(other, params=way))).verdicts
        assert "all databases of the target's server share" in verdict.reason

    async def test_without_a_target_there_is_none(self, tmp_path: Path) -> None:
        write(tmp_path, "0001_a", "SELECT 1;")
        with pytest.raises(UsageError, match="no target was given"):
            await from_nothing(tmp_path, wish="same-server")


async def test_a_url_is_left_as_it_was(databases: Databases, tmp_path: Path) -> None:
    """A scratch database on that server, and the roles that migrations make, are gone again."""
    write(
        tmp_path,
        "0001_a",
        "CREATE ROLE rehearsal_made; CREATE TABLE a (); GRANT SELECT ON a TO rehearsal_made, rehearsal_missed;",
        "SELECT 1;",
    )
    found = await from_nothing(tmp_path, wish=replace(databases.target("postgres"), name="the shadow"))
    assert parts(found.verdicts[0]) == "+.+--"
    assert found.shadow is not None
    assert found.shadow.source == "url"
    with databases.connect() as connection:
        assert connection.execute("SELECT 1 FROM pg_roles WHERE rolname LIKE 'rehearsal_m%'").fetchall() == []
        assert connection.execute("SELECT 1 FROM pg_database WHERE datname LIKE 'dbconsole%'").fetchall() == []


class TestRefusing:
    """Decided from the text alone."""

    @pytest.mark.parametrize(
        "statement",
        [
            *("CREATE USER a", "ALTER ROLE a RENAME TO b", "DROP ROLE a", "GRANT a TO b", "REVOKE a FROM b"),
            *("ALTER DATABASE a SET work_mem = '1MB'", "ALTER DATABASE a OWNER TO b", "CREATE DATABASE a"),
            *("GRANT CONNECT ON DATABASE a TO b", "COMMENT ON ROLE a IS 'b'", "ALTER SYSTEM SET work_mem = '1MB'"),
            *("CREATE TABLESPACE a LOCATION '/a'", "DROP OWNED BY a", "REASSIGN OWNED BY a TO b"),
            *("DO $$ BEGIN EXECUTE format('create role %I', 'a'); END $$", "DO $$ BEGIN GRANT a TO b; END $$"),
            "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER SYSTEM SET a = 1; END $$",
        ],
    )
    def test_what_is_shared(self, project: Project, statement: str) -> None:
        project.write("0004_a", f"SELECT 1;\n{statement};")
        migration = project.folder.migrations[-1]
        assert "line 2" in refusal(migration, shared=True)
        assert refusal(migration, shared=False) == ""

    @pytest.mark.parametrize(
        "statement",
        [
            *(
                "GRANT SELECT ON a TO b",
                "ALTER TABLE a OWNER TO b",
                "CREATE POLICY p ON a TO b",
                "COMMENT ON TABLE a IS 'b'",
            ),
            *("DO $$ BEGIN GRANT SELECT ON a TO b; REVOKE ALL ON a FROM b; END $$", "SET ROLE a"),
            "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO b",
        ],
    )
    def test_what_is_not(self, project: Project, statement: str) -> None:
        project.write("0004_a", f"{statement};")
        assert refusal(project.folder.migrations[-1], shared=True) == ""
