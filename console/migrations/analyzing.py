"""Which tables have statistics that a run has made old, and how they are gathered anew."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from console.db.compose import SQL, Identifier
from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.errors import BadSql, Refused, StatementFailed
from console.migrations.hazards.hazard import Name
from console.migrations.plan import Step
from console.migrations.script import parse
from console.sql import grammar
from console.sql.grammar import Fields, Tree, words
from console.sql.queries import load
from console.sql.quoting import dotted
from console.text import sanitize

_ANALYZE = SQL("ANALYZE {}")
_WORTH_OFFERING = 8 * 8192  # bytes: below, what the planner guesses is near enough
_LOCK_TIMEOUT = 3.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table or materialised view that is there, and that the role may analyse; `bytes` is what its rows take."""

    schema: str
    name: str
    bytes: int

    @property
    def said(self) -> str:
        """Its name as SQL reads it, harmless for a terminal."""
        return sanitize(dotted(self.schema, self.name))

    @property
    def worth_offering(self) -> bool:
        """Whether plans would be noticeably worse without new statistics, until autovacuum comes by."""
        return self.bytes >= _WORTH_OFFERING


@dataclass(frozen=True, slots=True)
class Analyzed:
    """What became of one table; `error` says in a sentence why it was not analysed."""

    table: Table
    seconds: float | None = None
    error: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape: an entry of the list `analyze`."""
        outcome = "failed" if self.error else "offered" if self.seconds is None else "analyzed"
        return {
            "table": f"{self.table.schema}.{self.table.name}",
            "outcome": outcome,
            "duration_ms": None if self.seconds is None else round(self.seconds * 1000),
            "error": self.error or None,
        }


def touched(steps: Iterable[Step]) -> tuple[Name, ...]:
    """Return the tables whose rows a plan writes, rewrites or looks at in a new way, each once, in order.

    That is: filled on creation, inserted into, updated, deleted from, merged, copied or refreshed; with a column of
    another type or a new one with a default; with a new index on an expression, new extended statistics, or another
    partition. What a rename makes of a name is followed.
    """
    found: dict[Name, None] = {}
    for step in steps:
        try:
            pieces = parse(step.script).pieces
        except (BadSql, Refused):
            continue
        path = ""
        for tree in (grammar.tree(piece.text) for piece in pieces):
            path = _path(tree, path)
            for name in _of(tree):
                found[Name(name.schema or path, name.name)] = None
            _rename(tree, found, path)
    return tuple(found)


async def there(session: Session, names: Sequence[Name]) -> tuple[Table, ...]:
    """Return those of the names that are tables with rows which this role may analyse. Raises ConnectionFailed."""
    if not names:
        return ()
    given = {"schemas": [name.schema for name in names], "names": [name.name for name in names]}
    try:
        [rows] = await session.read(
            Query(load("preflight/analyze"), given, row=Table, own_path=True), doing="looking for tables to analyse"
        )
    except StatementFailed:
        return ()
    return tuple(dict.fromkeys(rows))


async def analyze(session: Session, consent: Consent, tables: Iterable[Table]) -> AsyncGenerator[Analyzed]:
    """Gather the statistics of tables anew, each in a transaction of its own; one that is locked is left out.

    Raises ConnectionFailed and its kin, Refused.
    """
    for table in tables:
        began = time.perf_counter()
        try:
            async with session.writing(consent, lock_timeout=_LOCK_TIMEOUT, doing=f"analysing {table.said}") as writer:
                await writer.execute(_ANALYZE.format(Identifier(table.schema, table.name)))
        except StatementFailed as error:
            yield Analyzed(table, error=error.title)
        else:
            yield Analyzed(table, time.perf_counter() - began)


def statement(tables: Sequence[Table]) -> str:
    """Return the SQL that does so: `ANALYZE public.people, public.orders;`."""
    return f"ANALYZE {', '.join(table.said for table in tables)};"


def _path(tree: Tree, path: str) -> str:
    """Return where names without a schema lead from now on, as far as a SET says."""
    if tree.kind != "VariableSetStmt" or tree.fields.get("name") != "search_path":
        return path
    values = [each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in tree.fields.get("args", ())]
    return next((value for value in values if value not in ("", "$user")), "")


def _of(tree: Tree) -> Iterator[Name]:
    fields = tree.fields
    if tree.kind in _WRITING:
        yield from _named(fields.get("relation"))
    elif tree.kind == "CreateTableAsStmt" and not fields["into"].get("skipData"):
        yield from _named(fields["into"]["rel"])
    elif tree.kind == "SelectStmt" and "intoClause" in fields:
        yield from _named(fields["intoClause"]["rel"])
    elif tree.kind == "CopyStmt" and fields.get("is_from"):
        yield from _named(fields.get("relation"))
    elif tree.kind == "CreateStatsStmt":
        for each in fields.get("relations", ()):
            yield from _named(each.get("RangeVar"))
    elif (tree.kind == "IndexStmt" and _on_expression(fields)) or (tree.kind == "AlterTableStmt" and _remade(fields)):
        yield from _named(fields["relation"])


_WRITING = frozenset({"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "RefreshMatViewStmt"})


def _named(node: Fields | None) -> Iterator[Name]:
    if node and node.get("relpersistence") != "t":
        yield Name(node.get("schemaname", ""), node["relname"])


def _on_expression(statement: Fields) -> bool:
    return any("expr" in each["IndexElem"] for each in statement.get("indexParams", ()))


def _remade(statement: Fields) -> bool:
    return any(_remakes(each["AlterTableCmd"]) for each in statement.get("cmds", ()))


def _remakes(command: Fields) -> bool:
    if command["subtype"] == "AT_AddColumn":
        constraints = command["def"]["ColumnDef"].get("constraints", ())
        return any(each["Constraint"]["contype"] in _FILLS for each in constraints)
    return command["subtype"] in ("AT_AlterColumnType", "AT_AttachPartition", "AT_SetExpression")


_FILLS = ("CONSTR_DEFAULT", "CONSTR_GENERATED", "CONSTR_IDENTITY")


def _rename(tree: Tree, found: dict[Name, None], path: str) -> None:
    """Follow a table to its new name or schema, and forget one that is dropped."""
    fields = tree.fields
    if tree.kind == "DropStmt" and fields["removeType"] in ("OBJECT_TABLE", "OBJECT_MATVIEW"):
        for each in fields["objects"]:
            parts = words(each["List"]["items"])
            found.pop(Name(parts[-2] if len(parts) > 1 else path, parts[-1]), None)
    elif tree.kind in ("RenameStmt", "AlterObjectSchemaStmt") and "relation" in fields:
        node = fields["relation"]
        old = Name(node.get("schemaname", "") or path, node["relname"])
        moved = tree.kind == "AlterObjectSchemaStmt"
        if old in found and (moved or fields.get("renameType") in ("OBJECT_TABLE", "OBJECT_MATVIEW")):
            del found[old]
            found[Name(fields["newschema"], old.name) if moved else Name(old.schema, fields["newname"])] = None
