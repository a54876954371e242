"""The console's own files lie where the system wants them, private to their user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from console.config import paths
from console.errors import UsageError


@pytest.mark.parametrize("which", ["config", "state", "cache", "data"])
def test_one_variable_moves_all_of_them(tmp_path: Path, which: str) -> None:
    folder = getattr(paths, f"{which}_dir")
    assert folder({"DBCONSOLE_HOME": str(tmp_path)}) == tmp_path / which
    assert folder({}).name == "dbconsole" or "dbconsole" in folder({}).parts


def test_folders_are_made_private_or_become_so(tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    for name in ("new", "open"):
        assert paths.private(tmp_path / name).stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be made private"):
        paths.private(tmp_path / "file" / "below")


def test_writing_replaces_the_whole_file_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a" / "config.toml"
    paths.write_private(file, "one")
    os.chmod(file, 0o644)
    paths.write_private(file, "two")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("two", 0o600)
    with pytest.raises(UnicodeEncodeError):
        paths.write_private(file, "\udc80")
    assert file.read_text() == "two"
    assert os.listdir(file.parent) == ["config.toml"]


def test_writing_onto_a_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(UsageError, match="it is as it was"):
        paths.write_private(tmp_path / "config.toml", "x")
    assert os.listdir(tmp_path) == ["config.toml"]
