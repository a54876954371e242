"""Which roles a statement names that have to be there, and which ones it makes. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.sql.grammar import Tree

_NAMING = frozenset(
    {
        *("GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt", "CreatePolicyStmt", "AlterPolicyStmt"),
        *(
            "AlterOwnerStmt",
            "AlterTableStmt",
            "CreateSchemaStmt",
            "CreateRoleStmt",
            "AlterRoleStmt",
            "AlterRoleSetStmt",
        ),
        *("DropRoleStmt", "DropOwnedStmt", "ReassignOwnedStmt"),
    }
)
_SETTINGS = ("role", "session_authorization")


def named(tree: Tree) -> frozenset[str]:
    """Return the roles without which a statement fails; where it says IF EXISTS, it fails without none."""
    fields = tree.fields
    if tree.kind == "VariableSetStmt":
        return _set(tree)
    if tree.kind not in _NAMING or fields.get("missing_ok"):
        return frozenset()
    granted = {each["AccessPriv"].get("priv_name", "") for each in fields.get("granted_roles", ())}
    return frozenset({*_specified(fields), *granted} - {""})


def made(tree: Tree) -> frozenset[str]:
    """Return the roles that are there after a statement and may not have been before."""
    if tree.kind == "CreateRoleStmt":
        return frozenset({tree.fields.get("role", "")})
    if tree.kind == "RenameStmt" and tree.fields.get("renameType") == "OBJECT_ROLE":
        return frozenset({tree.fields.get("newname", "")})
    return frozenset()


def _set(tree: Tree) -> frozenset[str]:
    if tree.fields.get("name") not in _SETTINGS or tree.fields.get("kind") != "VAR_SET_VALUE":
        return frozenset()
    values = {each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in tree.fields.get("args", ())}
    return frozenset(values - {"", "none"})


def _specified(value: Any) -> Iterator[str]:
    """Yield the names that stand where the grammar wants a role, wherever in a statement."""
    if isinstance(value, list):
        for item in value:
            yield from _specified(item)
    elif isinstance(value, dict):
        if value.get("roletype") == "ROLESPEC_CSTRING":
            yield value.get("rolename", "")
        for inner in value.values():
            yield from _specified(inner)
