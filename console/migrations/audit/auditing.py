"""Audits a target: reads it, has the migrations run in a shadow beside it, and compares. Nothing is written."""

from __future__ import annotations

from dataclasses import replace

from console.catalog import reader
from console.catalog.model import Catalog, Extension
from console.config.profile import Target
from console.config.shadow import SAME_SERVER
from console.db.query import Query
from console.db.session import Session
from console.errors import Incomplete
from console.migrations import status
from console.migrations.audit import counting
from console.migrations.audit.deciding import Step, decide
from console.migrations.audit.facts import Audit, Comparison
from console.migrations.files.folder import Folder
from console.migrations.ledgers.choosing import choose
from console.migrations.ledgers.ledger import Name
from console.migrations.rehearsal import stage
from console.migrations.rehearsal.shadows import Where
from console.migrations.report.rehearsing import Rehearsed, rehearse
from console.migrations.status import Status
from console.sql.queries import load
from console.text import sanitize

Made = dict[tuple[object, ...], Rehearsed]
"""What was made in shadows so far, by all that decides what is made."""

_ANYWHERE = Where()
_NOTHING_WRITTEN = "Nothing was written to the target."


async def audit(
    session: Session,
    folder: Folder,
    *,
    exact: bool = False,
    limit: float = counting.LIMIT,
    where: Where = _ANYWHERE,
    made: Made | None = None,
) -> Audit:
    """Return what of all the folder's migrations make is found on a target, whether they are applied or not.

    With `exact`, rows are counted, each table within `limit` seconds. `where` is the shadow that is wished, `made` what
    was made in one for targets before this one; what is made now is put there. Raises Incomplete when what is expected
    cannot be made in a shadow, UsageError when several ledgers could be meant, ConnectionFailed and its kin,
    StatementFailed.
    """
    chosen = await choose(session, folder, session.target.profile)
    found = status.of(chosen, await chosen.ledger.read(session))
    catalog = await reader.read(session)
    [offered] = await session.read(Query(load("audit/extensions")), doing="reading which extensions there are")
    identity = await stage.identity(session) if isinstance(where.wish, Target) else ""
    rehearsed = await _expected(chosen.folder, catalog, where, identity, {} if made is None else made)
    comparison = _without(chosen.ledger.table, decide(rehearsed, _steps(found), catalog, dict(offered)))
    if exact:
        comparison = replace(comparison, tables=await counting.count(session, comparison.tables, limit=limit))
    return _audit(session, chosen.folder, found, rehearsed, comparison, exact=exact)


async def _expected(folder: Folder, target: Catalog, where: Where, identity: str, made: Made) -> Rehearsed:
    """Return what all migrations make of an empty database; the same is not made twice. Raises Incomplete."""
    extensions = frozenset(each.key.name for each in target.of(Extension))
    same = (folder.path, _texts(folder), target.version // 10000, extensions, frozenset(target.roles), where.wish)
    if isinstance(where.wish, Target) or where.wish == SAME_SERVER:
        return await _make(folder, target, extensions, where, identity)
    if same not in made:
        made[same] = await _make(folder, target, extensions, where, identity)
    return made[same]


async def _make(folder: Folder, target: Catalog, extensions: frozenset[str], where: Where, identity: str) -> Rehearsed:
    for migration in folder.migrations:
        if migration.unsupported:
            raise _incomplete(f"{migration.label}: {migration.unsupported}")
    found = await rehearse(
        folder,
        folder.migrations,
        (),
        major=target.version // 10000,
        extensions=extensions,
        roles=target.roles,
        where=where,
        identity=identity,
        doing="the audit was being made",
    )
    if found.applied is None:
        stopped = folder.find(found.stopped) if found.stopped else None
        raise _incomplete(f"{stopped.label}: {found.reason}" if stopped is not None else found.reason)
    return found


def _texts(folder: Folder) -> tuple[tuple[str, str], ...]:
    return tuple((each.version, each.up.text) for each in folder.migrations)


def _incomplete(reason: str) -> Incomplete:
    return Incomplete(
        "What the migrations are expected to make could not be made in a shadow, so nothing was compared.",
        detail=f"{sanitize(reason)}\n{_NOTHING_WRITTEN}",
        hint="dbconsole rehearse --dir D shows how each migration fares in a shadow.",
    )


def _steps(found: Status) -> dict[str, Step]:
    return {
        each.migration.version: Step(each.label, each.applied is None)
        for each in found.migrations
        if each.migration is not None
    }


def _without(ledger: Name, comparison: Comparison) -> Comparison:
    """Leave a ledger out of the tables that no migration makes: it is its tool's."""
    besides = tuple(key for key in comparison.besides if (key.schema, key.name) != ledger)
    return replace(comparison, besides=besides)


def _audit(
    session: Session, folder: Folder, found: Status, rehearsed: Rehearsed, comparison: Comparison, *, exact: bool
) -> Audit:
    assert session.server is not None
    return Audit(
        target=session.target.name,
        server=session.server.version,
        database=session.server.database,
        folder=folder.path,
        migrations=len(folder.migrations),
        pending=tuple(step.label for step in _steps(found).values() if step.pending),
        made_in=rehearsed.version,
        comparable=rehearsed.major == session.server.major,
        comparison=comparison,
        exact=exact,
    )
