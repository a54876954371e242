"""Which statements want a newer server than the one at hand. Pure.

By the release notes of PostgreSQL 15 to 18 (postgresql.org/docs/release), as far as the grammar shows it: what a
function or a setting of the same name could be on an older server is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from console.sql import grammar
from console.sql.grammar import Fields, Tree

_MOST = 20_000  # characters: what is longer is data
_OLDEST, _NEWEST = 14, 18


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that came with a version of PostgreSQL."""

    name: str
    since: int


Rule: TypeAlias = Callable[[Fields], Feature | None]


def newer(tree: Tree, text: str, version: int) -> Iterator[Feature]:
    """Yield what of a statement a server of a major `version` does not know yet."""
    if version >= _NEWEST or len(text) > _MOST:
        return
    for node in grammar.nodes(tree):
        rule = _RULES.get(node.kind)
        found = rule(node.fields) if rule else None
        if found is not None and found.since > max(version, _OLDEST):
            yield found


def _always(name: str, since: int) -> Rule:
    feature = Feature(name, since)
    return lambda fields: feature


def _constraint(fields: Fields) -> Feature | None:
    kind = fields.get("contype", "")
    if fields.get("generated_kind") == "v":
        return Feature("a virtual generated column", 18)
    if kind in ("CONSTR_CHECK", "CONSTR_FOREIGN") and not fields.get("is_enforced"):
        return Feature("NOT ENFORCED", 18)
    if kind == "CONSTR_NOTNULL" and fields.get("keys"):
        return Feature("NOT NULL as a constraint of the table", 18)
    if fields.get("without_overlaps") or fields.get("fk_with_period"):
        return Feature("WITHOUT OVERLAPS" if fields.get("without_overlaps") else "PERIOD in a foreign key", 18)
    if fields.get("nulls_not_distinct"):
        return _NULLS_NOT_DISTINCT
    if fields.get("fk_del_set_cols"):
        return Feature("ON DELETE SET NULL (columns)", 15)
    return None


_NULLS_NOT_DISTINCT = Feature("NULLS NOT DISTINCT", 15)


def _index(fields: Fields) -> Feature | None:
    return _NULLS_NOT_DISTINCT if fields.get("nulls_not_distinct") else None


def _merge(fields: Fields) -> Feature | None:
    kinds = {each["MergeWhenClause"].get("matchKind") for each in fields.get("mergeWhenClauses", ())}
    if "MERGE_WHEN_NOT_MATCHED_BY_SOURCE" in kinds:
        return Feature("MERGE … WHEN NOT MATCHED BY SOURCE", 17)
    return Feature("MERGE … RETURNING", 17) if fields.get("returningClause") else Feature("MERGE", 15)


def _view(fields: Fields) -> Feature | None:
    return Feature("a view with security_invoker", 15) if "security_invoker" in grammar.options(fields) else None


def _column(fields: Fields) -> Feature | None:
    return Feature("STORAGE in CREATE TABLE", 16) if fields.get("storage_name") else None


def _altered(fields: Fields) -> Feature | None:
    return {
        "AT_SetExpression": Feature("SET EXPRESSION", 17),
        "AT_SetAccessMethod": Feature("SET ACCESS METHOD", 15),
    }.get(fields.get("subtype", ""))


def _publication(fields: Fields) -> Feature | None:
    for each in fields.get("pubobjects", ()):
        spec = each["PublicationObjSpec"]
        if "SCHEMA" in spec.get("pubobjtype", ""):
            return Feature("a publication FOR TABLES IN SCHEMA", 15)
        table = spec.get("pubtable", {})
        if table.get("whereClause") or table.get("columns"):
            return Feature("a publication of some rows or columns of a table", 15)
    return None


def _granted(fields: Fields) -> Feature | None:
    if fields.get("objtype") == "OBJECT_PARAMETER_ACL":
        return Feature("GRANT … ON PARAMETER", 15)
    named = {each["AccessPriv"].get("priv_name") for each in fields.get("privileges", ())}
    return Feature("the privilege MAINTAIN", 17) if "maintain" in named else None


def _granted_role(fields: Fields) -> Feature | None:
    named = set(grammar.options(fields, "opt"))
    return Feature("GRANT … WITH INHERIT or SET", 16) if named & {"inherit", "set"} else None


def _copied(fields: Fields) -> Feature | None:
    named = grammar.options(fields)
    if "on_error" in named or "log_verbosity" in named:
        return Feature("COPY … ON_ERROR", 17)
    return Feature("COPY … DEFAULT", 16) if "default" in named else None


def _set(fields: Fields) -> Feature | None:
    if fields.get("name") == "transaction_timeout":
        return Feature("the setting transaction_timeout", 17)  # pg_dump writes it at the head of its files
    return None


_RULES: Mapping[str, Rule] = {
    "Constraint": _constraint,
    "IndexStmt": _index,
    "MergeStmt": _merge,
    "ViewStmt": _view,
    "ColumnDef": _column,
    "AlterTableCmd": _altered,
    "CreatePublicationStmt": _publication,
    "AlterPublicationStmt": _publication,
    "GrantStmt": _granted,
    "GrantRoleStmt": _granted_role,
    "CopyStmt": _copied,
    "VariableSetStmt": _set,
    "JsonIsPredicate": _always("IS JSON", 16),
    "JsonObjectConstructor": _always("JSON_OBJECT with SQL's syntax", 16),
    "JsonArrayConstructor": _always("JSON_ARRAY", 16),
    "JsonFuncExpr": _always("JSON_EXISTS, JSON_VALUE or JSON_QUERY", 17),
    "JsonTable": _always("JSON_TABLE", 17),
}
