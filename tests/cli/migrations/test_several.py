"""Verbs on several targets: which they are, who has a turn, and what is said of them together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.migrations.audit import auditing
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.migrations.several import NOWHERE, Add, applied, check, each
from tests.cli.test_terminal import terminal
from tests.databases import Databases
from tests.migrations.project import write


class TestWhich:
    @pytest.fixture(autouse=True)
    def _three(self, add: Add) -> None:
        add("zeta", tags=["eu", "odd"])
        add("alpha", tags=["eu"])
        add("beta", tags=["us"])

    def test_a_tag_in_the_order_of_the_configuration(self, console: Console) -> None:
        done = console("status", "--tag", "eu", "--json")
        check("status", done)
        assert done.document["target"] == "zeta, alpha"

    def test_words_in_their_order_and_each_once(self, console: Console) -> None:
        done = console("status", "beta", "alpha", "beta", "--json")
        assert [one[0] for one in each(done)] == ["beta", "alpha"]

    def test_one_named_twice_is_one(self, console: Console) -> None:
        shapes.check("status", console("status", "beta", "beta", "--json").document)

    def test_a_tag_of_one_profile_has_the_same_document(self, console: Console) -> None:
        done = console("status", "--tag", "odd", "--json")
        check("status", done)
        assert (done.document["in_step"], done.document["summary"]) == (None, "zeta: 3 pending")
        assert console("status", "--tag", "odd").out.endswith("● 3 pending\n")
        check("up", console("up", "--tag", "odd", "--json"))
        check("verify", console("verify", "--tag", "odd", "--json"))

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--tag", "e\x1bu"], "No profile has the tag e␛u.\n→ Tags: eu, odd, us."),
            (["--tag", "eu", "beta"], "--tag says which targets, and so do the words; give one of them."),
            (["beta", "gamma"], "There is no profile gamma, and no such command."),
            (["beta", "postgresql://[half"], ""),
        ],
    )
    @pytest.mark.parametrize("verb", ["status", "up", "verify", "audit"])
    def test_what_makes_no_sense(self, console: Console, verb: str, words: list[str], said: str) -> None:
        done = console(verb, *words)
        assert (done.code, done.out) == (2, "")
        assert said in done.err

    @pytest.mark.parametrize("verb", ["down", "redo"])
    def test_down_and_redo_take_one(self, console: Console, verb: str) -> None:
        console("up", "alpha")
        refused = console(verb, "alpha", "beta")
        assert refused.code == 2
        assert "2 targets were named, and migrations are rolled back on one at a time" in refused.err
        assert applied(console, "alpha") == ["0001", "0002", "0003"]


class TestStatus:
    def test_side_by_side(self, console: Console, add: Add) -> None:
        add("dev"), add("prod")
        console("up", "dev")
        console("up", "prod", "--to", "1")
        done = console("status", "dev", "prod")
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[1:] == [
            "format dbconsole, ledger dbconsole",
            "             dev        prod",
            "0001_people  ✓ applied  ✓ applied",
            "0002_ada     ✓ applied  ● pending",
            "0003_age     ✓ applied  ● pending",
            "! prod is 2 behind dev: 0002, 0003",
        ]

    def test_in_step(self, console: Console, add: Add) -> None:
        add("dev"), add("prod")
        console("up", "dev", "prod", "--to", "2")
        assert console("status", "dev", "prod").out.endswith("✓ in step: 2 migrations applied, the same on both\n")
        found = console("status", "dev", "prod", "--json").document
        assert (found["in_step"], found["differences"]) == (True, [])

    def test_as_a_document(self, console: Console, add: Add) -> None:
        add("dev"), add("prod")
        console("up", "prod", "--to", "2")
        done = console("status", "dev", "prod", "--json")
        check("status", done)
        assert done.document["in_step"] is False
        assert done.document["differences"] == [
            {"targets": ["dev"], "than": "prod", "lacks": ["0001", "0002"], "more": [], "content": []}
        ]

    @pytest.mark.parametrize(("to", "code"), [(("3", "3"), 0), (("3", "2"), 1), (("2", "2"), 1)])
    def test_check(self, console: Console, add: Add, to: tuple[str, str], code: int) -> None:
        for name, version in zip(("dev", "prod"), to, strict=True):
            add(name)
            console("up", name, "--to", version)
        assert console("status", "dev", "prod").code == 0
        done = console("status", "dev", "prod", "--check", "--json")
        assert done.code == code
        assert [one[1] for one in each(done)] == [version == "3" for version in to]

    def test_other_content_is_not_in_step(self, console: Console, add: Add, project: Path) -> None:
        add("dev"), add("prod")
        console("up", "dev")
        write(project, "0003_age", "ALTER TABLE people ADD age bigint;", "ALTER TABLE people DROP age;")
        console("up", "prod")
        done = console("status", "dev", "prod", "--check")
        assert done.code == 1
        assert "0003_age     ≠ edited   ✓ applied\n" in done.out
        assert "  0003_age on dev: The file was edited after it was applied:" in done.out
        assert done.out.endswith("! applied to prod with another content than to dev: 0003\n")

    def test_different_folders_are_said(self, console: Console, add: Add, project: Path, workplace: Path) -> None:
        other = workplace / "other"
        other.mkdir()
        write(other, "0001_people", (project / "0001_people.up.sql").read_text())
        add("dev"), add("prod", migrations=str(other))
        console("up", "dev", "prod", "--to", "1")
        done = console("status", "dev", "prod")
        assert f"dev: {project}, format dbconsole, ledger dbconsole\n" in done.out
        assert "! The folders differ; what is compared is the versions.\n" in done.out
        assert "0002_ada     ● pending  –\n" in done.out
        assert done.out.endswith("✓ in step: 1 migration applied, the same on both\n")
        assert "The folders differ" not in console("status", "dev", "prod", "--dir", project).out

    def test_more_than_four_have_signs_and_a_legend(self, console: Console, add: Add) -> None:
        names = ["a", "b", "c", "d", "e"]
        for name in names:
            add(name)
        console("up", "c")
        assert console("status", *names).out.splitlines()[2:] == [
            "             a  b  c  d  e",
            "0001_people  ●  ●  ✓  ●  ●",
            "0002_ada     ●  ●  ✓  ●  ●",
            "0003_age     ●  ●  ✓  ●  ●",
            "✓ applied   ● pending",
            "! a, b, d, e are 3 behind c: 0001, 0002, 0003",
        ]

    def test_one_that_does_not_answer(self, console: Console, add: Add) -> None:
        add("dev"), add("prod")
        done = console("status", "dev", NOWHERE, "prod", "--json")
        assert done.code == 3
        check("status", done)
        assert [one[1:3] for one in each(done)] == [(True, True), (False, True), (False, False)]
        assert console("status", "dev", NOWHERE, "prod").out.splitlines()[-2:] == [
            "! of 3 targets 1 failed, 1 not reached",
            "! dev: 3 pending",
        ]
        on = console("status", "dev", NOWHERE, "prod", "--keep-going")
        assert on.code == 3
        assert "Nothing answers there." in on.err
        assert on.out.splitlines()[-2:] == [
            "! of 3 targets 1 failed",
            "! in step: no migration is applied anywhere",
        ]

    def test_what_was_left_behind_is_said(self, console: Console, add: Add, databases: Databases) -> None:
        add("dev")
        with databases.connect(add("prod")) as connection:
            connection.execute("CREATE TABLE twice AS SELECT 1 AS id FROM generate_series(1, 2)")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("CREATE UNIQUE INDEX CONCURRENTLY once ON twice (id)")
        said = console("status", "dev", "prod").out
        assert re.search(r"^  prod: .*once", said, re.MULTILINE)
        assert "  dev: " not in said

    @pytest.mark.parametrize("more", [(), ("e", "f", "g", "h")], ids=["words", "signs"])
    def test_it_fits_80_columns(self, add: Add, project: Path, more: tuple[str, ...]) -> None:
        """Long names go into a key above the table, a long migration is cut."""
        write(project, f"0004_{'very_' * 20}long", "SELECT 1;")
        names = ["a_rather_long_name_of_a_profile", "b_rather_long_name_of_a_profile", "c_rather_long", "d", *more]
        for name in names:
            add(name)
        with terminal("status", *names) as opened:
            assert opened.wait() == 0
            shown = [line.rstrip() for line in opened.lines]
        assert "1 = a_rather_long_name_of_a_profile" in shown
        [cut] = [line for line in shown if line.startswith("0004_")]
        assert "…" in cut
        assert cut.count("●") == len(names)
        assert not [line for line in shown if line.startswith("long")], "no line is broken by the terminal"


def test_hostile_names(console: Console, add: Add, project: Path, databases: Databases) -> None:
    """`Console` holds what is printed to be harmless."""
    targets = [add(name) for name in ("dev", "prod")]
    console("up", "dev", "prod")
    with databases.connect(targets[1]) as connection:
        connection.execute(
            "UPDATE dbconsole.migrations SET checksum = 'other', version = E'9\\x1b[31m\\u202e', name = E'\\x07x'"
            " WHERE version = '0003'"
        )
    done = console("status", "dev", "prod")
    assert "! prod is 1 behind dev: 0003; prod has 1 migration that dev has not: 9␛[31m⟨202E⟩\n" in done.out
    assert "9␛[31m⟨202E⟩_␇x" in done.out
    document = console("status", "dev", "prod", "--json").document
    assert document["differences"][0]["more"] == ["9\x1b[31m\u202e"]


class TestVerify:
    def test_lines_for_each_and_totals(self, console: Console, add: Add) -> None:
        add("dev"), add("prod")
        console("up", "dev")
        done = console("verify", "dev", "prod")
        assert (done.code, done.err) == (1, "")
        assert done.out.splitlines() == [
            "✓ dev: 1/1 passed (100.0 %)",
            "✗ prod: 0001_people: people",
            "    the table",
            "✗ prod: 0/1 passed (0.0 %)",
            "✗ 2 targets: 1/2 passed (50.0 %)",
        ]

    def test_a_failed_check_ends_nothing(self, console: Console, add: Add) -> None:
        add("dev"), add("prod")
        console("up", "prod")
        done = console("verify", "dev", "prod", "--json")
        assert done.code == 1
        check("verify", done)
        assert each(done) == [
            ("dev", False, True, "0/1 passed (0.0 %)"),
            ("prod", True, True, "1/1 passed (100.0 %)"),
        ]
        assert [done.document[key] for key in ("passed", "failed", "total")] == [1, 1, 2]

    @pytest.mark.parametrize(("options", "reached"), [((), False), (("--keep-going",), True)])
    def test_one_that_does_not_answer(
        self, console: Console, add: Add, options: tuple[str, ...], reached: bool
    ) -> None:
        add("dev")
        done = console("verify", NOWHERE, "dev", "--json", *options)
        assert done.code == 3
        check("verify", done)
        assert each(done)[1][2] is reached


class TestAudit:
    def test_by_tag(self, console: Console, add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is expected of targets that are alike is made once."""
        made, rehearse = [], auditing.rehearse

        async def counted(*args: Any, **options: Any) -> Any:
            made.append(args)
            return await rehearse(*args, **options)

        monkeypatch.setattr(auditing, "rehearse", counted)
        add("dev", tags=["eu"]), add("prod", tags=["eu"])
        console("up", "dev")
        done = console("audit", "--tag", "eu", "--json")
        assert done.code == 1
        shapes.check("audit", done.document)
        assert [one[:3] for one in each(done)] == [("dev", True, True), ("prod", False, True)]
        assert len(made) == 1

    @pytest.mark.parametrize(("options", "said"), [((), "not reached"), (("--keep-going",), "0/5")])
    def test_one_that_does_not_answer(self, console: Console, add: Add, options: tuple[str, ...], said: str) -> None:
        add("dev")
        done = console("audit", NOWHERE, "dev", *options)
        assert done.code == 3
        assert done.out.splitlines()[-2].endswith(said)


class TestShadow:
    """`report` and `audit` take the shadow that the profile wishes, as `rehearse` does."""

    @pytest.mark.parametrize("verb", ["audit", "report"])
    def test_same_server_asks_as_for_writing(self, console: Console, add: Add, databases: Databases, verb: str) -> None:
        prod = add("prod", guard="production", shadow="same-server")
        console("up", "prod", "--confirm", "prod")
        refused = console(verb, "prod", "--yes")
        assert refused.code == 5
        assert "make a scratch database on its server" in refused.err
        assert console(verb, "prod", "--shadow", "embedded").code == 0
        document = console(verb, "prod", "--confirm", "prod", "--json").document
        assert document["ok"] is True
        shadow = (document["targets"][0] if verb == "audit" else document)["shadow"]
        assert (shadow["comparable"], shadow["version"].partition(".")[0]) == (True, "18")
        with databases.connect(prod) as connection:
            left = connection.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'dbconsole_shadow%'")
            assert left.fetchone() == (0,)

    def test_what_databases_share_is_left_alone(
        self, console: Console, add: Add, project: Path, databases: Databases
    ) -> None:
        dev = add("dev", shadow="same-server")
        write(project, "0004_role", "CREATE ROLE made_by_an_audit;")
        done = console("audit", "dev")
        assert done.code == 6
        assert "is about what all databases of the target's server share, so it is not run there" in done.err
        with databases.connect(dev) as connection:
            assert connection.execute("SELECT to_regrole('made_by_an_audit')").fetchone() == (None,)

    @pytest.mark.parametrize(("verb", "code"), [("audit", 6), ("report", 1)])
    def test_one_that_does_not_answer_is_said(self, console: Console, add: Add, verb: str, code: int) -> None:
        add("dev", shadow=NOWHERE)
        done = console(verb, "dev")
        assert done.code == code
        assert "Nothing answers there. (connecting to the shadow)" in done.said
