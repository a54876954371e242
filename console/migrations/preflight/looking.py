"""Asks the server, in one round trip, what a plan has to know of it before it begins."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from console.db import pooling
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.migrations.hazards.hazard import Name
from console.migrations.plan import Step
from console.migrations.preflight import deciding, needs
from console.migrations.preflight.facts import Extension, Facts, Holder, Owned, Role, Schema, Transaction
from console.migrations.preflight.finding import Finding, Preflight, Status, Subject
from console.migrations.preflight.needs import Needs
from console.sql.queries import load

OPEN_FOR = 5.0  # seconds after which a transaction is worth mentioning


async def look(session: Session, steps: Sequence[Step], *, backup: bool = False) -> Preflight:
    """Return what would stop a plan or stand in its way. Raises ConnectionFailed and its kin.

    `backup` says that one is made before the first statement.
    """
    if session.server is None:
        await session.read()
    assert session.server is not None
    needed = needs.of(steps, version=session.server.major)
    try:
        facts = await _ask(session, needed)
    except StatementFailed as error:
        said = f"The server did not say what stands in the way: {error.title}"
        return Preflight((Finding(Subject.SERVER, Status.SKIPPED, said),))
    return deciding.preflight(needed, facts, backup=backup)


async def _ask(session: Session, needed: Needs) -> Facts:
    asked = {
        "role": Query(load("preflight/role"), row=_role, own_path=True),
        "transactions": Query(load("preflight/transactions"), {"seconds": OPEN_FOR}, row=Transaction),
        **dict(_questions(needed)),
    }
    rows = dict(
        zip(asked, await session.read(*asked.values(), doing="looking before the first statement"), strict=True)
    )
    server, target = session.server, session.target
    assert server is not None
    return Facts(
        server.version_num,
        server.standby,
        rows["role"][0],
        provider=session.place.provider,
        pooled=target.direct is None and pooling.shared(target.params, greeted_by_another=session.greeted_by_another),
        guard=target.guard,
        schemas={schema.asked: schema for schema in rows.get("schemas", ())},
        relations={Name(each.schema, each.name): each for each in rows.get("relations", ())},
        extensions={each.name: each for each in rows.get("extensions", ())},
        there=frozenset(rows.get("used", ())),
        roles=frozenset(name for (name,) in rows.get("roles", ())),
        holders=tuple(rows.get("holders", ())),
        transactions=tuple(rows["transactions"]),
    )


def _questions(needed: Needs) -> Iterator[tuple[str, Query]]:
    """Yield the questions that this plan gives rise to; the list of what a server offers is long in coming."""
    if needed.schemas:
        yield "schemas", Query(load("preflight/schemas"), {"names": sorted(needed.schemas)}, row=Schema)
    if needed.relations:
        yield "relations", Query(load("preflight/relations"), _pairs(needed.relations), row=Owned)
    if needed.wanted:
        both = sorted({(each.name, each.version) for each in needed.wanted})
        given = {"names": [name for name, _ in both], "versions": [version for _, version in both]}
        yield "extensions", Query(load("preflight/extensions"), given, row=_extension)
    if needed.used:
        things = sorted({(each.kind, each.name) for each in needed.used})
        yield "used", Query(load("preflight/used"), {"kinds": [k for k, _ in things], "names": [n for _, n in things]})
    if needed.roles:
        yield "roles", Query(load("preflight/roles"), {"names": sorted(needed.roles)})
    if needed.locks:
        yield "holders", Query(load("preflight/holders"), _pairs(needed.locks), row=Holder)


def _pairs(asked: Collection[Name]) -> dict[str, list[str]]:
    pairs = sorted(asked)
    return {"schemas": [name.schema for name in pairs], "names": [name.name for name in pairs]}


def _role(**row: Any) -> Role:
    return Role(**{**row, "libraries": tuple(row["libraries"])})


def _extension(**row: Any) -> Extension:
    return Extension(**{**row, "requires": tuple(row["requires"]), "required_there": tuple(row["required_there"])})
