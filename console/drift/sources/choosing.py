"""What the words for a source stand for: folders, files and snapshots are read, a target's own migrations are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from console.config.profile import Target
from console.db.session import Session
from console.drift.sources import revision
from console.drift.sources.kinds import Live, Made, Saved, Script
from console.drift.sources.words import Sort, Word
from console.migrations import status
from console.migrations.files import formats, locate, reading
from console.migrations.files.folder import Folder
from console.migrations.ledgers.choosing import choose
from console.migrations.ledgers.ledger import Name
from console.migrations.ledgers.reading import recorded
from console.text import plural, sanitize


def at_rest(word: Word, variables: Mapping[str, str]) -> Made | Script | Saved:
    """Return the source of a word that names no target, but what lies in files.

    `variables` are those of the folder's files. Raises UsageError and its kin.
    """
    match word.sort:
        case Sort.FOLDER:
            found = folder(word, variables)
            return Made(word.text, found, found.migrations)
        case Sort.SQL:
            return Script(word.text, reading.text(word.path))
        case _:
            from console.catalog import snapshot

            return Saved(word.text, snapshot.load(reading.text(word.path), word.text))


def folder(word: Word, variables: Mapping[str, str]) -> Folder:
    """Return a folder of migrations, as it lies there or as it was at a revision. Raises UsageError and its kin."""
    if not word.revision:
        return formats.of_profile(word.path, None, variables)
    with revision.unpacked(word.path, word.revision) as path:
        return replace(formats.of_profile(path, None, variables), path=word.path)


def of_session(session: Session) -> Live:
    """Return an open session as a source."""
    target = session.target
    return Live(target.name, session, ledger(target))


def ledger(target: Target) -> Name | None:
    """Return the table that the profile names as its ledger."""
    given = target.profile.ledger_table if target.profile is not None else None
    if given is None:
        return None
    schema, dot, table = given.partition(".")
    return Name(schema, table) if dot else Name("public", schema)


async def own_migrations(session: Session, given: Path | None, variables: Mapping[str, str]) -> Made:
    """Return the migrations that the target's ledger holds as applied; all where it has no ledger.

    `given` is the folder, where a person has named one. Raises UsageError and its kin, Refused, StatementFailed,
    ConnectionFailed.
    """
    target = session.target
    path = locate.folder(target, given, Path.cwd())
    chosen = await choose(session, formats.of_profile(path, target.profile, variables), target.profile)
    found = status.of(chosen, await recorded(chosen.ledger, session))
    there = [each for each in found.migrations if each.applied is not None]
    applied = {each.migration.version for each in there if each.migration is not None}
    label = f"dir:{sanitize(_short(path))}"
    if not applied:
        note = "no migration is recorded as applied there: all of the folder count"
        return Made(label, chosen.folder, chosen.folder.migrations, (note,))
    counted = tuple(each for each in chosen.folder.migrations if each.version in applied)
    waiting = len(chosen.folder.migrations) - len(counted)
    notes = [f"{plural(waiting, 'migration')} of the folder not applied there, and not counted"] if waiting else []
    gone = [each.label for each in there if each.migration is None]
    if gone:
        notes.append(f"applied there, without a file: {sanitize(', '.join(gone))}")
    return Made(label, chosen.folder, counted, tuple(notes))


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
