"""What a new object has by itself, and may not keep: default privileges that somebody has set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from console.catalog.ddl.finishing import FOR_ALL
from console.catalog.ddl.naming import described, granted
from console.catalog.model import DefaultPrivileges, Grant, Kind, Object, Owned, Schema
from console.drift.ground import Side
from console.sql.quoting import literal, role

_ON = {
    Kind.TABLE: "TABLES",
    Kind.VIEW: "TABLES",
    Kind.MATERIALIZED_VIEW: "TABLES",
    Kind.FOREIGN_TABLE: "TABLES",
    Kind.SEQUENCE: "SEQUENCES",
    Kind.FUNCTION: "FUNCTIONS",
    Kind.PROCEDURE: "FUNCTIONS",
    Kind.AGGREGATE: "FUNCTIONS",
    Kind.TYPE: "TYPES",
    Kind.DOMAIN: "TYPES",
    Kind.SCHEMA: "SCHEMAS",
}
# What everybody may do unless somebody says otherwise.
_USUAL = {"FUNCTIONS": ("public", "EXECUTE"), "TYPES": ("public", "USAGE")}


def founded(made: Object) -> Iterator[str]:
    """Return what a new database says of the schema public, and a schema of that name does not have by itself."""
    if not isinstance(made, Schema) or made.key.name != "public":
        return
    if made.owner == FOR_ALL:
        yield f"ALTER {described(made)} OWNER TO {FOR_ALL}"
    if made.comment is not None:
        yield f"COMMENT ON {described(made)} IS {literal(made.comment)}"
    if Grant("public", "USAGE") not in made.revokes:
        yield f"GRANT USAGE ON {described(made)} TO PUBLIC"


def settled(before: Side, made: Object) -> Iterator[str]:
    """Return REVOKE and GRANT for what the default privileges of before do to an object that is new.

    Whose defaults these are is not asked, since it is not known who will run the statements.
    """
    if not isinstance(made, Owned) or made.key.kind not in _ON:
        return
    texts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in before.of(DefaultPrivileges):
        if each.on == _ON[made.key.kind] and each.schema in ("", made.key.schema):
            for grant, head, tail in _said(each, made):
                if grant.privilege not in texts[head, tail]:
                    texts[head, tail].append(grant.privilege)
    for (head, tail), privileges in texts.items():
        yield f"{head}{', '.join(privileges)} ON {granted(made.key)} {tail}"


def _said(usual: DefaultPrivileges, made: Owned) -> Iterator[tuple[Grant, str, str]]:
    wanted = {(each.grantee, each.privilege): each.grantable for each in made.grants if not each.grantor}
    for grant in usual.grants:
        one = (grant.grantee, grant.privilege)
        stays = one in wanted or grant.grantee == made.owner or one == _USUAL.get(usual.on)
        if not stays:
            yield grant, "REVOKE ", f"FROM {role(grant.grantee)}"
        elif grant.grantable and not wanted.get(one, False):
            yield grant, "REVOKE GRANT OPTION FOR ", f"FROM {role(grant.grantee)}"
    for grant in usual.revokes:
        grantee = made.owner if grant.grantee == usual.role else grant.grantee
        if (grantee, grant.privilege) not in {(each.grantee, each.privilege) for each in made.revokes}:
            yield grant, "GRANT ", f"TO {role(grantee)}"
