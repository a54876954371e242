"""Which statements leave something behind when they are interrupted, and what it would be called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from console.migrations.leftovers.leftover import Kind, Leftover
from console.sql import grammar
from console.sql.grammar import OFF, Fields, options, words
from console.sql.quoting import dotted

_LONGEST = 63  # bytes of a name
_ONLY_THESE = re.compile(r"(?i)\bindex\b|\bconcurrently\b")
_MAY_SKIP = re.compile(r"(?i)\bindex\b[^;]*?\bif\s+not\s+exists\b")


class Does(StrEnum):
    """What a statement does."""

    BUILD = "build"
    DROP = "drop"
    REINDEX = "reindex"
    DETACH = "detach"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a statement is about.

    `relation` is the table, of a REINDEX or DROP the index or table that it names, of a DETACH the parent; `schema` is
    empty where the search_path decides. `names` is what the index may be called, None where that cannot be known.
    `if_missing` says IF NOT EXISTS, `concurrent` CONCURRENTLY; `whole_table` is a REINDEX of all of a table's indexes.
    `partition` is the name of the one that a DETACH takes off, with its schema where that is said.
    """

    does: Does
    schema: str
    relation: str
    names: re.Pattern[str] | None = None
    if_missing: bool = False
    concurrent: bool = True
    partition: tuple[str, ...] = ()
    whole_table: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The relation's name, with its schema where that is said."""
        return (self.schema, self.relation) if self.schema else (self.relation,)

    @property
    def table(self) -> str:
        """The relation as SQL, to be found as the statement finds it."""
        return dotted(*self.path)

    def named(self, name: str) -> bool:
        """Tell whether an index of that name would be this one."""
        return self.names is not None and self.names.fullmatch(name) is not None

    def has_left(self, leftover: Leftover) -> bool:
        """Tell whether a leftover may be this statement's, by its name and its table's."""
        if self.does is Does.DETACH:
            return leftover.kind is Kind.PARTITION and self._is(leftover.schema, leftover.relation)
        if leftover.kind is not Kind.INDEX or not self.named(leftover.name):
            return False
        of_table = self.does is Does.BUILD or self.whole_table
        return self._is(leftover.schema, leftover.relation if of_table else self.relation)

    def _is(self, schema: str, relation: str) -> bool:
        return self.relation == relation and (not self.schema or self.schema == schema)


def of(text: str) -> Subject | None:
    """Return what a statement is about, None for one that leaves nothing behind."""
    if not _ONLY_THESE.search(text):
        return None
    tree = grammar.tree(text)
    found = _OF.get(tree.kind)
    return found(tree.fields) if found else None


def may_skip(text: str) -> bool:
    """Tell at a glance whether a statement may be a CREATE INDEX IF NOT EXISTS."""
    return _MAY_SKIP.search(text) is not None


def _built(fields: Fields) -> Subject:
    table = fields["relation"]
    name = fields.get("idxname", "")
    return Subject(
        Does.BUILD,
        table.get("schemaname", ""),
        table["relname"],
        re.compile(re.escape(name)) if name else _chosen(table["relname"], fields),
        if_missing=bool(fields.get("if_not_exists")),
        concurrent=bool(fields.get("concurrent")),
    )


def _chosen(table: str, fields: Fields) -> re.Pattern[str] | None:
    """Return the names that the server chooses for an index without one; None when that is more than its columns."""
    elements = [each["IndexElem"] for each in (*fields["indexParams"], *fields.get("indexIncludingParams", ()))]
    if not all("name" in each for each in elements):
        return None
    name = "_".join([table, *(each["name"] for each in elements), "idx"])
    return re.compile(re.escape(name) + r"\d*") if len(name.encode()) < _LONGEST else None


def _dropped(fields: Fields) -> Subject | None:
    if fields.get("removeType") != "OBJECT_INDEX" or not fields.get("concurrent"):
        return None
    *schema, name = words(fields["objects"][0]["List"]["items"])
    return Subject(Does.DROP, schema[-1] if schema else "", name, re.compile(re.escape(name)))


def _reindexed(fields: Fields) -> Subject | None:
    """Return what REINDEX CONCURRENTLY of an index or a table is about; of more than one table it is nothing."""
    if options(fields, "params").get("concurrently", "off") in OFF or "relation" not in fields:
        return None
    relation = fields["relation"]
    name = relation["relname"]
    whole_table = fields.get("kind") != "REINDEX_OBJECT_INDEX"
    names = re.compile(rf"{'.*' if whole_table else re.escape(name)}_cc(?:new|old)\d*")
    return Subject(Does.REINDEX, relation.get("schemaname", ""), name, names, whole_table=whole_table)


def _detached(fields: Fields) -> Subject | None:
    for command in fields.get("cmds", ()):
        each = command["AlterTableCmd"]
        partition = each.get("def", {}).get("PartitionCmd", {})
        if each.get("subtype") == "AT_DetachPartition" and partition.get("concurrent"):
            parent, child = fields["relation"], partition["name"]
            path = tuple(part for part in (child.get("schemaname"), child["relname"]) if part)
            return Subject(Does.DETACH, parent.get("schemaname", ""), parent["relname"], partition=path)
    return None


_OF = {"IndexStmt": _built, "DropStmt": _dropped, "ReindexStmt": _reindexed, "AlterTableStmt": _detached}
