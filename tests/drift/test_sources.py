"""Where sides come from: what each gives, what of it takes part, and what is refused with its line."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from console.catalog import snapshot
from console.config.profile import Target
from console.drift.drifting import take
from console.drift.scope import narrowed
from console.drift.sources import dumps, live, revision
from console.drift.sources.kinds import Read, Saved, States
from console.drift.sources.stated import stated
from console.drift.sources.words import Sort, meant
from console.errors import BadSql, Incomplete, StatementFailed, UsageError
from tests import servers
from tests.databases import Databases
from tests.drift import comparing
from tests.drift.comparing import compared, folder, here, said, script
from tests.migrations.project import write

PEOPLE = "CREATE TABLE people (id int PRIMARY KEY, name text);"


class TestWords:
    @pytest.mark.parametrize(
        ("text", "sort", "path", "revision"),
        [
            ("prod", Sort.TARGET, "", ""),
            ("postgresql://app@db/shop", Sort.TARGET, "", ""),
            ("dir:old", Sort.FOLDER, "old", ""),
            ("dir:old@v1", Sort.FOLDER, "old", "v1"),
            ("dir:gone@HEAD~2", Sort.FOLDER, "gone", "HEAD~2"),
            ("dir:a@b", Sort.FOLDER, "a@b", ""),
            ("dir:a@b@main", Sort.FOLDER, "a@b", "main"),
            ("sql:x.sql", Sort.SQL, "x.sql", ""),
            ("snapshot:x.sql", Sort.SNAPSHOT, "x.sql", ""),
        ],
    )
    def test_they_mean(self, tmp_path: Path, text: str, sort: Sort, path: str, revision: str) -> None:
        for name in ("old", "a@b"):
            (tmp_path / name).mkdir()
        (tmp_path / "x.sql").touch()
        found = meant(text, tmp_path)
        assert (found.sort, found.revision) == (sort, revision)
        assert found.path == (tmp_path / path if path else Path())

    @pytest.mark.parametrize("text", ["dir:", "sql:", "dir:nowhere", "sql:nowhere", "snapshot:nowhere"])
    def test_what_is_not_there(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(UsageError):
            meant(text, tmp_path)


class TestStated:
    @pytest.mark.parametrize(
        ("text", "states"),
        [
            ("CREATE TABLE t ();", ""),
            ("ALTER TABLE t OWNER TO app;", "owners"),
            ("CREATE SCHEMA s AUTHORIZATION app;", "owners"),
            ("SET ROLE app; CREATE TABLE t ();", "owners"),
            ("GRANT SELECT ON t TO app;", "grants"),
            ("GRANT app TO web;", ""),
            ("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app;", "grants"),
            ("CREATE EXTENSION vector;", ""),
            ("CREATE EXTENSION vector VERSION '0.5';", "extensions"),
            ("/* GRANT ALL ON t TO app */ -- OWNER TO app", ""),
            ("ALTER DATABASE shop SET work_mem = '8MB';", "database"),
        ],
    )
    def test_what_a_text_states(self, text: str, states: str) -> None:
        found = stated([text])
        assert {name for name in States.__slots__ if getattr(found, name)} == set(states.split())


class TestDumps:
    def test_its_own_lines_are_skipped_and_all_else_stays_in_its_place(self) -> None:
        text = "\\restrict abc\n\nSELECT 1;\n\\unrestrict abc\n"
        clean, found = dumps.split(text)
        assert [(each.text, each.line) for each in found] == [("SELECT 1", 3)]
        assert len(clean) == len(text)

    def test_a_line_within_a_text_stays(self) -> None:
        text = "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$\nSELECT '\n\\restrict x\n'\n$$;"
        assert dumps.split(text)[1][0].text == text[:-1]

    @pytest.mark.parametrize(
        ("text", "line", "words"),
        [
            ("SELECT 1;\n\\connect shop\n", 2, "\\connect is a command of psql"),
            ("CREATE TABLE t (a int);\n\nCOPY t (a) FROM stdin;\n1\n\\.\n", 3, "COPY … FROM STDIN"),
            ("COPY t FROM stdin;", 1, "COPY … FROM STDIN"),
            ("SELECT;\nSELEKT;", 2, "syntax error"),
        ],
    )
    def test_what_is_refused(self, text: str, line: int, words: str) -> None:
        with pytest.raises(BadSql) as raised:
            dumps.split(text)
        assert raised.value.line == line
        assert words in raised.value.title
        if "COPY" in words:
            assert "--schema-only" in raised.value.hint


class TestScope:
    async def test_what_takes_no_part(self, databases: Databases, database: Target) -> None:
        with databases.connect(database) as connection:
            connection.execute(
                "CREATE TABLE people (id int); CREATE SCHEMA dbconsole; CREATE TABLE dbconsole.migrations (a int);"
                "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);"
                "CREATE SCHEMA drizzle; CREATE TABLE drizzle.__drizzle_migrations"
                " (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint);"
                "CREATE SCHEMA topology; CREATE TABLE topology.t ();"
                "CREATE VIEW seen AS SELECT version FROM schema_migrations"
            )
        async with comparing.live(database) as [one]:
            found = await live.read(one)
        pair = narrowed(found, Read("nothing", replace(found.catalog, objects={}, edges=())))
        assert {str(key) for key in pair.a.objects if key.kind != "schema"} >= {"public.people", "public.seen"}
        assert {key.schema for key in pair.a.objects} <= {"", "public"}
        assert not [key for key in pair.a.objects if "migrations" in str(key)]
        assert not [key for key in pair.a.objects if key.kind == "schema" and key.name in ("drizzle", "topology")]
        for edge in pair.a.edges:
            for key in edge.dependent, edge.referenced:
                assert key.kind == "column" or key in pair.a.objects
        assert len(pair.notes) == 3

    async def test_what_supabase_brings_along(self, databases: Databases, database: Target) -> None:
        with databases.connect(database) as connection:
            connection.execute(
                "CREATE TABLE people (id int); CREATE SCHEMA auth; CREATE TABLE auth.users (id int PRIMARY KEY);"
                "ALTER TABLE people ADD FOREIGN KEY (id) REFERENCES auth.users;"
                "CREATE SCHEMA extensions; CREATE EXTENSION vector SCHEMA extensions;"
                "CREATE FUNCTION extensions.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';"
                "CREATE EVENT TRIGGER theirs ON ddl_command_end EXECUTE FUNCTION extensions.watch()"
            )
        async with comparing.live(database) as [one]:
            found = replace(await live.read(one), provider="Supabase")
        empty = Read("nothing", replace(found.catalog, objects={}, edges=()))
        left = {f"{key.kind} {key}" for key in narrowed(found, empty).a.objects}
        assert {"table public.people", "constraint public.people.people_id_fkey"} <= left
        assert not left & {"schema auth", "table auth.users", "extension vector", "event trigger theirs"}
        asked = Read("asked", found.catalog, live=False)
        assert "extension vector" in {f"{key.kind} {key}" for key in narrowed(found, asked).a.objects}

    async def test_owners_and_grants_count_where_both_state_them(self, databases: Databases, database: Target) -> None:
        with databases.connect(database) as connection:
            connection.execute(
                "DO $$ BEGIN CREATE ROLE drift_app; EXCEPTION WHEN duplicate_object THEN END $$;"
                f"{PEOPLE} ALTER TABLE people OWNER TO drift_app; GRANT SELECT ON people TO PUBLIC;"
                "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO drift_app; CREATE TABLE more ()"
            )
        async with comparing.live(database) as [one]:
            options = {"wish": here(databases), "proof": False}
            silent = await compared(one, script(f"{PEOPLE} CREATE TABLE more ();"), **options)
            owned = await compared(
                one, script(f"{PEOPLE} CREATE TABLE more (); ALTER TABLE people OWNER TO postgres;"), **options
            )
            granted = await compared(
                one, script(f"{PEOPLE} CREATE TABLE more (); REVOKE ALL ON people FROM PUBLIC;"), **options
            )
        assert said(silent) == []
        assert said(owned) == [], "more and people are postgres' in the file's eyes, who has not said more"
        assert said(granted) == ["~ default privileges drift_app", "~ table public.people"] or len(granted.changes) == 3


class TestFolders:
    async def test_what_its_migrations_make(self, databases: Databases, database: Target, tmp_path: Path) -> None:
        write(tmp_path, "0001_people", PEOPLE, "DROP TABLE people;")
        write(tmp_path, "0002_age", "ALTER TABLE people ADD age int;", "ALTER TABLE people DROP age;")
        async with comparing.live(database) as [one]:
            found = await compared(folder(tmp_path), one, wish=here(databases))
            assert said(found) == ["- constraint public.people.people_pkey", "- table public.people"]
            back = await compared(one, folder(tmp_path), wish=here(databases))
        assert [back.proof.state, back.exit_code] == ["equal", 1]
        assert [str(key) for key in back.pair.b.objects if key.kind == "table"] == ["public.people"]

    async def test_a_role_that_is_spoken_of_is_made_and_goes(self, databases: Databases, tmp_path: Path) -> None:
        write(tmp_path, "0001_people", f"{PEOPLE} GRANT SELECT ON people TO drift_clerk;", "DROP TABLE people;")
        read = await take(folder(tmp_path), here(databases))
        assert read.notes == ("the role drift_clerk was made in the shadow",)
        assert read.states == States(owners=False, grants=True, extensions=False, database=False)
        with databases.connect() as connection:
            assert not connection.execute("SELECT FROM pg_roles WHERE rolname = 'drift_clerk'").fetchall()

    async def test_what_does_not_run(self, databases: Databases, tmp_path: Path) -> None:
        write(tmp_path, "0001_people", "CREATE TABLE people (id nothing);", "")
        with pytest.raises(Exception, match="does not run in the shadow") as raised:
            await take(folder(tmp_path), here(databases))
        assert getattr(raised.value, "exit_code", 0) == 4

    async def test_what_the_shadow_lacks(self, databases: Databases, tmp_path: Path) -> None:
        write(tmp_path, "0001_x", "CREATE EXTENSION nobody_has_it;", "")
        with pytest.raises(Incomplete, match="needs nobody_has_it"):
            await take(folder(tmp_path), here(databases))

    async def test_a_revision_of_git(self, databases: Databases, tmp_path: Path) -> None:
        place = tmp_path / "db" / "migrations"
        write_first(place)
        git(tmp_path, "init", "-q", "-b", "main")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-q", "-m", "one")
        git(tmp_path, "tag", "v1")
        write(place, "0002_age", "ALTER TABLE people ADD age int;", "")
        with revision.unpacked(place, "v1") as then:
            assert sorted(path.name for path in then.iterdir()) == ["0001_people.down.sql", "0001_people.up.sql"]
            found = await compared(folder(then), folder(place), wish=here(databases))
        assert said(found) == ["+ column public.people.age"]
        assert not then.exists()
        assert git(tmp_path, "status", "--porcelain").count("??") == 2, "the working copy is left alone"

    @pytest.mark.parametrize(("name", "words"), [("v9", "git has no v9"), ("--output=x", "git has no --output=x")])
    def test_no_such_revision(self, tmp_path: Path, name: str, words: str) -> None:
        write_first(tmp_path)
        git(tmp_path, "init", "-q")
        with pytest.raises(UsageError, match=words), revision.unpacked(tmp_path, name):
            pass

    def test_no_repository(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="in no repository"), revision.unpacked(tmp_path, "v1"):
            pass


class TestFiles:
    async def test_a_dump_is_what_was_dumped(self, databases: Databases) -> None:
        target = databases.make("negative_space")
        try:
            async with comparing.live(target) as [one]:
                found = await compared(one, script(dumped(databases, target)), wish=here(databases), proof=False)
            assert said(found) == []
            assert found.pair.scope.owners
            assert found.pair.scope.grants
        finally:
            databases.drop(target)

    async def test_a_failure_has_its_line(self, databases: Databases) -> None:
        with pytest.raises(StatementFailed, match=r"sql:schema\.sql does not run") as raised:
            await take(script("SELECT 1;\nCREATE TABLE t (a nothing);"), here(databases))
        assert raised.value.line == 2

    async def test_each_statement_is_committed_by_itself(self, databases: Databases) -> None:
        text = "CREATE TYPE t AS ENUM ('a'); ALTER TYPE t ADD VALUE 'b'; CREATE TABLE u (x t DEFAULT 'b');"
        read = await take(script(text), here(databases))
        assert "public.u" in {str(key) for key in read.catalog.objects}

    async def test_a_setting_of_a_newer_server_is_passed_over(self, databases: Databases) -> None:
        read = await take(script(f"SET nobody_knows_this = 0; {PEOPLE}"), here(databases))
        assert "public.people" in {str(key) for key in read.catalog.objects}


class TestSnapshots:
    async def test_it_is_the_same_text_twice_and_no_drift(self, databases: Databases) -> None:
        target = databases.make("kimbleai")
        try:
            async with comparing.live(target) as [one]:
                texts = [snapshot.dump((await live.read(one)).catalog) for _ in range(2)]
                assert texts[0] == texts[1]
                found = await compared(Saved("snapshot:k.json", snapshot.load(texts[0])), one)
            assert (said(found), found.exit_code) == ([], 0)
        finally:
            databases.drop(target)

    async def test_against_what_came_after_it(self, databases: Databases, database: Target) -> None:
        with databases.connect(database) as connection:
            connection.execute(PEOPLE)
            async with comparing.live(database) as [one]:
                taken = Saved("snapshot:then.json", snapshot.load(snapshot.dump((await live.read(one)).catalog)))
                connection.execute("ALTER TABLE people ADD age int")
                found = await compared(taken, one, wish=here(databases))
        assert (said(found), found.proof.state) == (["+ column public.people.age"], "equal")


@pytest.mark.slow
async def test_servers_of_two_versions_are_compared_in_one_shadow(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = (
        "CREATE TABLE a (id int NOT NULL PRIMARY KEY, b text DEFAULT 'x');"
        "CREATE VIEW v AS SELECT x.id, x.b FROM a x JOIN a y ON x.id = y.id;"
    )
    new = databases.loaded(text)
    with Databases.started(tmp_path_factory.mktemp("old"), version=16, installation=servers.installation(16)) as older:
        old = older.loaded(text)
        async with comparing.live(old, new) as [one, two]:
            same = await compared(one, two)
            with older.connect(old) as connection:
                connection.execute("ALTER TABLE a ADD c int")
            found = await compared(one, two)
        third = older.loaded(
            f"{text} CREATE TABLE b (id int PRIMARY KEY REFERENCES a, c varchar(9) CHECK (c IN ('d')))"
        )
        async with comparing.live(old, third) as [one, two]:
            proofs = [(await compared(*each, wish=here(databases))).proof for each in ((one, two), (two, one))]
    databases.drop(new)
    assert [(each.state, each.reason) for each in proofs] == [("equal", "")] * 2, "proved on a newer server"
    assert said(same) == []
    assert same.notes[0].endswith("made again in 18, where the texts of both are compared")
    assert (said(found), found.proof.state) == (["- column public.a.c"], "equal")


def write_first(place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    write(place, "0001_people", PEOPLE, "DROP TABLE people;")


def git(place: Path, *words: str) -> str:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *words], cwd=place, check=True, capture_output=True, text=True).stdout


def dumped(databases: Databases, target: Target) -> str:
    command = [servers.client(databases.server.installation, "pg_dump"), "--schema-only"]
    params = target.params
    where = ["-h", params["host"], "-p", params["port"], "-U", params["user"], params["dbname"]]
    return subprocess.run([*command, *where], check=True, capture_output=True, text=True).stdout
