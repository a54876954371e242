"""What of a migration is not run in a shadow, since it would reach further than the shadow does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from console.migrations.files.folder import Migration
from console.migrations.script import split
from console.sql import grammar
from console.sql.statements import Statement
from console.sql.title import title

_ELSEWHERE = frozenset({"CreateSubscriptionStmt", "AlterSubscriptionStmt", "DropSubscriptionStmt"})
_SHARED = frozenset(
    {
        *("CreateRoleStmt", "AlterRoleStmt", "AlterRoleSetStmt", "DropRoleStmt", "GrantRoleStmt"),
        *("DropOwnedStmt", "ReassignOwnedStmt"),
        *("CreateTableSpaceStmt", "DropTableSpaceStmt", "AlterTableSpaceOptionsStmt"),
        *("CreatedbStmt", "DropdbStmt", "AlterDatabaseStmt", "AlterDatabaseSetStmt", "AlterDatabaseRefreshCollStmt"),
        "AlterSystemStmt",
    }
)
_SHARED_OBJECTS = frozenset(
    {"OBJECT_ROLE", "OBJECT_DATABASE", "OBJECT_TABLESPACE", "OBJECT_PARAMETER_ACL", "OBJECT_SUBSCRIPTION"}
)
# What a DO or a function says of them, seen as text; a comment that speaks so is refused as well, and nothing is lost.
_SPOKEN_OF = re.compile(
    r"(?is)\b(?:create|alter|drop|rename|comment\s+on)\s+(?:role|user|group|database|tablespace|subscription)\b"
    r"|\balter\s+system\b|\b(?:drop|reassign)\s+owned\b|\bgrant\s+(?:(?!\bon\b).)*?\bto\b"
    r"|\brevoke\s+(?:(?!\bon\b).)*?\bfrom\b|\bon\s+(?:database|tablespace|parameter)\b"
)
# So pg_dump writes subscriptions: nobody is spoken to.
_UNCONNECTED = re.compile(r"(?is)^\s*create\s.*\bwith\s*\([^()]*\bconnect\s*=\s*'?(?:false|off|0)\b")
_CALLS = frozenset({"DoStmt", "CallStmt", "CreateFunctionStmt"})


def refusal(migration: Migration, *, shared: bool) -> str:
    """Return why a migration is not run in the shadow, as a sentence; empty when it is.

    `shared` says that the shadow is a database on the target's own server. Raises BadSql for a file that does not
    parse.
    """
    scripts = (migration.up, *([migration.down] if migration.down is not None else []))
    return next(filter(None, (refused(split(script), script.path.name, shared=shared) for script in scripts)), "")


def refused(found: Iterable[Statement], name: str, *, shared: bool) -> str:
    """Return why statements of a file are not run in the shadow, as `refusal` does."""
    return next((reason for each in found for reason in _reasons(each, name, shared=shared)), "")


def _reasons(statement: Statement, name: str, *, shared: bool) -> Iterator[str]:
    where = f"{name}, line {statement.line}: {title(statement)}"
    if statement.kind in _ELSEWHERE and not _UNCONNECTED.search(statement.text):
        yield f"{where} would speak to another server, so it is not run in a shadow."
    if shared and _is_shared(statement):
        yield f"{where} is about what all databases of the target's server share, so it is not run there."


def _is_shared(statement: Statement) -> bool:
    if statement.kind in _CALLS:
        return _SPOKEN_OF.search(statement.text) is not None
    fields = grammar.parse(statement.text)[0].fields
    kinds = {fields.get(name) for name in ("objtype", "renameType", "objectType")}
    return statement.kind in _SHARED or bool(kinds & _SHARED_OBJECTS)
