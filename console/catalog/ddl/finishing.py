"""Statements that follow the making of an object of any kind: its owner, its comments, its labels, its privileges."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl import grants
from console.catalog.ddl.naming import described
from console.catalog.model import (
    Column,
    Composite,
    Database,
    Domain,
    EventTrigger,
    Extension,
    Key,
    Member,
    Object,
    Owned,
    Publication,
    Relation,
    Schema,
    Sequence,
    Subscription,
)
from console.sql.quoting import dotted, ident, literal

# What a new database says by itself; saying it again takes rights that an owner of the database may not have.
_STANDARD = (("public", "standard public schema"), ("plpgsql", "PL/pgSQL procedural language"))
FOR_ALL = "pg_database_owner"  # owns public where nobody has changed it


def owner(made: Object) -> Iterator[str]:
    """Hand the object to its owner; what follows its table or has none is passed over."""
    if not isinstance(made, Owned | Publication | Subscription | EventTrigger) or not made.owner:
        return
    follows = isinstance(made, Sequence) and made.identity
    fixed = isinstance(made, Database | Extension) or (isinstance(made, Schema) and made.owner == FOR_ALL)
    if not follows and not fixed:
        yield f"ALTER {described(made)} OWNER TO {ident(made.owner)}"


def comments(made: Object) -> Iterator[str]:
    """Say the comments on the object and on those of its parts that are no objects of their own."""
    if isinstance(made, Database):
        return  # its name is not known where the statements will run
    if made.comment is not None and (made.key.name, made.comment) not in _STANDARD:
        yield f"COMMENT ON {described(made)} IS {literal(made.comment)}"
    elif made.comment is None and isinstance(made, Schema | Extension) and made.key.name in dict(_STANDARD):
        yield f"COMMENT ON {described(made)} IS NULL"
    match made:
        case Relation():
            yield from _column_comments(made)
        case Composite():
            for attribute in made.attributes:
                if attribute.comment is not None:
                    yield _on_column(made.key, attribute.name, attribute.comment)
        case Domain():
            for constraint in made.constraints:
                if constraint.comment is not None:
                    on = f"{ident(constraint.name)} ON {described(made)}"
                    yield f"COMMENT ON CONSTRAINT {on} IS {literal(constraint.comment)}"


def _column_comments(made: Relation) -> Iterator[str]:
    for column in made.columns:
        yield from on_column(made.key, column)


def on_column(relation: Key, column: Column) -> Iterator[str]:
    """Say the comments on a column and on its NOT NULL."""
    if column.comment is not None:
        yield _on_column(relation, column.name, column.comment)
    if column.not_null is not None and column.not_null.comment is not None:
        name = column.not_null.name or f"{relation.name}_{column.name}_not_null"
        on = f"{ident(name)} ON {dotted(relation.schema, relation.name)}"
        yield f"COMMENT ON CONSTRAINT {on} IS {literal(column.not_null.comment)}"


def _on_column(relation: Key, column: str, comment: str) -> str:
    return f"COMMENT ON COLUMN {dotted(relation.schema, relation.name, column)} IS {literal(comment)}"


def ties(made: Object) -> Iterator[str]:
    """Say with which extensions the object goes."""
    yield from (f"ALTER {described(made)} DEPENDS ON EXTENSION {ident(name)}" for name in made.extensions)


def labels(made: Object) -> Iterator[str]:
    """Set the security labels of the object and of its columns."""
    if isinstance(made, Owned | Publication | Subscription | EventTrigger) and not isinstance(made, Database):
        for label in made.security_labels:
            yield _labelled(label.provider, described(made), label.label)
    if isinstance(made, Relation):
        for column in made.columns:
            yield from column_labels(made.key, column)


def column_labels(relation: Key, column: Column) -> Iterator[str]:
    """Set the security labels of a column."""
    place = f"COLUMN {dotted(relation.schema, relation.name, column.name)}"
    yield from (_labelled(label.provider, place, label.label) for label in column.security_labels)


def _labelled(provider: str, place: str, label: str) -> str:
    return f"SECURITY LABEL FOR {ident(provider)} ON {place} IS {literal(label)}"


def privileges(made: Object) -> Iterator[str]:
    """Give and take privileges on the object and on its columns; the database's are said elsewhere."""
    if isinstance(made, Owned | Member) and not isinstance(made, Database):
        yield from grants.of(made.key, made.grants, made.revokes)
    if isinstance(made, Relation):
        yield from grants.columns(made.key, made.columns)
