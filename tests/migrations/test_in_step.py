"""Whether several targets are in step is decided without a server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.migrations.files.folder import Folder, Migration, Order, Script
from console.migrations.in_step import Compared, compare
from console.migrations.ledgers.ledger import Applied, Direction, Holder, Recorded, Unfinished
from console.migrations.states import standings
from console.migrations.status import Status

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def status(
    files: str,
    rows: str,
    *,
    path: str = "m",
    order: Order = Order.NUMBER,
    ledger: str = "dbconsole",
    unfinished: str = "",
    holder: Holder | None = None,
) -> Status:
    """Return a status: files and rows by version, a row as `0001=other` for content that is not the file's."""
    folder = Folder(Path(path), "dbconsole", tuple(map(migration, files.split())), order)
    stopped = tuple(
        Unfinished(each, "x", Direction.UP, 1, 2, "p", doubtful=False, error="", started_at=NOON)
        for each in unfinished.split()
    )
    recorded = Recorded(True, tuple(map(row, rows.split())), stopped, holder)
    return Status(ledger, "dbconsole", folder.path, True, standings(folder, recorded), order=order)


def migration(version: str) -> Migration:
    script = Script(Path(f"{version}_x.up.sql"), "SELECT 1")
    repeatable = version.startswith("R")
    return Migration(version, "x", "c" + version.lstrip("0"), script, repeatable=repeatable)


def row(text: str) -> Applied:
    version, _, content = text.partition("=")
    return Applied(version, "x", 0, content or "c" + version.lstrip("0"))


def said(*statuses: Status) -> tuple[str, ...]:
    return laid(*statuses).sentences


def laid(*statuses: Status) -> Compared:
    return compare(list(zip(("dev", "prod", "test", "late"), statuses, strict=False)))


ALL = "0001 0002 0003"


class TestInStep:
    @pytest.mark.parametrize(
        ("statuses", "sentence"),
        [
            ((status(ALL, "0001 0002"), status(ALL, "0001 0002")), "in step: 2 migrations applied, the same on both"),
            ((status(ALL, "0001"),) * 3, "in step: 1 migration applied, the same on all 3"),
            ((status(ALL, ""), status(ALL, "")), "in step: no migration is applied anywhere"),
            ((status("", ""), status("", "")), "in step: no migration is applied anywhere"),
            # what is only a file is applied nowhere
            ((status(ALL, "0001"), status("0001", "0001")), "in step: 1 migration applied, the same on both"),
            # two spellings of one number
            ((status("0001", "1"), status("1", "0001")), "in step: 1 migration applied, the same on both"),
            # edited in the same way, or a file that is missing here: the databases are the same
            ((status(ALL, "0001=e"), status(ALL, "0001=e")), "in step: 1 migration applied, the same on both"),
            ((status("", "0001"), status(ALL, "0001")), "in step: 1 migration applied, the same on both"),
        ],
    )
    def test_is_said(self, statuses: tuple[Status, ...], sentence: str) -> None:
        assert said(*statuses) == (sentence,)
        assert laid(*statuses).in_step

    def test_one_alone_is(self) -> None:
        assert laid(status(ALL, "0001")).in_step

    def test_none_at_all_is(self) -> None:
        assert compare([]).in_step


class TestNotInStep:
    @pytest.mark.parametrize(
        ("statuses", "sentences"),
        [
            ((status(ALL, ALL), status(ALL, "0001")), ("prod is 2 behind dev: 0002, 0003",)),
            ((status(ALL, "0001"), status(ALL, ALL)), ("dev is 2 behind prod: 0002, 0003",)),
            (
                (status(ALL, ALL), status(ALL, "0001"), status(ALL, "0001")),
                ("prod, test are 2 behind dev: 0002, 0003",),
            ),
            (
                (status(ALL, ALL), status(ALL, "0001"), status(ALL, "0001 0002")),
                ("prod is 2 behind dev: 0002, 0003", "test is 1 behind dev: 0003"),
            ),
            (
                (status(ALL, "0001 0002"), status(ALL, "0001 0003")),
                ("prod is 1 behind dev: 0002; prod has 1 migration that dev has not: 0003",),
            ),
            (
                (status(ALL, "0001"), status(ALL, "0001=e")),
                ("applied to prod with another content than to dev: 0001",),
            ),
            # it has changed since it was run there: it runs again
            ((status("R", "R"), status("R", "R=e")), ("prod is 1 behind dev: R",)),
        ],
    )
    def test_says_who_and_how(self, statuses: tuple[Status, ...], sentences: tuple[str, ...]) -> None:
        assert said(*statuses) == sentences
        assert not laid(*statuses).in_step

    def test_says_the_first_of_many(self) -> None:
        many = " ".join(f"{each:04}" for each in range(1, 21))
        assert said(status(many, many), status(many, "")) == (
            "prod is 20 behind dev: 0001, 0002, 0003, 0004, 0005 and 15 others",
        )
        assert len(laid(status(many, many), status(many, "")).differences[0].lacks) == 20

    def test_a_half_way_one_is_not_there(self) -> None:
        found = laid(status(ALL, "0001 0002"), status(ALL, "0001", unfinished="0002"))
        assert found.sentences == ("prod is 1 behind dev: 0002", "0002_x stopped half-way on prod")

    def test_the_same_half_way_on_both_is_not_settled(self) -> None:
        assert not laid(status(ALL, "", unfinished="0001"), status(ALL, "", unfinished="0001")).in_step

    def test_one_that_runs_is_not_settled(self) -> None:
        holder = Holder("somebody", "0001", NOON, NOON, alive=True)
        assert said(status(ALL, "", holder=holder), status(ALL, "")) == ("0001_x is being run on dev",)

    def test_tools_with_checksums_of_their_own_are_not_compared_by_them(self) -> None:
        assert laid(status(ALL, "0001"), status(ALL, "0001=sum", ledger="flyway")).in_step


class TestRows:
    def test_are_in_order_and_each_once(self) -> None:
        found = laid(status("0002 0010", "0002"), status("0001 2 R", "0001"))
        assert [each.version for each in found.rows] == ["0001", "0002", "0010", "R"]
        assert [tuple(each is not None for each in row.standings) for row in found.rows] == [
            (False, True),
            (True, True),
            (True, False),
            (False, True),
        ]

    def test_different_orders_are_compared_by_number(self) -> None:
        found = laid(status("0001", "0001"), status("1", "1", order=Order.TEXT))
        assert [each.version for each in found.rows] == ["0001"]
        assert found.in_step

    def test_differing_folders_are_said(self) -> None:
        assert laid(status(ALL, ""), status(ALL, "", path="other")).folders_differ
        assert not laid(status(ALL, ""), status(ALL, "")).folders_differ


def test_hostile_names_are_made_harmless() -> None:
    hostile = "0001\x1b[31m"
    found = compare([("d\x1b]0;x\x07", status("", hostile)), ("p\u202e", status("", ""))])
    assert found.sentences == ("p⟨202E⟩ is 1 behind d␛]0;x␇: 0001␛[31m",)
    assert found.differences[0].as_dict()["lacks"] == [hostile]
