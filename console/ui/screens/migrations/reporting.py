"""The report of the migrations at hand: where it is to go, and how it gets there."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path

from console.config import files
from console.config.shadow import wished
from console.db.session import Session
from console.migrations.files.folder import Folder
from console.migrations.rehearsal.shadows import Beside, Where
from console.migrations.report import gathering, markdown, neighbours, writing
from console.migrations.report.facts import Report
from console.ui.screens.ask import Ask


def question(session: Session) -> Ask:
    """Ask for the file, with the usual name typed in."""
    usual = writing.usual(session.target.database or session.target.name, datetime.now())
    explain = "A file for the synchronisation report, in Markdown; one of that name is replaced."
    return Ask("Write the report to", value=usual, explain=explain)


async def write(session: Session, folder: Folder, typed: str) -> Report:
    """Make the report on a connection of its own, and write it to the file that was typed.

    Raises UsageError where the file cannot be written, and what gathering raises.
    """
    path = _place(typed)
    configuration = await asyncio.to_thread(files.load, environ=os.environ, cwd=Path.cwd())
    others = neighbours.others(session.target, folder.path, configuration, os.environ)
    async with await session.sibling("report") as own:
        found = await gathering.gather(own, folder, others=others, where=await where(session))
    await asyncio.to_thread(lambda: writing.write(path, markdown.render(found)))
    return found


async def where(session: Session) -> Where:
    """Return the shadow that the profile wishes. Raises UsageError and its kin."""
    wish = await asyncio.to_thread(wished, None, session.target.profile, environ=os.environ, cwd=Path.cwd())
    return Where(wish, Beside(session.target))


def _place(typed: str) -> Path:
    path = Path(typed).expanduser()
    writing.must_be_writable(path)
    return path
