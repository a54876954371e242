"""Names that a terminal, a markup language or a shell would act on are text wherever a name can stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Guard, Profile, Target
from console.text import HOSTILE
from tests.migrations.project import write
from tests.ui.driving import Driver, driven

MARKUP = "[bold red]x[/] [link=http://evil]y[/link] [@click=app.quit]z[/]"
ESCAPES = "a\x1b]52;c;aGk=\x07b\x1b[31mc\u202ed\x9be\r\nf"
QUOTES = '"; DROP TABLE x; --'
SAID = "a␛]52;c;aGk=␇b␛[31mc⟨202E⟩d"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


SQL = f"""
CREATE SCHEMA {quoted(MARKUP)};
CREATE TABLE {quoted(MARKUP)}.{quoted(ESCAPES)} (
    {quoted(QUOTES)} int CONSTRAINT {quoted(MARKUP)} PRIMARY KEY, {quoted(MARKUP)} text DEFAULT {literal(MARKUP)},
    "🦄 ümläut" text);
COMMENT ON TABLE {quoted(MARKUP)}.{quoted(ESCAPES)} IS {literal(ESCAPES)};
COMMENT ON COLUMN {quoted(MARKUP)}.{quoted(ESCAPES)}.{quoted(MARKUP)} IS {literal(MARKUP)};
CREATE INDEX {quoted(ESCAPES[::-1])} ON {quoted(MARKUP)}.{quoted(ESCAPES)} ({quoted(MARKUP)});
CREATE POLICY {quoted(MARKUP)} ON {quoted(MARKUP)}.{quoted(ESCAPES)} USING ({quoted(MARKUP)} <> {literal(ESCAPES)});
CREATE VIEW {quoted(MARKUP)}.{quoted(QUOTES)} AS SELECT * FROM {quoted(MARKUP)}.{quoted(ESCAPES)};
CREATE FUNCTION {quoted(MARKUP)}.{quoted(MARKUP)}() RETURNS int LANGUAGE sql AS {literal("SELECT 1 -- " + MARKUP)};
INSERT INTO {quoted(MARKUP)}.{quoted(ESCAPES)} VALUES (1, {literal(ESCAPES)}, {literal(MARKUP)});
"""


@pytest.fixture
def target(make_database: Callable[..., Target], tmp_path: Path) -> Target:
    """Return a database of hostile names, under a hostile profile, with a folder of a hostile name."""
    made = make_database(SQL)
    folder = tmp_path / "[red]folder"
    folder.mkdir()
    write(folder, "0001_x", f"SELECT {literal(MARKUP)};\nDO $$ BEGIN RAISE NOTICE '%', {literal(ESCAPES)}; END $$;", "")
    write(folder, "0002_bad", f"SELECT * FROM {quoted(ESCAPES)};", "")
    return replace(made, name=MARKUP, profile=Profile(MARKUP, migrations=folder), guard=Guard.CONFIRM)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_every_place_of_the_schema_screen(target: Target, size: tuple[int, int]) -> None:
    """Tree, titles, tabs, lists, rows, cells, statements, find, filter, toasts."""
    async with driven(target, size=size) as console:
        await console.sees("Schema ·")
        harmless(console)
        await go(console, "52;c")
        for key in ("enter", *["right_square_bracket"] * 7, "b", "enter", "escape", "Y", "escape", "y", "w", "escape"):
            await console.press(key)
            harmless(console)
        await console.press("escape")
        for name in ("DROP TABLE", "click", "52;c"):
            await go(console, name)
            await console.press("enter")
            harmless(console)
        await console.sees(SAID[:12])


async def test_every_place_of_the_migrations_screen(target: Target) -> None:
    """List, texts, confirm, run panel, error, switcher, palette."""
    async with driven(target) as console:
        await console.press("3")
        await console.sees("[red]folder")
        await console.press("o")
        await console.sees("[bold red]x[/]", "Go to")
        harmless(console)
        await console.press("escape", "end", "u")
        await console.sees("Apply 2 migrations on [bold red]x[/]")
        harmless(console)
        await console.press("y")
        await console.sees("✗", "does not exist", SAID[:8])
        harmless(console)
        await console.press("p")
        await console.sees("0002_bad")
        harmless(console)


async def go(console: Driver, name: str) -> None:
    """Find something and go there."""
    await console.press("slash")
    await console.type(name)
    await console.sees("Find in")
    harmless(console)
    await console.press("enter")
    await console.sees_no_more("Find in")


def harmless(console: Driver) -> None:
    """Nothing on the screen is a control sign, a link or an action of somebody else's."""
    assert not HOSTILE.search(console.text.replace("\n", ""))
    for strip in console.strips:
        for segment in strip:
            style = segment.style
            assert style is None or not style.link
            assert "quit" not in str(style.meta if style else "")
    assert re.search(r"\S", console.text)
