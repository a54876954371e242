"""The statements of a panel: one for all servers, or others for later ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.dashboards.definition import Dashboard, Need, Origin, Panel
from console.dashboards.files.file import parse
from console.dashboards.files.finding import find, read
from console.dashboards.files.saving import save
from console.errors import BrokenConfig
from console.sql import queries

SHIPPED = sorted((queries.folder("queries") / "dashboards").glob("*.toml"))
FILE = """
title = "Server"
layout = ["log"]

[parameters.user]

[panels.log]
title = "log"
kind = "number"
requires = ["right:pg_monitor"]
"""


def panel(folder: Path, more: str, files: dict[str, str] | None = None) -> Panel:
    """Return the panel of a file with more in it, beside which these files lie."""
    return dashboard(folder, more, files).panels["log"]


def dashboard(folder: Path, more: str, files: dict[str, str] | None = None) -> Dashboard:
    (folder / "server").mkdir(exist_ok=True)
    for name, sql in (files or {}).items():
        (folder / "server" / name).write_text(sql)
    return parse((FILE + more).encode(), folder / "server.toml")


@pytest.mark.parametrize(
    ("files", "taken"),
    [
        ({"log.sql": "old"}, {14: "old", 18: "old", 30: "old"}),
        ({"log.sql": "old", "log_17.sql": "new"}, {14: "old", 16: "old", 17: "new", 18: "new"}),
        ({"log.sql": "old", "log_18.sql": "newest", "log_16.sql": "new"}, {15: "old", 17: "new", 18: "newest"}),
        ({"log.sql": "old", "log_10.sql": "top ten", "log_2.sql": "2", "log_days.sql": "days"}, {18: "old"}),
    ],
)
def test_a_file_for_each_version(tmp_path: Path, files: dict[str, str], taken: dict[int, str]) -> None:
    found = dashboard(tmp_path, 'query = "server/log"', files)
    assert {major: found.panels["log"].at(major).sql for major in taken} == taken
    assert {major: found.at(major).panels["log"].sql for major in taken} == taken
    assert found.panels["log"].requires == (Need("right", "pg_monitor"),)


def test_without_a_file_for_old_servers_it_needs_a_new_one(tmp_path: Path) -> None:
    found = panel(tmp_path, 'query = "server/log"', {"log_18.sql": "newest", "log_16.sql": "new"})
    assert found.requires == (Need("right", "pg_monitor"), Need("server", "16"))
    assert (found.sql, found.newer) == ("new", ((18, "newest"),))


@pytest.mark.parametrize(
    ("more", "files", "sentence"),
    [
        ('query = "server/log"', {"log_17.sql": "%(name)s"}, "query in [panels.log] uses %(name)s"),
        ('sql = "1"\nnewer = { 17 = "%(name)s" }', {}, "sql in [panels.log] uses %(name)s"),
        ('sql = "1"\nnewer = { new = "1" }', {}, "newer in [panels.log] has to be statements by major version"),
        ('sql = "1"\nnewer = "1"', {}, "newer in [panels.log] has to be a table of texts"),
        ('query = "server/log"\nnewer = { 17 = "1" }', {"log.sql": "1"}, "newer in [panels.log] goes with sql"),
        ('sql = "1"\ngrowth = "database"', {}, "has both sql and growth"),
        ("", {}, "has neither sql nor query"),
        ('query = "server/none"', {}, "none.sql, which cannot be read"),
    ],
)
def test_mistakes(tmp_path: Path, more: str, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(BrokenConfig) as caught:
        panel(tmp_path, more, files)
    assert sentence in caught.value.title


def test_all_of_them_are_saved(tmp_path: Path, home: Path) -> None:
    files = {"log_16.sql": "SELECT 1\n-- %(user)s", "log_18.sql": "SELECT 'it''s'\n"}
    found = dashboard(tmp_path, 'query = "server/log"', files)
    environ = {"DBCONSOLE_HOME": str(home)}
    path = save(found, environ)
    [again] = [each for each in find(environ=environ, cwd=home) if each.id == "server"]
    assert again == replace(found, origin=Origin.USER, path=path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_can_be_saved(path: Path, home: Path) -> None:
    environ = {"DBCONSOLE_HOME": str(home)}
    shipped = read(path, Origin.SHIPPED)
    saved = save(shipped, environ)
    [found] = [each for each in find(environ=environ, cwd=home) if each.id == shipped.id]
    assert found == replace(shipped, origin=Origin.USER, path=saved)
