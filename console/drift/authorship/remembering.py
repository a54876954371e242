"""Reads what a database remembers of its schema, for telling whose the changes are. Writes nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace

from console.catalog.compare import Change
from console.catalog.model import Catalog, Key
from console.db.session import Session
from console.drift.authorship.attributing import Evidence, attribute
from console.drift.authorship.attribution import Attribution
from console.drift.sources.kinds import Made
from console.drift.sources.traced import Makers
from console.errors import ConnectionLost, ConsoleError, Interrupted, UsageError
from console.migrations.ledgers import candidates, choosing
from console.migrations.ledgers.choosing import Chosen
from console.migrations.ledgers.ledger import Recorded
from console.migrations.snapshots import memory
from console.migrations.snapshots.memory import Memory
from console.migrations.states import standings
from console.text import sanitize


async def attributed(
    changes: Iterable[Change], session: Session, live: Catalog, made: Made, makers: Makers
) -> Mapping[Key, Attribution]:
    """Return whose each change is between a database and a folder; nothing where the folder is not the database's own.

    `live` is the database's catalog as its own server says it, `makers` what each file touches now. Raises
    ConnectionLost and Interrupted alone: what cannot be read makes it unknown, with the reason.
    """
    try:
        chosen = await choosing.choose(session, made.folder, session.target.profile)
        recorded = await chosen.ledger.read(session)
    except (ConnectionLost, Interrupted):
        raise
    except ConsoleError:
        return {}  # which ledger is meant is not known: nobody can say whether the folder is its own
    found = standings(chosen.folder, recorded)
    if not any(each.migration is not None and each.applied is not None for each in found):
        return {}
    remembered, silent = await _remembered(session, chosen, recorded)
    evidence = Evidence(live, found, chosen.folder.order, remembered, makers, silent)
    changes = tuple(changes)
    try:
        return await asyncio.to_thread(attribute, changes, evidence)
    except UsageError as error:  # a snapshot of a newer console
        return attribute(changes, replace(evidence, memory=Memory(), silent=sanitize(error.title).rstrip(".")))


async def _remembered(session: Session, chosen: Chosen, recorded: Recorded) -> tuple[Memory, str]:
    """Return what is remembered, or why nothing is."""
    if chosen.ledger.name != candidates.NATIVE:
        return (
            Memory(),
            f"only dbconsole's own ledger keeps snapshots of the schema, and this is {chosen.ledger.name}'s",
        )
    if not recorded.exists:
        return Memory(), "there is no ledger"
    try:
        return await memory.read(session), ""
    except (ConnectionLost, Interrupted):
        raise
    except ConsoleError as error:
        return Memory(), f"the snapshots could not be read: {sanitize(error.title)}"
