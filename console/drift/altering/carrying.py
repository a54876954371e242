"""Carries a column that was a table's own over to the one that its stand-in gives it: name, values, NOT NULL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from console.catalog.ddl.columns import defined
from console.catalog.model import Column, Key, Kind, NotNull
from console.drift.altering import above, casting, lending
from console.drift.ground import Ground, holds_rows
from console.sql.quoting import dotted, ident


def added(ground: Ground, column: Key, stand_in: Key) -> Iterator[str]:
    """Say that a column comes from the stand-in, and takes over the values that it had as the table's own."""
    now, was, table = ground.b.column(column), ground.a.column(column), ground.b.relation(column)
    assert now is not None
    assert table is not None
    name, lent = dotted(table.schema, table.name), dotted(stand_in.schema, stand_in.name)
    keeps = column in ground.carried and was is not None
    valued = now.generated or not keeps
    later = valued and not now.generated and any(_refuses_rewrite(ground, each) for each in ground.a.below(table))
    default = now.default if valued and not later else None
    plain = replace(now, default=default, not_null=None, identity=None, fdw_options=())
    yield f"ALTER TABLE {lent} ADD COLUMN {defined(plain)}"
    if keeps and was is not None:
        old = ident(ground.aside(column))
        if not now.generated:
            yield from _taken_over(ground, table, was, now, (old, lent))
        yield f"ALTER TABLE {name} DROP COLUMN {old}"
        for each in lending.below(ground, column):
            if getattr(ground.a.column(each), "local", False):
                yield f"ALTER TABLE {dotted(each.schema, each.parent)} DROP COLUMN {old}"
    if now.default is not None and later:
        yield f"ALTER TABLE {name} ALTER COLUMN {ident(column.name)} SET DEFAULT {now.default}"
        yield f"UPDATE {name} SET {ident(column.name)} = DEFAULT"  # noqa: S608 - quoted names
    elif now.default is not None and not valued:
        yield f"ALTER TABLE ONLY {name} ALTER COLUMN {ident(column.name)} SET DEFAULT {now.default}"
    if now.not_null is not None:
        yield from _not_null(ground, column, now.not_null, name, lent)


def renamed(ground: Ground, column: Key) -> str:
    """Return the statement that makes room for a column's new self."""
    name = dotted(column.schema, column.parent)
    return f"ALTER TABLE {name} RENAME COLUMN {ident(column.name)} TO {ident(ground.aside(column))}"


def _taken_over(ground: Ground, table: Key, was: Column, now: Column, names: tuple[str, str]) -> Iterator[str]:
    """Give a column the values of its `old` self: a rewrite, which fires nothing and is not published.

    The stand-in has to have the old column, too, for it to be spoken of there.
    """
    old, lent = names
    value = casting.using(old, was.type, now.type).removeprefix(" USING ") or old
    if any(_refuses_rewrite(ground, each) for each in ground.a.below(table)):
        yield f"UPDATE {dotted(table.schema, table.name)} SET {ident(now.name)} = {value}"  # noqa: S608 - quoted names
        return
    collation = f" COLLATE {now.collation}" if now.collation else ""
    kept = Column(name=ground.aside(lending.column_of(table, was.name)), type=was.type, collation=was.collation)
    yield f"ALTER TABLE {lent} ADD COLUMN {defined(kept)}"
    yield f"ALTER TABLE {lent} ALTER COLUMN {ident(now.name)} TYPE {now.type}{collation} USING {value}"
    yield f"ALTER TABLE {lent} DROP COLUMN {old}"


def _refuses_rewrite(ground: Ground, table: Key) -> bool:
    """Tell whether a table is foreign, or a column somewhere holds its rows: it cannot be rewritten."""
    return table.kind is Kind.FOREIGN_TABLE or holds_rows(ground, table)


def _not_null(ground: Ground, column: Key, rule: NotNull, name: str, lent: str) -> Iterator[str]:
    table = name if rule.local and ground.b.catalog.version >= above.NAMED else lent
    if ground.b.catalog.version < above.NAMED:
        yield f"ALTER TABLE {table} ALTER COLUMN {ident(column.name)} SET NOT NULL"
    else:
        ending = (" NO INHERIT" if rule.no_inherit else "") + ("" if rule.validated else " NOT VALID")
        named = ident(above.rule_name(column, rule))
        yield f"ALTER TABLE {table} ADD CONSTRAINT {named} NOT NULL {ident(column.name)}{ending}"
