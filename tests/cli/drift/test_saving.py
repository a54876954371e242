"""What `dbconsole drift` saves besides a migration, with which other options, and what is refused beforehand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.project import write

DEV = "CREATE TABLE nodes (id int PRIMARY KEY, gone text);"
PROD = (
    "CREATE TYPE state AS ENUM ('draft', 'done'); COMMENT ON TYPE state IS 'how far | it is';"
    "CREATE TABLE nodes (id bigint PRIMARY KEY, state state NOT NULL DEFAULT 'draft');"
    "CREATE INDEX by_state ON nodes (state); CREATE VIEW done AS SELECT id FROM nodes WHERE state = 'done';"
)


@pytest.fixture
def near(databases: Databases) -> str:
    """Return the server of the tests as a shadow, which costs less than a server of its own."""
    return url(databases.target("postgres"))


@pytest.fixture
def sides(workplace: Path) -> list[str]:
    """Return two files as sources."""
    (workplace / "dev.sql").write_text(DEV)
    (workplace / "prod.sql").write_text(PROD)
    return ["sql:dev.sql", "sql:prod.sql"]


class TestReport:
    def test_what_is_missing_different_and_besides(
        self, console: Console, sides: list[str], workplace: Path, near: str
    ) -> None:
        done = console("drift", *sides, "--report", "r.md", "--shadow", near)
        page = (workplace / "r.md").read_text()
        assert (done.code, "Saved: r.md" in done.err) == (1, True)
        assert page.startswith("# What differs: `sql:dev.sql` → `sql:prod.sql`\n\n6 changes, proved in PostgreSQL 18")
        missing, different, besides = (
            page.split(f"\n## {title}\n")[1] for title in ("Missing components", "Different", "Besides")
        )
        for line in (
            "- 1 type: `public.state`",
            "- 1 column: `public.nodes.state`",
            "- 1 view: `public.done`",
            "- 1 index: `public.by_state`",
            "### 1 column of `public.nodes`",
            "| `state` | `public.state` | no   | `'draft'::public.state` |         |",
            "| `public.by_state` | `btree (state)` |",
            "| `public.state` | enum: `draft`, `done` | how far \\| it is |",
        ):
            assert line in missing.splitlines(), line
        assert "- column `public.nodes.id`: type: integer, now bigint" in different.splitlines()
        assert "- 1 column: `public.nodes.gone`" in besides.splitlines()
        assert "dbconsole drift sql:dev.sql sql:prod.sql --sql" in page

    def test_no_drift(self, console: Console, sides: list[str], workplace: Path, near: str) -> None:
        assert console("drift", sides[0], sides[0], "--report", "r.md", "--shadow", near).code == 0
        page = (workplace / "r.md").read_text()
        assert page.count("\nNone.\n") == 3
        assert "Next steps" not in page

    def test_what_was_not_compared_is_in_it(self, console: Console, workplace: Path, near: str) -> None:
        (workplace / "a.sql").write_text("")
        (workplace / "b.sql").write_text(
            "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
            "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'hush')"
        )
        assert console("drift", "sql:a.sql", "sql:b.sql", "--report", "r.md", "--shadow", near).code == 6
        page = (workplace / "r.md").read_text()
        assert "- user mapping `s.public`: secret options are not shown: password" in page
        assert "hush" not in page

    def test_a_database_against_its_whole_folder(
        self, console: Console, here: str, project: Path, workplace: Path, near: str
    ) -> None:
        """The list of missing components: what the folder makes and the database has not, pending migrations too."""
        console("up", here, "--to", "2")
        write(project, "0004_tags", "CREATE TABLE tags (name text);", "DROP TABLE tags;")
        assert console("drift", here, "--shadow", near).code == 0
        assert console("drift", here, "dir:migrations", "--report", "r.md", "--shadow", near).code == 1
        assert "- 1 table: `public.tags`" in (workplace / "r.md").read_text().splitlines()


class TestTogether:
    def test_everything_at_once(
        self, console: Console, sides: list[str], workplace: Path, project: Path, near: str
    ) -> None:
        write(project, "0004_nodes", DEV, "DROP TABLE nodes;")
        words = ["dir:migrations", "sql:to.sql", "--shadow", near]
        people = "CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int);"
        (workplace / "to.sql").write_text(people + PROD)
        document = console(
            "drift", *words, "--write", "on", "--snapshot", "s.json", "--report", "r.md", "--json"
        ).document
        shapes.check("drift", document)
        assert [Path(each).name for each in document["files"]] == [
            "0005_on.up.sql",
            "0005_on.down.sql",
            "s.json",
            "r.md",
        ]
        again = console("drift", *words, "--sql", "--snapshot", "s.json", "--report", "r.md")
        assert (again.code, again.out.startswith("-- From dir:migrations to sql:to.sql: no drift.")) == (0, True)

    @pytest.mark.parametrize("more", [["--no-proof"], ["--online"], ["--sql"], ["--report", "r.md"], ["--keep-data"]])
    def test_a_snapshot_and_a_word_of_a_comparison(
        self, console: Console, here: str, project: Path, workplace: Path, near: str, more: list[str]
    ) -> None:
        """With FROM alone it is compared with its own migrations then."""
        done = console("drift", here, "--snapshot", "s.json", "--shadow", near, *more)
        assert (done.code, "is in s.json" in done.err) == (1, True)
        assert json.loads((workplace / "s.json").read_text())["objects"]

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            (["--snapshot", "x", "--report", "x"], "name one file"),
            (["--report", "no/where.md"], "There is no folder no"),
            (["--report", "."], "is a folder"),
            (["--sql", "--json"], "two forms of one output"),
        ],
    )
    def test_what_excludes_each_other(self, console: Console, sides: list[str], more: list[str], said: str) -> None:
        done = console("drift", *sides, *more)
        assert (done.code, said in done.err) == (2, True), done.err

    def test_a_file_that_cannot_be_written_is_said_before_anything_runs(
        self, console: Console, people: str, workplace: Path
    ) -> None:
        done = console("drift", people, "sql:nowhere.sql", "--report", "no/where.md")
        assert "There is no folder" in done.err

    def test_a_migration_does_not_undo_its_own_folder(
        self, console: Console, people: str, project: Path, near: str
    ) -> None:
        before = sorted(project.iterdir())
        for words in ([people, "dir:migrations"], [people]):
            done = console("drift", *words, "--write", "x", "--shadow", near)
            assert (done.code, "could not run on a new database" in done.err) == (2, True), done.err
        assert sorted(project.iterdir()) == before
        assert console("drift", "dir:migrations", people, "--write", "x", "--shadow", near).code == 1
        assert len(sorted(project.iterdir())) > len(before)

    @pytest.fixture
    def people(self, databases: Databases, scratch: Target) -> str:
        with databases.connect(scratch) as connection:
            connection.execute("CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int, by_hand int)")
        return url(scratch)

    def test_a_snapshot_beside_a_comparison_is_the_whole_catalog(
        self, console: Console, databases: Databases, workplace: Path
    ) -> None:
        """Of two databases only what differs is read, unless somebody wants all of it."""
        same = "CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE VIEW c AS SELECT id FROM b;"
        one, two = databases.loaded(same), databases.loaded(f"{same} ALTER TABLE a ADD x int;")
        console("drift", url(one), "--snapshot", "alone.json")
        assert console("drift", url(one), url(two), "--snapshot", "beside.json", "--no-proof").code == 1
        for target in one, two:
            databases.drop(target)
        assert (workplace / "beside.json").read_text() == (workplace / "alone.json").read_text()
