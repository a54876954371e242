"""What was read once is found again by its number, from disk, in little memory, and leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.errors import Refused
from console.rows.pace import Pace
from console.rows.spool import Spool


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    spool = Spool(folder=tmp_path / "rows")
    rows = [(str(i), None if i % 3 else "", "ä漢\0\udcff" * (i % 5), "x" * (i % 700)) for i in range(1000)]
    for start in range(0, 1000, 77):
        spool.append(rows[start : start + 77])
    assert len(spool) == 1000
    assert [spool.row(i) for i in range(999, -1, -1)] == rows[::-1]
    with pytest.raises(IndexError):
        spool.row(1000)
    spool.close()
    spool.close()


def test_the_file_is_private_and_has_no_name(tmp_path: Path) -> None:
    folder = tmp_path / "rows"
    spool = Spool(folder=folder)
    spool.append([("secret",)] * 1000)
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert os.fstat(spool._file.fileno()).st_mode & 0o777 == 0o600
    spool.close()


def test_a_spool_is_bounded(tmp_path: Path) -> None:
    spool = Spool(folder=tmp_path / "rows", most_bytes=10_000)
    with pytest.raises(Refused, match="no more are kept"):
        spool.append([(f"{i:100}",) for i in range(1000)])
    assert spool.bytes < 30_000
    assert spool.row(0) == (f"{0:100}",)
    spool.close()


def test_one_huge_row_is_a_block_of_its_own(tmp_path: Path) -> None:
    spool = Spool(folder=tmp_path / "rows")
    spool.append([("small",), ("x" * 1_000_000,), ("small",)])
    assert [len(spool.row(i)[0] or "") for i in range(3)] == [5, 1_000_000, 5]
    spool.close()


@pytest.mark.parametrize(
    ("wide", "row", "seconds", "first", "then"),
    [
        (None, ("x",), 0.01, 200, 400),
        (100, ("x" * 100,), 0.01, 200, 400),
        (1_000_000, ("x" * 1_000_000,), 0.01, 1, 1),
        (100, ("x" * 100_000,), 0.01, 200, 10),
        (None, ("x",), 2.0, 200, 100),
        (None, ("x",), 0.2, 200, 200),
    ],
)
def test_pages_grow_as_long_as_they_are_quick_and_small(
    wide: int | None, row: tuple[str, ...], seconds: float, first: int, then: int
) -> None:
    pace = Pace(wide)
    assert pace.rows == first
    pace.learn([row] * first, seconds=seconds)
    assert pace.rows == then
