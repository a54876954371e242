"""The backup before a run: what is in it comes back whole, nobody else can read it, nothing half-made is left."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Secret, Target
from console.db import dumping
from console.db.dumping import Dumped, Growing
from console.db.local import programs
from console.db.session import Session
from console.errors import ConnectionFailed, Refused, StatementFailed, UsageError
from console.migrations import backup
from tests.catalog import dumps
from tests.databases import Databases
from tests.pooler import Pooler

_NOW = datetime(2026, 1, 2, 3, 4, 5)
_TABLES = """
SELECT c.oid::regclass::text FROM pg_class AS c
WHERE c.relkind = 'r' AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
ORDER BY 1
"""


async def _made(target: Target, path: Path) -> tuple[Dumped, list[Growing]]:
    async with await Session.open(target, what="test") as session:
        events = [event async for event in backup.make(session, path)]
    [made] = [event for event in events if isinstance(event, Dumped)]
    return made, [event for event in events if isinstance(event, Growing)]


def _restore(databases: Databases, target: Target, made: Dumped) -> None:
    program = programs.fitting("pg_restore", made.version)
    assert program is not None
    command = [program.path, "--exit-on-error", f"--dbname={target.database}", made.path]
    subprocess.run(command, env=dumps.environment(databases, target), check=True)


def _rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Return how many rows each table has."""
    names = [name for (name,) in connection.execute(_TABLES).fetchall()]
    counted = (connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone() for name in names)
    return {name: row[0] for name, row in zip(names, counted, strict=True) if row}


def _left(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]


class TestTheFile:
    async def test_it_restores_to_the_same(
        self, databases: Databases, make_database: Callable[..., Target], database: Target, tmp_path: Path
    ) -> None:
        filled = make_database("graph")
        made, _ = await _made(filled, tmp_path / "graph.dump")
        assert made.bytes == made.path.stat().st_size > 1_000
        _restore(databases, database, made)
        assert dumps.schema(databases, database) == dumps.schema(databases, filled)
        with databases.connect(filled) as one, databases.connect(database) as other:
            assert _rows(other) == _rows(one) != {}

    async def test_only_its_owner_may_read_it(self, database: Target, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            made, _ = await _made(database, tmp_path / "a.dump")
        finally:
            os.umask(before)
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert _left(tmp_path) == [made.path.name]

    async def test_it_is_never_written_over(self, database: Target, tmp_path: Path) -> None:
        there = tmp_path / "a.dump"
        there.write_text("precious")
        with pytest.raises(UsageError, match="is there already"):
            await _made(database, there)
        assert there.read_text() == "precious"

    @pytest.mark.parametrize(
        ("database", "wanted", "name"),
        [
            ("app", None, "app-20260102T030405Z.dump"),
            ("app", "folder", "folder/app-20260102T030405Z.dump"),
            ("app", "folder/mine.dump", "folder/mine.dump"),
            ("../a b\x1b/ü", None, ".._a_b_ü-20260102T030405Z.dump"),
            ("x" * 200, None, f"{'x' * 100}-20260102T030405Z.dump"),
        ],
    )
    def test_where_it_goes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str, wanted: str | None, name: str
    ) -> None:
        (tmp_path / "folder").mkdir()
        monkeypatch.chdir(tmp_path)
        assert str(backup.file(database, Path(wanted) if wanted else None, _NOW)) == name

    def test_two_of_a_second_have_two_names(self, tmp_path: Path) -> None:
        first = backup.file("app", tmp_path, _NOW)
        first.touch()
        assert backup.file("app", tmp_path, _NOW).name == "app-20260102T030405Z-2.dump"

    @pytest.mark.parametrize("wanted", ["missing/a.dump", "there.dump"])
    def test_where_it_cannot_go(self, tmp_path: Path, wanted: str) -> None:
        (tmp_path / "there.dump").touch()
        with pytest.raises(UsageError, match="Nothing has run"):
            backup.file("app", tmp_path / wanted, _NOW)


class TestTheProgram:
    def test_an_older_one_is_never_taken(self) -> None:
        versions = {each.version for each in programs.found("pg_dump")}
        for major in (14, 15, 16, 17, 18):
            chosen = programs.fitting("pg_dump", major)
            assert chosen is not None
            assert chosen.version == min(version for version in versions if version >= major)

    def test_without_one_it_is_said_what_to_install(self) -> None:
        with pytest.raises(Refused, match="the server is PostgreSQL 99") as refused:
            dumping.program(99)
        assert "postgresql-client-99" in refused.value.hint

    def test_that_of_the_path_comes_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        mine = tmp_path / "pg_dump"
        mine.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 18.9'\n")
        mine.chmod(0o700)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        assert programs.fitting("pg_dump", 18) == programs.Program(mine, 18)


class TestFailing:
    async def test_what_the_role_may_not_read(self, databases: Databases, database: Target, tmp_path: Path) -> None:
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE secrets (id int)")
            connection.execute("DROP ROLE IF EXISTS backup_stranger")
            connection.execute("CREATE ROLE backup_stranger LOGIN")
        stranger = replace(database, params={**database.params, "user": "backup_stranger"})
        with pytest.raises(StatementFailed, match="pg_dump failed") as failed:
            await _made(stranger, tmp_path / "a.dump")
        assert "permission denied for table secrets" in failed.value.detail
        assert "Nothing has run" in failed.value.detail
        assert _left(tmp_path) == []
        with databases.connect() as connection:
            connection.execute("DROP ROLE backup_stranger")

    async def test_a_server_that_is_gone(self, database: Target, tmp_path: Path) -> None:
        gone = replace(database, params={**database.params, "port": "1"}, password=Secret("sesame"))
        with pytest.raises(ConnectionFailed, match="did not reach the server") as failed:
            async for _ in dumping.dump(gone, tmp_path / "a.dump", major=18):
                pass
        assert "sesame" not in failed.value.detail
        assert _left(tmp_path) == []

    async def test_a_folder_that_cannot_be_written_to(self, database: Target, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="cannot be made: Not a directory"):
            (tmp_path / "file").touch()
            await _made(database, tmp_path / "file" / "a.dump")

    async def test_a_secret_parameter_is_not_put_on_a_command_line(self, database: Target, tmp_path: Path) -> None:
        sealed = replace(database, params={**database.params, "sslpassword": "sesame"})
        with pytest.raises(Refused, match="sslpassword") as refused:
            async for _ in dumping.dump(sealed, tmp_path / "a.dump", major=18):
                pass
        assert "sesame" not in str(refused.value.as_dict())
        assert _left(tmp_path) == []

    async def test_never_through_a_transaction_pooler(
        self, database: Target, poolers: Callable[[int], Pooler], tmp_path: Path
    ) -> None:
        pooled = poolers(2).target(database)
        with pytest.raises(Refused, match="only a transaction pooler"):
            await _made(replace(pooled, direct=None), tmp_path / "a.dump")
        made, _ = await _made(pooled, tmp_path / "b.dump")
        assert _left(tmp_path) == [made.path.name]


class TestStopping:
    async def test_who_cancels_leaves_nothing(self, databases: Databases, database: Target, tmp_path: Path) -> None:
        """It waits for a lock meanwhile; its password is not to be seen, and on the server it ends as well."""
        path = tmp_path / "a.dump"
        sealed = replace(database, password=Secret("sesame-open"))
        with databases.connect(database) as holder, databases.connect() as beside:
            holder.execute("CREATE TABLE t (id int)")
            holder.execute("BEGIN; LOCK TABLE t")
            running = asyncio.create_task(_made(sealed, path))
            await _until(lambda: bool(beside.execute(_WAITING, [database.database]).fetchall()))
            [command] = [text for text in _commands() if "pg_dump" in text and str(path) in text]
            assert "sesame-open" not in command
            assert _left(tmp_path) == ["a.dump.partial"]
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
            assert _left(tmp_path) == []
            await _until(lambda: not beside.execute(_THERE, [database.database]).fetchall())
        assert not [text for text in _commands() if str(path) in text]

    async def test_it_tells_how_it_grows(
        self, databases: Databases, database: Target, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dumping, "_EVERY", 0.001)
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE t AS SELECT g, md5(g::text) FROM generate_series(1, 50000) AS g")
        made, growing = await _made(database, tmp_path / "a.dump")
        sizes = [event.bytes for event in growing]
        assert sizes == sorted(sizes)
        assert sizes[-1] <= made.bytes


_THERE = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'dbconsole/backup'"
_WAITING = f"{_THERE} AND wait_event_type = 'Lock'"


def _commands() -> list[str]:
    """Return the command lines of all processes, as everybody may read them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.02)
