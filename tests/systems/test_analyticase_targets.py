"""The second sample system on its two targets, by the command: Neon and Supabase from the environment, one folder."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.catalog import reader
from console.catalog.compare import compare
from console.catalog.model import Catalog
from console.config.profile import Target
from console.db.session import Session
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases
from tests.systems.analyticase import SYSTEM

NEON, SUPABASE = "analyticase-neon", "analyticase-supabase"
CHECKS = sum(SYSTEM.checks.values())


@pytest.fixture
def targets(make_database: Callable[..., Target]) -> tuple[Target, Target]:
    """Return two empty databases."""
    return make_database(), make_database()


@pytest.fixture
def untrusted(
    targets: tuple[Target, Target],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Console:
    """Return the command within a copy of the folder, the variables pointing at the two databases."""
    folder = shutil.copytree(SYSTEM.folder, tmp_path / "analyticase")
    monkeypatch.chdir(folder)
    for variable, target in zip(("NEON_DATABASE_URL", "SUPABASE_DB_URL"), targets, strict=True):
        monkeypatch.setenv(variable, url(target))
    return Console(capsys, monkeypatch)


@pytest.fixture
def console(untrusted: Console) -> Console:
    """Return the command within the copy, which its user has trusted."""
    assert untrusted("profiles", "trust").code == 0
    return untrusted


def _status(console: Console, profile: str) -> list[tuple[Any, ...]]:
    document = console("status", profile, "--json").document
    assert document["target"] == profile
    assert document["format"] == document["ledger"] == "dbconsole"
    return [(each["version"], each["name"], each["state"], each["checksum"]) for each in document["migrations"]]


def _states(console: Console, profile: str) -> list[str]:
    return [state for *_, state, _ in _status(console, profile)]


def _catalog(target: Target) -> Catalog:
    async def work() -> Catalog:
        async with await Session.open(target, what="test") as session:
            return await reader.read(session)

    return asyncio.run(work())


@pytest.mark.parametrize("profile", [NEON, SUPABASE])
@pytest.mark.parametrize("verb", ["status", "up"])
def test_the_environment_is_not_looked_at_before_it_is_trusted(untrusted: Console, verb: str, profile: str) -> None:
    done = untrusted(verb, profile)
    assert done.code == 5
    assert "dbconsole profiles trust" in done.err


def test_both_are_listed_with_their_tag(console: Console) -> None:
    profiles = {each["name"]: each["tags"] for each in console("profiles", "--json").document["profiles"]}
    assert profiles == {NEON: ["analyticase"], SUPABASE: ["analyticase"]}


def test_nothing_is_to_complain_about_in_the_folder(console: Console) -> None:
    assert console("validate", ".").out == "2 migrations, nothing to complain about\n"


def test_what_is_applied_to_both_is_the_same(console: Console, targets: tuple[Target, Target]) -> None:
    assert _states(console, NEON) == _states(console, SUPABASE) == ["pending", "pending"]
    for profile in (NEON, SUPABASE):
        assert console("up", profile).code == 0
        verified = console("verify", profile, "--json").document
        assert (verified["passed"], verified["failed"], verified["total"]) == (CHECKS, 0, CHECKS)
    assert _status(console, NEON) == _status(console, SUPABASE)
    assert _states(console, NEON) == ["applied", "applied"]
    neon, supabase = map(_catalog, targets)
    assert compare(neon, supabase) == ()
    assert console("seed", NEON).code == 0
    assert console("verify", NEON).code == 0


def test_one_may_run_ahead_of_the_other(console: Console) -> None:
    """The schema was ready on the one and still to be deployed to the other."""
    assert console("up", NEON).code == 0
    assert console("up", SUPABASE, "--to", "1").code == 0
    assert _states(console, NEON) == ["applied", "applied"]
    assert _states(console, SUPABASE) == ["applied", "pending"]
    verified = console("verify", SUPABASE, "--json")
    first = SYSTEM.checks["0001_simulation_schema"]
    assert verified.code == 1
    assert (verified.document["passed"], verified.document["total"]) == (first, CHECKS)
    assert console("up", SUPABASE).code == 0
    assert _status(console, NEON) == _status(console, SUPABASE)


def test_tables_of_somebody_else_stay_as_they_are(
    console: Console, targets: tuple[Target, Target], databases: Databases
) -> None:
    """A database may have a hypergraph already, as the first one had: nothing is mixed with it."""
    with databases.connect(targets[0]) as connection:
        connection.execute("CREATE TABLE public.hypergraph_nodes (id int); INSERT INTO hypergraph_nodes VALUES (1)")
        done = console("up", NEON)
        assert done.code == 4
        assert 'relation "hypergraph_nodes" already exists' in done.err
        assert "Nothing of 0001_simulation_schema remains." in done.err
        assert connection.execute(
            "SELECT count(*), to_regclass('public.simulation_runs') FROM public.hypergraph_nodes"
        ).fetchall() == [(1, None)]
        assert _states(console, NEON) == ["pending", "pending"]
