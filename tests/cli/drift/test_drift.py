"""`dbconsole drift`: what it prints, in each form; its exit codes; what it saves."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.config.profile import Target
from console.sql import statements
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.foreign import make
from tests.migrations.project import write

DEV = "CREATE TABLE people (id int PRIMARY KEY, name text, old int);"
PROD = (
    "CREATE TYPE mood AS ENUM ('glad'); CREATE TABLE people (id int PRIMARY KEY, name varchar(50), mood mood);"
    "CREATE INDEX by_name ON people (name); CREATE VIEW names AS SELECT name FROM people;"
)

FOREIGN = ("golang-migrate", "goose", "dbmate", "flyway", "diesel", "supabase")


@pytest.fixture
def near(databases: Databases) -> str:
    """Return the server of the tests as a shadow, which costs less than a server of its own."""
    return url(databases.target("postgres"))


@pytest.fixture
def pair(databases: Databases) -> Iterator[tuple[str, str]]:
    """Return the URLs of two databases that have come apart."""
    targets = [databases.loaded(text) for text in (DEV, PROD)]
    yield url(targets[0]), url(targets[1])
    for target in targets:
        databases.drop(target)


class TestForms:
    def test_for_people(self, console: Console, pair: tuple[str, str], near: str) -> None:
        done = console("drift", *pair, "--shadow", near)
        lines = done.out.splitlines()
        assert done.code == 1
        assert lines[0].startswith("+ type   public.mood")
        table = lines.index("~ table  public.people  + 1 column, + 1 index, ~ 1 column, − 1 column")
        details = [line.strip() for line in lines[table + 1 : -2]]
        assert "+ column mood" in details
        assert "− column old" in details
        assert "~ column name: type: text, now character varying(50)" in details
        assert [line for line in details if line.startswith("! ")]
        assert lines[-2].startswith("+ view   public.names  1 column")
        assert lines[-1].startswith("≠ ")
        assert "proved in PostgreSQL 18" in lines[-1]

    def test_as_a_document(self, console: Console, pair: tuple[str, str], near: str) -> None:
        done = console("drift", *pair, "--shadow", near, "--json")
        shapes.check("drift", done.document)
        found = done.document
        assert (done.code, found["proof"]["state"], found["unhandled"]) == (1, "equal", [])
        by_name = {(each["action"], each["kind"], each["name"]): each for each in found["changes"]}
        assert by_name["create", "column", "people.mood"]["sql"] == [
            "ALTER TABLE public.people ADD COLUMN mood public.mood"
        ]
        loses = {each["sql"]: each["loses"] for each in found["statements"] if each["loses"]}
        assert loses["ALTER TABLE public.people DROP COLUMN old"] == "the column's values"

    def test_as_sql_and_nothing_else(self, console: Console, pair: tuple[str, str], near: str) -> None:
        done = console("drift", *pair, "--shadow", near, "--sql")
        assert done.code == 1
        assert len(statements.split(done.out)) > 6
        assert "proved in PostgreSQL 18" in done.err.splitlines()[-1]

    def test_no_drift(self, console: Console, pair: tuple[str, str]) -> None:
        done = console("drift", pair[0], pair[0])
        assert (done.code, done.out.splitlines()[-1][:1]) == (0, "✓")
        document = console("drift", pair[0], pair[0], "--json").document
        shapes.check("drift", document)
        assert (document["ok"], document["changes"], document["proof"]["state"]) == (True, [], "off")

    def test_without_a_proof(self, console: Console, pair: tuple[str, str]) -> None:
        document = console("drift", *pair, "--no-proof", "--json").document
        assert (document["proof"]["state"], len(document["changes"])) == ("off", 7 - 1)

    def test_hostile_names(self, console: Console, databases: Databases, near: str) -> None:
        """`Console` looks at every sign of it."""
        target = databases.loaded(
            'CREATE TABLE "\x1b[31m\u202e" ("\x1b]0;\x07" int); COMMENT ON TABLE "\x1b[31m\u202e" IS E\'\\e\''
        )
        empty = databases.make()
        for words in [], ["--json"]:
            assert console("drift", url(target), url(empty), "--shadow", near, *words).code == 1
        databases.drop(target)
        databases.drop(empty)


class TestSources:
    def test_against_its_own_migrations(
        self, console: Console, here: str, scratch: Target, project: Path, databases: Databases, near: str
    ) -> None:
        console("up", here, "--to", "2")
        done = console("drift", here, "--shadow", near)
        assert done.code == 0
        assert "1 migration of the folder not applied there, and not counted" in done.err
        with databases.connect(scratch) as connection:
            connection.execute("ALTER TABLE people ADD by_hand int")
        done = console("drift", here, "--shadow", near, "--json")
        assert [each["name"] for each in done.document["changes"]] == ["people.by_hand"]
        assert done.document["to"] == "dir:migrations"

    @pytest.mark.parametrize(
        "tool", [pytest.param(each, marks=[pytest.mark.slow] * (each != "dbmate")) for each in FOREIGN]
    )
    def test_against_what_another_tool_would_have_made(
        self, console: Console, here: str, scratch: Target, workplace: Path, databases: Databases, near: str, tool: str
    ) -> None:
        """Its ledger says what is applied, and takes no part itself."""
        folder = workplace / "migrations"
        folder.mkdir()
        make(folder, tool)
        shadow = "embedded" if tool == "supabase" else near  # whose roles the target's server would have
        assert console("up", here, "--yes").code == 0
        assert console("drift", here, "--shadow", shadow).code == 0
        with databases.connect(scratch) as connection:
            connection.execute("CREATE TABLE by_hand ()")
        document = console("drift", here, "--shadow", shadow, "--json").document
        assert [(each["action"], each["name"]) for each in document["changes"]] == [("drop", "by_hand")]

    def test_a_database_without_a_ledger(self, console: Console, here: str, project: Path, near: str) -> None:
        done = console("drift", here, "--shadow", near, "--json")
        assert {each["name"] for each in done.document["changes"]} == {"people", "people.people_pkey"}
        assert "all of the folder count" in done.document["notes"][0]

    def test_files_and_folders(self, console: Console, project: Path, workplace: Path, near: str) -> None:
        (workplace / "schema.sql").write_text("CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int);")
        done = console("drift", "sql:schema.sql", "dir:migrations", "--shadow", near)
        assert (done.code, done.out.strip()) == (0, "✓ sql:schema.sql → dir:migrations: no drift")

    def test_a_revision(self, console: Console, project: Path, workplace: Path, near: str) -> None:
        for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
            identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"]
            subprocess.run(["git", *identity, *words], cwd=workplace, check=True)
        write(project, "0004_mail", "ALTER TABLE people ADD mail text;", "ALTER TABLE people DROP mail;")
        document = console("drift", "dir:migrations@HEAD", "dir:migrations", "--shadow", near, "--json").document
        assert [(each["action"], each["name"]) for each in document["changes"]] == [("create", "people.mail")]

    def test_a_snapshot(
        self, console: Console, here: str, scratch: Target, workplace: Path, databases: Databases, near: str
    ) -> None:
        with databases.connect(scratch) as connection:
            connection.execute(DEV)
            texts = []
            for _ in range(2):
                done = console("drift", here, "--snapshot", "then.json")
                assert done.code == 0
                texts.append((workplace / "then.json").read_text())
            assert texts[0] == texts[1]
            assert json.loads(texts[0])["format"] == "dbconsole catalog"
            assert console("drift", "snapshot:then.json", here).code == 0
            connection.execute("DROP TABLE people")
            assert console("drift", "snapshot:then.json", here, "--shadow", near).code == 1
        document = console("drift", here, "--snapshot", "now.json", "--json").document
        shapes.check("drift --snapshot", document)

    def test_a_snapshot_of_what_a_folder_makes(self, console: Console, project: Path, near: str) -> None:
        assert console("drift", "dir:migrations", "--snapshot", "made.json", "--shadow", near).code == 0
        assert console("drift", "dir:migrations", "snapshot:made.json", "--shadow", near).code == 0

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (["dir:migrations"], 2, "is one side"),
            (["dir:nowhere", "dir:migrations"], 2, "There is no folder nowhere"),
            (["sql:nowhere.sql", "dir:migrations"], 2, "There is no file nowhere.sql"),
            (["nobody", "dir:migrations"], 2, "There is no profile nobody"),
            (["a", "b", "c"], 2, "two sides at most"),
            (["dir:migrations", "dir:migrations", "--sql", "--json"], 2, "two forms"),
            (["dir:migrations", "dir:migrations", "--write", "x", "--no-proof"], 2, "saves only what is proved"),
            (["dir:migrations", "dir:migrations", "--rename", "x"], 2, "is no rename"),
            (["dir:migrations@v9", "dir:migrations"], 2, "in no repository"),
            (["postgresql://nobody@127.0.0.1:1/x", "dir:migrations"], 3, "127.0.0.1"),
            (["sql:rows.sql", "dir:migrations"], 2, "Line 2: COPY"),
            (["sql:psql.sql", "dir:migrations"], 2, "\\connect is a command of psql"),
            (["sql:wrong.sql", "dir:migrations"], 4, "does not run in the shadow"),
            (["snapshot:wrong.sql", "dir:migrations"], 2, "not a snapshot"),
            (["dir:migrations", "--snapshot", "no/where.json"], 2, "There is no folder"),
        ],
    )
    def test_what_makes_no_sense(
        self, console: Console, project: Path, workplace: Path, near: str, words: list[str], code: int, said: str
    ) -> None:
        (workplace / "rows.sql").write_text("CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n")
        (workplace / "psql.sql").write_text("\\connect shop\n")
        (workplace / "wrong.sql").write_text("CREATE TABLE t (a nothing);")
        done = console("drift", *words, "--shadow", near)
        assert (done.code, said in done.err) == (code, True), done.err


class TestWrite:
    @pytest.mark.parametrize("tool", ["dbconsole", *(pytest.param(each, marks=pytest.mark.slow) for each in FOREIGN)])
    def test_it_is_saved_in_the_format_of_the_folder(
        self, console: Console, workplace: Path, databases: Databases, near: str, tool: str
    ) -> None:
        folder = workplace / "migrations"
        folder.mkdir()
        if tool == "dbconsole":
            write(folder, "0001_people", "CREATE TABLE people (id int);", "DROP TABLE people;")
        else:
            make(folder, tool)
        there = console("drift", "dir:migrations", "--snapshot", "before.json", "--shadow", near)
        assert there.code == 0, there.err
        (workplace / "more.sql").write_text(
            "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; CREATE TABLE t (a int)"
        )
        done = console("drift", "dir:migrations", "sql:more.sql", "--write", "Catch up", "--shadow", near, "--json")
        assert done.code == 1, done.err
        files = [Path(name) for name in done.document["files"]]
        assert files
        assert all("catch_up" in str(path) for path in files)
        after = console("drift", "dir:migrations", "sql:more.sql", "--shadow", near)
        assert after.code == 0, after.said
        assert console("validate", "migrations").code in (0, 1)

    def test_what_stands_alone_has_a_migration_of_its_own(
        self, console: Console, workplace: Path, project: Path, near: str
    ) -> None:
        write(project, "0004_mood", "CREATE TYPE mood AS ENUM ('a');", "DROP TYPE mood;")
        (workplace / "to.sql").write_text(
            "CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int);"
            "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE moods (m mood DEFAULT 'b');"
        )
        done = console("drift", "dir:migrations", "sql:to.sql", "--write", "moods", "--shadow", near)
        assert done.code == 1, done.said
        made = sorted(path.name for path in project.glob("*moods*up.sql"))
        assert made == ["0005_moods_1.up.sql", "0006_moods_2.up.sql"]
        assert console("rehearse", "--dir", project, "--shadow", near).code == 0

    def test_nothing_is_saved_that_is_not_proved(
        self, console: Console, workplace: Path, project: Path, near: str
    ) -> None:
        (workplace / "to.sql").write_text(
            "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
            "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'x');"
        )
        before = sorted(project.iterdir())
        done = console("drift", "dir:migrations", "sql:to.sql", "--write", "x", "--shadow", near)
        assert done.code == 6
        assert "Nothing was saved" in done.err
        assert sorted(project.iterdir()) == before


class TestWishes:
    def test_a_rename_is_offered_and_taken_when_it_is_confirmed(
        self, console: Console, workplace: Path, near: str
    ) -> None:
        (workplace / "a.sql").write_text("CREATE TABLE t (id int, mail text);")
        (workplace / "b.sql").write_text("CREATE TABLE t (id int, email text);")
        words = ["drift", "sql:a.sql", "sql:b.sql", "--shadow", near, "--json"]
        offered = console(*words).document
        [candidate] = offered["renames"]
        taken = console(*words, "--rename", f"{candidate['old']}={candidate['new']}").document
        shapes.check("drift", taken)
        assert [(each["action"], each["name"]) for each in taken["changes"]] == [("rename", "t.email")]
        assert (taken["proof"]["state"], taken["renames"]) == ("equal", [])

    def test_what_loses_something_can_be_left_out(self, console: Console, workplace: Path, near: str) -> None:
        (workplace / "a.sql").write_text("CREATE TABLE t (id int, gone text); CREATE TABLE u (a int);")
        (workplace / "b.sql").write_text("CREATE TABLE t (id int, come text);")
        words = ["drift", "sql:a.sql", "sql:b.sql", "--shadow", near, "--keep-data"]
        document = console(*words, "--json").document
        shapes.check("drift", document)
        assert {each["name"] for each in document["kept"]} == {"t.gone", "u"}
        assert [each["name"] for each in document["changes"]] == ["t.come"]
        assert (document["proof"]["state"], document["proof"]["rest"]) == ("equal", [])
        assert "DROP" not in console(*words, "--sql").out

    def test_the_careful_form_is_proved_too(self, console: Console, workplace: Path, near: str) -> None:
        (workplace / "a.sql").write_text("CREATE TABLE t (id int);")
        (workplace / "b.sql").write_text("CREATE TABLE t (id int NOT NULL); CREATE INDEX i ON t (id);")
        done = console("drift", "sql:a.sql", "sql:b.sql", "--shadow", near, "--online", "--sql")
        assert "CREATE INDEX CONCURRENTLY" in done.out
        assert "proved in PostgreSQL 18" in done.err


class TestWhere:
    def test_a_server_of_ours(self, console: Console, pair: tuple[str, str]) -> None:
        """Which is started for it and gone afterwards, and knows the roles that the sides speak of."""
        document = console("drift", *pair, "--shadow", "embedded", "--json").document
        assert document["proof"]["shadow"].endswith("(embedded)")
        assert document["proof"]["state"] == "equal"

    def test_the_same_server_is_asked_for(
        self, console: Console, pair: tuple[str, str], profile: Callable[..., str]
    ) -> None:
        name = profile("prod", guard="production")
        refused = console("drift", name, pair[1], "--shadow", "same-server")
        assert refused.code == 5
        assert "make a scratch database on its server" in refused.err
        assert console("drift", name, pair[1], "--shadow", "same-server", "--confirm", name).code == 1

    def test_a_role_without_rights_is_enough(
        self, console: Console, databases: Databases, pair: tuple[str, str], near: str
    ) -> None:
        with databases.connect() as connection:
            connection.execute("CREATE ROLE drift_passerby LOGIN")
            words = [each.replace("postgres@", "drift_passerby@") for each in pair]
            done = console("drift", *words, "--shadow", near)
            connection.execute("DROP ROLE drift_passerby")
        assert done.code == 1


@pytest.mark.slow
def test_the_demo(console: Console) -> None:
    """The story: dev and prod have come apart, by exactly 33 changes; and dev is what its own migrations made."""
    done = console("drift", "demo:graph-dev", "demo:graph-prod", "--json")
    assert done.code == 1, done.said
    document = done.document
    kinds = [each["kind"] for each in document["changes"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {"type": 1, "column": 4, "view": 1, "index": 27}
    assert (document["proof"]["state"], document["proof"]["rounds"]) == ("equal", 1)
    assert console("drift", "demo:graph-dev").code == 0
    console("demo", "--stop")
