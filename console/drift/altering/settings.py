"""What is set for the database, and for roles in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from console.catalog.compare import Change
from console.catalog.ddl import schemas
from console.catalog.model import Database, Option, Role
from console.drift.altering.granting import between
from console.drift.altering.owned import succeeded
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import ident, literal


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how settings are changed, whatever the database is called where that runs."""
    before, after = change.before, change.after
    one = after or before
    assert isinstance(one, Database | Role)
    texts = list(_changed(schemas.head(one), _settings(before), _settings(after)))
    if isinstance(before, Database) and isinstance(after, Database):
        texts += _of_database(ground, before, after)
    return (Piece("settings", tuple(texts)),) if texts else ()


def _of_database(ground: Ground, before: Database, after: Database) -> Iterator[str]:
    """What else of the database can be changed from within; its encoding and locales cannot."""
    if before.comment != after.comment:
        text = "NULL" if after.comment is None else literal(after.comment)
        yield schemas.here("COMMENT ON DATABASE %I", f"IS {text}")
    if before.connection_limit != after.connection_limit:
        yield schemas.here("ALTER DATABASE %I", f"CONNECTION LIMIT {after.connection_limit}")
    was = before
    if before.owner != after.owner and ground.scope.owners:
        was = succeeded(before, before.owner, after.owner)
        yield schemas.here("ALTER DATABASE %I", f"OWNER TO {ident(after.owner)}")
    if ground.scope.grants:
        taken, given = between("DATABASE %I", _escaped(was), _escaped(after))
        yield from schemas.granted((*taken, *given))


def _escaped(made: Database) -> Database:
    return replace(made, grants=schemas.escaped(made.grants), revokes=schemas.escaped(made.revokes))


def _settings(made: object) -> tuple[Option, ...]:
    return made.settings if isinstance(made, Database | Role) else ()


def _changed(head: str, was: tuple[Option, ...], now: tuple[Option, ...]) -> Iterator[str]:
    names = {option.name for option in now}
    for option in was:
        if option.name not in names:
            yield schemas.here(head, f"RESET {schemas.setting(option.name)}")
    for option in now:
        if option not in was:
            yield schemas.here(head, f"SET {schemas.assigned(option)}")
