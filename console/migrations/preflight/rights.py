"""Which privileges a statement needs, and what it changes about them. Pure.

Only what PostgreSQL asks in every version from 14 to 18, whatever the rest of the statement says, and what one look at
the catalog answers; the rest is left to the server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from console.migrations.hazards.hazard import Name
from console.sql import grammar
from console.sql.grammar import OFF, Fields, Tree, words


class What(StrEnum):
    """Which right: to make things in a schema or schemas in the database, to be (as good as) an owner, of the role."""

    IN_SCHEMA = "in schema"
    SCHEMA = "schema"
    OWNER = "owner"
    POLICY = "policy"
    DROP = "drop"
    DROP_SCHEMA = "drop schema"
    ROLES = "roles"
    DATABASES = "databases"
    SUPERUSER = "superuser"


@dataclass(frozen=True, slots=True)
class Right:
    """A right on what is named; of SUPERUSER the name says what for."""

    what: What
    name: Name


Rule: TypeAlias = Callable[[Fields], Iterator[Right]]

_RELATIONS = frozenset(f"OBJECT_{kind}" for kind in ("TABLE", "VIEW", "MATVIEW", "SEQUENCE", "INDEX", "FOREIGN_TABLE"))
_ON_TABLE = frozenset({"OBJECT_TRIGGER", "OBJECT_RULE"})


def of(tree: Tree) -> Iterator[Right]:
    """Yield the rights that a statement needs."""
    rule = _RULES.get(tree.kind)
    if rule is not None:
        yield from rule(tree.fields)


def made(tree: Tree) -> Iterator[Name]:
    """Yield the relations that a statement makes, names or gives to another: what was known of them holds no longer."""
    fields = tree.fields
    if tree.kind == "RenameStmt" and "relation" in fields and fields["renameType"] in _RELATIONS:
        yield from (_name(fields["relation"]), Name(_name(fields["relation"]).schema, fields["newname"]))
    elif tree.kind == "AlterObjectSchemaStmt" and "relation" in fields:
        yield from (_name(fields["relation"]), Name(fields["newschema"], fields["relation"]["relname"]))
    elif tree.kind == "AlterTableStmt" and _subtypes(fields) & {"AT_ChangeOwner"}:
        yield _name(fields["relation"])
    elif tree.kind == "DropStmt" and fields["removeType"] in _RELATIONS:
        yield from map(_dotted, _lists(fields))
    elif tree.kind == "IndexStmt" and "idxname" in fields:
        yield Name(_name(fields["relation"]).schema, fields["idxname"])
    elif not fields.get("if_not_exists"):
        yield from (right.name for right in of(tree) if right.what is What.IN_SCHEMA)


def hides_what_follows(tree: Tree) -> bool:
    """Tell whether after a statement nobody can know any more which rights the role has, and on what."""
    return tree.kind in _HIDING or runs_code(tree)


def runs_code(tree: Tree) -> bool:
    """Tell whether a statement runs code that may have made anything, roles too."""
    if tree.kind == "SelectStmt":
        called = (node for node in grammar.nodes(tree) if node.kind == "FuncCall")
        return any(words(node.fields["funcname"])[-1] not in _HARMLESS for node in called)
    return tree.kind in _CODE


_CODE = frozenset({"DoStmt", "CallStmt", "ExecuteStmt", "LoadStmt"})
_HIDING = frozenset(
    {
        *("GrantRoleStmt", "AlterOwnerStmt", "ReassignOwnedStmt", "AlterRoleStmt", "AlterDefaultPrivilegesStmt"),
        "DropOwnedStmt",
    }
)
_HARMLESS = frozenset({"setval", "set_config", "nextval", "count", "now", "pg_sleep", "pg_notify", "to_regclass"})


def changes_role(tree: Tree) -> bool:
    """Tell whether what follows in the script may run as another role, or where names lead elsewhere."""
    if tree.kind == "VariableSetStmt":
        return tree.fields.get("name") in ("role", "session_authorization", "search_path", None)
    return tree.kind == "SelectStmt" and any(
        words(node.fields["funcname"])[-1] == "set_config" for node in grammar.nodes(tree) if node.kind == "FuncCall"
    )


def _name(node: Fields) -> Name:
    return Name(node.get("schemaname", ""), node["relname"])


def _dotted(names: object) -> Name:
    parts = words(names)
    return Name(parts[-2] if len(parts) > 1 else "", parts[-1] if parts else "")


def _lists(statement: Fields) -> Iterator[object]:
    for each in statement["objects"]:
        yield each["List"]["items"]


def _subtypes(statement: Fields) -> set[str]:
    return {each["AlterTableCmd"]["subtype"] for each in statement.get("cmds", ())}


def _relation(field: str, what: What) -> Rule:
    """Return the rule of a statement whose `field` is a relation; a temporary one needs nothing."""

    def rule(statement: Fields) -> Iterator[Right]:
        node = statement.get(field)
        if node and node.get("relpersistence") != "t" and node.get("schemaname") != "pg_temp":
            yield Right(what, _name(node))

    return rule


def _named(field: str) -> Rule:
    def rule(statement: Fields) -> Iterator[Right]:
        if field in statement:
            yield Right(What.IN_SCHEMA, _dotted(statement[field]))

    return rule


def _filled(statement: Fields) -> Iterator[Right]:
    into = statement.get("into") or statement.get("intoClause")
    if into:
        yield from _relation("rel", What.IN_SCHEMA)(into)


def _foreign_table(statement: Fields) -> Iterator[Right]:
    yield from _relation("relation", What.IN_SCHEMA)(statement["base"])


def _altered(statement: Fields) -> Iterator[Right]:
    if statement.get("objtype") in _RELATIONS:
        yield from _relation("relation", What.OWNER)(statement)


def _moved(statement: Fields) -> Iterator[Right]:
    kind = statement.get("renameType") or statement.get("objectType")
    yield from _relation("relation", What.POLICY if kind == "OBJECT_POLICY" else What.OWNER)(statement)


def _dropped(statement: Fields) -> Iterator[Right]:
    kind = statement["removeType"]
    if kind in _RELATIONS:
        yield from (Right(What.DROP, _dotted(names)) for names in _lists(statement))
    elif kind in _ON_TABLE or kind == "OBJECT_POLICY":
        what = What.POLICY if kind != "OBJECT_RULE" else What.OWNER
        yield from (Right(what, _dotted(list(names)[:-1])) for names in _lists(statement))  # type: ignore[call-overload]
    elif kind == "OBJECT_SCHEMA":
        yield from (Right(What.DROP_SCHEMA, Name("", each["String"]["sval"])) for each in statement["objects"])


def _commented(statement: Fields) -> Iterator[Right]:
    kind = statement["objtype"]
    items = statement.get("object", {}).get("List", {}).get("items", [])
    if kind in _RELATIONS:
        yield Right(What.OWNER, _dotted(items))
    elif kind == "OBJECT_COLUMN":
        yield Right(What.OWNER, _dotted(items[:-1]))


def _schema(statement: Fields) -> Iterator[Right]:
    yield Right(What.SCHEMA, Name("", statement.get("schemaname", "")))


def _role(statement: Fields) -> Iterator[Right]:
    if grammar.options(statement).get("superuser", "off") not in OFF:
        yield Right(What.SUPERUSER, Name("", "a role that is superuser"))
    elif "roles" not in statement:
        yield Right(What.ROLES, Name("", statement.get("role", "")))


def _dropped_role(statement: Fields) -> Iterator[Right]:
    for each in statement.get("roles", ()):
        yield Right(What.ROLES, Name("", each["RoleSpec"].get("rolename", "")))


def _altered_role(statement: Fields) -> Iterator[Right]:
    if "superuser" in grammar.options(statement):
        yield Right(What.SUPERUSER, Name("", "a role that is superuser"))


def _only(what: What, name: str) -> Rule:
    right = Right(what, Name("", name))
    return lambda statement: iter((right,))


def _publication(statement: Fields) -> Iterator[Right]:
    kinds = {each["PublicationObjSpec"].get("pubobjtype", "") for each in statement.get("pubobjects", ())}
    if statement.get("for_all_tables") or any("SCHEMA" in kind for kind in kinds):
        yield Right(What.SUPERUSER, Name("", "a publication of all tables"))


def _function(statement: Fields) -> Iterator[Right]:
    yield from _named("funcname")(statement)
    if grammar.options(statement).get("language") in ("c", "internal"):
        yield Right(What.SUPERUSER, Name("", "a function in C"))


def _defined(statement: Fields) -> Iterator[Right]:
    yield from _named("defnames")(statement)
    if statement["kind"] == "OBJECT_TYPE" and statement.get("definition"):
        yield Right(What.SUPERUSER, Name("", "a base type"))


_RULES: Mapping[str, Rule] = {
    "CreateStmt": _relation("relation", What.IN_SCHEMA),
    "CreateTableAsStmt": _filled,
    "SelectStmt": _filled,
    "ViewStmt": _relation("view", What.IN_SCHEMA),
    "CreateSeqStmt": _relation("sequence", What.IN_SCHEMA),
    "CompositeTypeStmt": _relation("typevar", What.IN_SCHEMA),
    "CreateForeignTableStmt": _foreign_table,
    **dict.fromkeys(("CreateEnumStmt", "CreateRangeStmt"), _named("typeName")),
    "CreateDomainStmt": _named("domainname"),
    "CreateStatsStmt": _named("defnames"),
    "CreateFunctionStmt": _function,
    "DefineStmt": _defined,
    "AlterTableStmt": _altered,
    "AlterSeqStmt": _relation("sequence", What.OWNER),
    "IndexStmt": _relation("relation", What.OWNER),
    "RuleStmt": _relation("relation", What.OWNER),
    **dict.fromkeys(("CreatePolicyStmt", "AlterPolicyStmt"), _relation("table", What.POLICY)),
    **dict.fromkeys(("RenameStmt", "AlterObjectSchemaStmt"), _moved),
    "DropStmt": _dropped,
    "CommentStmt": _commented,
    "CreateSchemaStmt": _schema,
    "CreateRoleStmt": _role,
    "AlterRoleStmt": _altered_role,
    "DropRoleStmt": _dropped_role,
    "CreatedbStmt": _only(What.DATABASES, "a database"),
    "CreateEventTrigStmt": _only(What.SUPERUSER, "an event trigger"),
    "CreateTableSpaceStmt": _only(What.SUPERUSER, "a tablespace"),
    "CreateFdwStmt": _only(What.SUPERUSER, "a foreign-data wrapper"),
    "CreateAmStmt": _only(What.SUPERUSER, "an access method"),
    **dict.fromkeys(("CreateOpClassStmt", "CreateOpFamilyStmt"), _only(What.SUPERUSER, "an operator class or family")),
    "CreatePublicationStmt": _publication,
}
