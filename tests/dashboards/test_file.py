"""A dashboard's file: what it says, and the sentence for each mistake with its line."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.dashboards.definition import Dashboard, Kind, Need, Origin, Row
from console.dashboards.files.file import parse
from console.dashboards.files.finding import Broken, find
from console.dashboards.files.saving import save, text
from console.errors import BrokenConfig, Refused

WHOLE = '''
title = "Sales"
description = "What is sold."
refresh = "30s"
requires = ["view:public.sales", "server:15"]
layout = ["today days days", "today top top"]
heights = [6, 9]

[parameters.period]
default = "7d"

[parameters.shop]
choices = { north = "North", south = "South" }

[panels.today]
title = "today"
kind = "number"
unit = "USD"
warn = 10
crit = 5
below = true
sql = "SELECT sum(amount) FROM sales WHERE at >= %(since)s"

[panels.days]
title = "days"
kind = "line"
refresh = "manual"
columns = { time = "day", value = "amount" }
sql = "SELECT day, amount FROM sales WHERE shop = %(shop)s OR %(shop)s IS NULL"

[panels.top]
title = "top"
kind = "table"
bars = ["amount"]
requires = ["column:public.sales.item"]
sql = """
SELECT item, amount
FROM sales
"""
'''


def read(content: str, path: Path = Path("sales.toml")) -> Dashboard:
    return parse(content.encode(), path)


def test_what_a_file_says() -> None:
    sales = read(WHOLE)
    today, days, top = sales.panels.values()
    assert (sales.id, sales.title, sales.refresh, len(sales.parameters)) == ("sales", "Sales", 30.0, 2)
    assert sales.requires == (Need("view", "public.sales"), Need("server", "15"))
    assert sales.layout == (Row(("today", "days", "days"), 6), Row(("today", "top", "top"), 9))
    assert sales.narrow == (Row(("today", "today"), 15), Row(("days", "days"), 6), Row(("top", "top"), 9))
    assert (today.kind, today.thresholds.warn, today.thresholds.below) == (Kind.NUMBER, 10.0, True)
    assert (days.refresh, days.columns["value"]) == (0.0, "amount")
    assert top.options == {"bars": ("amount",)}
    assert sales.parameters[0].default == "7d"
    assert sales.parameters[1].choices == (("north", "North"), ("south", "South"))


MISTAKES = [
    ('title = "Sales"', 'titel = "Sales"', "line 2: titel is not a key that dbconsole knows.", "title"),
    ('refresh = "30s"', 'refresh = "soon"', "line 4: refresh has to be a duration in quotes", ""),
    ('refresh = "30s"', 'refresh = "10ms"', 'line 4: refresh has to be at least "1s", or "manual".', ""),
    ('"view:public.sales"', '"sales"', 'line 5: requires has "sales"; each is one of view, table', ""),
    ('"server:15"', '"server:new"', "after server: stands a major version", ""),
    ("today days days", "today dayz dayz", "line 6: layout names dayz, and there is no [panels.dayz].", "days"),
    ('"today top top"', '"top top today"', "line 6: layout gives today cells that are no rectangle.", ""),
    ('"today top top"', '"today top"', "line 6: layout needs as many cells in each row", ""),
    ('"today top top"', '"today days days"', "line 31: top in [panels] stands nowhere in the layout.", ""),
    ("heights = [6, 9]", "heights = [6]", "line 7: heights has 1 numbers for 2 rows of layout.", ""),
    ("heights = [6, 9]", "heights = [6, 1]", "line 7: heights has to be a list of whole numbers of lines", ""),
    ('default = "7d"', 'default = "soon"', "line 10: default in [parameters.period] has soon, which is no period", ""),
    ('kind = "number"', 'kind = "numbr"', "line 17: kind in [panels.today] has to be one of number, line", ""),
    ("crit = 5", "crit = 50", "line 20: crit in [panels.today] has to lie below warn", ""),
    ("crit = 5", "bars = []", "line 20: bars in [panels.today] is not a key that dbconsole knows.", ""),
    ("%(since)s", "%(sinse)s", "line 22: sql in [panels.today] uses %(sinse)s, which no parameter gives.", "since"),
    ('time = "day", value', 'tome = "day", value', "line 28: tome in [panels.days.columns] is not a key", "time"),
    ('kind = "table"', 'kind = "table"\nquery = "top"', "has both sql and query; it needs one of them.", ""),
    ('kind = "line"', 'kind = "line', "line 26: this is not TOML.", ""),
    ("[panels.top]", "[panels.Top]", "may only have small letters, digits and _", ""),
    ('title = "Sales"', "", "the file has no title.", ""),
    ("warn = 10", f"warn = 1{'0' * 400}", "line 19: warn in [panels.today] has to be a number.", ""),
    ("warn = 10", f"warn = 1{'0' * 5000}", "sales.toml: this is not TOML that can be used.", ""),
    ("warn = 10", f"warn = {'[' * 3000}{']' * 3000}", "sales.toml: this is not TOML that can be used.", ""),
    ("choices = {", 'default = "east"\nchoices = {', "shop] has east, which is none of the choices.", "north"),
    (
        "[panels.today]",
        "[parameters.since]\n[panels.today]",
        "since in [parameters] gives %(since)s, as period does.",
        "",
    ),
    ("[panels.today]", '[parameters.n]\nkind="number"\ndefault="x"\n[panels.today]', "has x, which is no number.", ""),
]


@pytest.mark.parametrize(("right", "wrong", "sentence", "meant"), MISTAKES)
def test_a_mistake_names_its_line(right: str, wrong: str, sentence: str, meant: str) -> None:
    assert right in WHOLE
    with pytest.raises(BrokenConfig) as caught:
        read(WHOLE.replace(right, wrong, 1))
    assert sentence in caught.value.title
    assert meant in caught.value.hint


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../b", ""])
def test_a_query_lies_below_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path.parent / "secret.sql").write_text("SELECT 1")
    wrong = WHOLE.replace('sql = "SELECT sum(amount) FROM sales WHERE at >= %(since)s"', f'query = "{name}"')
    with pytest.raises(BrokenConfig):
        read(wrong, tmp_path / "sales.toml")


def test_a_query_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "sales").mkdir()
    (tmp_path / "sales" / "today.sql").write_text("SELECT 1 AS one")
    said = WHOLE.replace('sql = "SELECT sum(amount) FROM sales WHERE at >= %(since)s"', 'query = "sales/today"')
    assert read(said, tmp_path / "sales.toml").panels["today"].sql == "SELECT 1 AS one"


@pytest.mark.parametrize("sql", ["SELECT 'it''s'", "SELECT '\\n\t\x7f'\n", "SELECT '''\n'''", "SELECT 'ü\"\\'\n'"])
def test_what_is_saved_is_read_again(home: Path, sql: str) -> None:
    sales = read(WHOLE)
    panels = {**sales.panels, "top": replace(sales.panels["top"], sql=sql)}
    environ = {"DBCONSOLE_HOME": str(home)}
    path = save(replace(sales, panels=panels), environ)
    [found] = [each for each in find(environ=environ, cwd=home) if each.id == "sales"]
    assert isinstance(found, Dashboard)
    assert (found.panels["top"].sql, found.origin, found.path) == (sql, Origin.USER, path)
    with pytest.raises(Refused):
        save(sales, environ)
    assert text(found) == path.read_text()


def test_a_broken_file_leaves_the_others(home: Path) -> None:
    folder = home / "config" / "dashboards"
    folder.mkdir(parents=True)
    (folder / "good.toml").write_text(WHOLE)
    (folder / "bad.toml").write_text("title = ")
    found = {each.id: each for each in find(environ={"DBCONSOLE_HOME": str(home)}, cwd=home)}
    assert isinstance(found["good"], Dashboard)
    assert isinstance(found["bad"], Broken)


ODD: list[tuple[str, Callable[[Path], object], str]] = [
    ("a folder", Path.mkdir, "It is no ordinary file."),
    ("a pipe", os.mkfifo, "It is no ordinary file."),
    ("a link in a circle", lambda path: path.symlink_to(path), "Too many levels of symbolic links"),
    ("a link to nothing", lambda path: path.symlink_to(path.parent / "gone"), "No such file"),
    ("a link without end", lambda path: path.symlink_to("/dev/zero"), "It is no ordinary file."),
    ("5 MB", lambda path: path.write_text("#" * 5_000_000), "larger than such a file can be"),
    ("Latin-1", lambda path: path.write_bytes("title = 'Größe'".encode("latin-1")), "UTF-8"),
]


@pytest.mark.parametrize(("make", "why"), [each[1:] for each in ODD], ids=[each[0] for each in ODD])
@pytest.mark.parametrize("name", ["odd.toml", "odd.sql"])
def test_what_is_no_such_file_is_said(home: Path, name: str, make: Callable[[Path], object], why: str) -> None:
    """It is not waited for, nor read without end, whether it is the file or that of a statement."""
    folder = home / "config" / "dashboards"
    folder.mkdir(parents=True)
    make(folder / name)
    own = 'sql = "SELECT sum(amount) FROM sales WHERE at >= %(since)s"'
    if name != "odd.toml":
        (folder / "odd.toml").write_text(WHOLE.replace(own, 'query = "odd"'))
    [found] = [each for each in find(environ={"DBCONSOLE_HOME": str(home)}, cwd=home) if each.id == "odd"]
    assert isinstance(found, Broken)
    error = found.error
    assert why in f"{error.title} {error.detail} {error.hint}"


def test_signs_of_other_editors(tmp_path: Path) -> None:
    """A mark of the byte order and ends of lines with a carriage return, in both files."""
    own = 'sql = "SELECT sum(amount) FROM sales WHERE at >= %(since)s"'
    (tmp_path / "today.sql").write_bytes(b"\xef\xbb\xbfSELECT 1\r\nAS one")
    said = WHOLE.replace(own, 'query = "today"').replace("\n", "\r\n")
    found = parse(b"\xef\xbb\xbf" + said.encode(), tmp_path / "sales.toml")
    assert found.panels["today"].sql == "SELECT 1\nAS one"


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_statement_is_told(tmp_path: Path, content: str) -> None:
    own = 'sql = "SELECT sum(amount) FROM sales WHERE at >= %(since)s"'
    (tmp_path / "today.sql").write_text(content)
    with pytest.raises(BrokenConfig, match="which is empty"):
        read(WHOLE.replace(own, 'query = "today"'), tmp_path / "sales.toml")


def test_the_nearest_of_a_name_holds(home: Path, tmp_path: Path) -> None:
    (tmp_path / "dbconsole.toml").write_text("")
    for folder, title in ((tmp_path / "dashboards", "theirs"), (home / "config" / "dashboards", "mine")):
        folder.mkdir(parents=True)
        (folder / "sales.toml").write_text(WHOLE.replace("Sales", title))
        [found] = [each for each in find(environ={"DBCONSOLE_HOME": str(home)}, cwd=tmp_path) if each.id == "sales"]
        assert isinstance(found, Dashboard)
        assert found.title == title
