"""Lends an heir its columns while its parents change, so that they stay, or become, the parents' and not its own.

A column is a table's own (`local`) as soon as no parent gives it, be it for a moment; and one that is its own never
stops to be. So a table that shall have columns from parents that it gets stands below a stand-in with these columns
meanwhile. A column that was its own gets another name, comes from the stand-in, and takes the values over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeGuard

from console.catalog.ddl.columns import defined
from console.catalog.model import Column, Constraint, ForeignTable, Key, Kind, Object, Table
from console.drift.altering import above
from console.drift.ground import Ground, is_table
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident

_TABLES = (Kind.TABLE, Kind.FOREIGN_TABLE)


def wanted(ground: Ground, table: Key) -> bool:
    """Tell whether a table would end with columns that are its own, or a parent's, and shall not be."""
    before, after = ground.a.catalog.objects.get(table), ground.b.catalog.objects.get(table)
    if not is_table(before) or not isinstance(after, Table | ForeignTable) or type(before) is not type(after):
        return False
    if not after.inherits or table in ground.lent or getattr(before, "of_type", None) is not None:
        return False
    wrong = any(_is_wrong(ground, column_of(table, each.name), each) for each in after.columns if each.inherited)
    return wrong or any(_is_wrong_check(ground, each) for each in _given_checks(ground, table))


def lowest_first(ground: Ground, changed: Iterable[Key]) -> list[Key]:
    """Return the tables that are changed, or have parts that are; heirs before their parents."""
    found = {each for each in map(ground.b.relation, changed) if each is not None and each.kind in _TABLES}
    return sorted(found, key=lambda table: (sum(1 for _ in ground.a.below(table)), table))


def lender(ground: Ground, column: Key) -> Key | None:
    """Return the stand-in that a column of a table has while that stands apart from its parents."""
    table = ground.b.relation(column)
    if table is None or table not in ground.lent or not _lends(ground, column):
        return None
    return table._replace(name=ground.aside(table))


def carried(ground: Ground, table: Key) -> tuple[Key, ...]:
    """Return the columns that were a table's own and are a parent's afterwards."""
    after = ground.b.catalog.objects[table]
    assert isinstance(after, Table)
    keys = [
        column_of(table, each.name) for each in after.columns if _is_lent(ground, column_of(table, each.name), each)
    ]
    return tuple(key for key in keys if _was_own(ground, key))


def pieces(ground: Ground, table: Key) -> tuple[Piece, ...]:
    """Return how a table leaves all its parents for the stand-in, and how it leaves that for the new ones."""
    before, after = ground.a.catalog.objects[table], ground.b.catalog.objects[table]
    assert isinstance(before, Table)
    assert isinstance(after, Table)
    name = dotted(table.schema, table.name)
    stand_in = dotted(table.schema, ground.aside(table))
    head = f"ALTER TABLE {name}"
    leaving = [f"{head} NO INHERIT {dotted(each.schema, each.name)}" for each in before.inherits]
    if before.partition_of is not None:
        whole = before.partition_of
        leaving = [f"ALTER TABLE {dotted(whole.schema, whole.name)} DETACH PARTITION {name}"]
    standing = [f"CREATE TABLE {stand_in} ({', '.join(_held(ground, before, after))})", f"{head} INHERIT {stand_in}"]
    off = [*leaving, *standing] if before.partition_of is not None else [*standing, *leaving]
    on = [f"{head} INHERIT {dotted(each.schema, each.name)}" for each in after.inherits]
    on += [f"{head} NO INHERIT {stand_in}", f"DROP TABLE {stand_in}"]
    return Piece("apart", tuple(off), takes=False), Piece("together", tuple(on), lets_go=False)


def redirected(ground: Ground, made: Constraint, text: str) -> Iterator[str]:
    """Say that a check comes: from the stand-in if it is a parent's, which then has the columns that it speaks of."""
    here = f"ALTER TABLE {dotted(made.table.schema, made.table.name)} "
    if made.type != "c" or made.local or made.table not in ground.lent or not text.startswith(here):
        yield text
        return
    stand_in = f"ALTER TABLE {dotted(made.table.schema, ground.aside(made.table))} "
    for name in made.columns:
        column = ground.b.column(column_of(made.table, name or ""))
        if column is not None and column.local:
            plain = Column(name=column.name, type=column.type, collation=column.collation)
            yield f"{stand_in}ADD COLUMN IF NOT EXISTS {defined(plain)}"
    yield stand_in + text.removeprefix(here)


def loose(ground: Ground, table: Key) -> Iterator[Key]:
    """Yield the checks that are a parent's afterwards, and which no stand-in holds: they go and come."""
    before, after = ground.a.catalog.objects[table], ground.b.catalog.objects[table]
    assert isinstance(before, Table)
    assert isinstance(after, Table)
    held = set(_held_checks(ground, before, after))
    for made in _given_checks(ground, table):
        if made.key in ground.a.catalog.objects and made.key not in held:
            yield made.key


def _held(ground: Ground, before: Table, after: Table) -> Iterator[str]:
    """Return the columns and checks that a table has from parents on both sides, as it has them before."""
    if before.partition_of is not None:
        return
    checks = tuple(_held_checks(ground, before, after))
    checked = {name for key in checks for name in _check(ground, key).columns}
    for was, now in _stayed(before, after):
        if _is_held(was, now):
            given = was.not_null if was.not_null is not None and not was.not_null.local else None
            if given is not None:
                given = replace(given, name=above.rule_name(column_of(before.key, was.name), given))
            yield defined(replace(was, default=was.default if was.generated else None, not_null=given, identity=None))
        elif now.name in checked:
            yield defined(Column(name=now.name, type=now.type, collation=now.collation))
    for key in checks:
        yield f"CONSTRAINT {ident(key.name)} {_check(ground, key).definition}"


def _stayed(before: Table, after: Table) -> Iterator[tuple[Column, Column]]:
    """Yield the columns that a table has on both sides."""
    columns = {each.name: each for each in before.columns}
    yield from ((columns[now.name], now) for now in after.columns if now.name in columns)


def _is_held(was: Column, now: Column) -> bool:
    """Tell whether a column is a parent's all the time."""
    return not was.local and not now.local and bool(now.inherited)


def _held_checks(ground: Ground, before: Table, after: Table) -> Iterator[Key]:
    """Yield the checks that a table has from parents on both sides, of columns that the stand-in has at once."""
    keys = [(column_of(before.key, now.name), was, now) for was, now in _stayed(before, after)]
    held = {key.name for key, was, now in keys if _is_held(was, now) or _is_shared(ground, key)}
    for key in ground.a.parts.get(before.key, ()) if before.partition_of is None else ():
        had, has = ground.a.catalog.objects[key], ground.b.catalog.objects.get(key)
        same = _is_given_check(had) and _is_given_check(has) and had.definition == has.definition
        if same and held.issuperset(_check(ground, key).columns):
            yield key


def _check(ground: Ground, key: Key) -> Constraint:
    made = ground.a.catalog.objects[key]
    assert isinstance(made, Constraint)
    return made


def _given_checks(ground: Ground, table: Key) -> Iterator[Constraint]:
    """Yield the checks that a table has from its parents afterwards."""
    found = (ground.b.catalog.objects[key] for key in ground.b.parts.get(table, ()))
    yield from (each for each in found if isinstance(each, Constraint) and _is_given_check(each) and each.inherited)


def _is_wrong_check(ground: Ground, made: Constraint) -> bool:
    """Tell whether a check would be the table's own, since no parent that stays gives it."""
    return not any(each in ground.b.catalog.objects for each in above.checks(ground, made))


def _lends(ground: Ground, key: Key) -> bool:
    """Tell whether a column would come from the stand-in."""
    now = ground.b.column(key)
    return now is not None and _is_lent(ground, key, now)


def _is_shared(ground: Ground, key: Key) -> bool:
    """Tell whether a column is a table's own all the time, and may be the stand-in's as well."""
    was, now = ground.a.column(key), ground.b.column(key)
    if was is None or now is None or not (_was_own(ground, key) and now.local) or was.generated or now.generated:
        return False
    return (was.type, was.collation) == (now.type, now.collation)


def _is_given_check(made: Object | None) -> TypeGuard[Constraint]:
    return isinstance(made, Constraint) and made.type == "c" and made.validated and not made.local


def column_of(table: Key, name: str) -> Key:
    return Key(Kind.COLUMN, table.schema, name, table.name)


def _is_lent(ground: Ground, key: Key, now: Column) -> bool:
    """Tell whether a column is its parents' afterwards, which one of its own of which heirs say more cannot become."""
    if now.local or not now.inherited:
        return False
    return not _was_own(ground, key) or all(_is_plain(ground, each) for each in below(ground, key))


def _was_own(ground: Ground, key: Key) -> bool:
    """Tell whether a column is the table's own as soon as that stands apart: a partition's are then."""
    was, made = ground.a.column(key), ground.a.catalog.objects.get(ground.a.relation(key) or key)
    partition = isinstance(made, Table) and made.partition_of is not None
    return was is not None and (was.local or partition)


def below(ground: Ground, column: Key) -> Iterator[Key]:
    """Yield the same column of all heirs of a table that stay below it meanwhile."""
    relation = ground.a.relation(column)
    for child in ground.a.children.get(relation, ()) if relation is not None else ():
        if relation in tuple(above.lasting(ground, child)):
            key = column_of(child, column.name)
            yield key
            yield from below(ground, key)


def _is_plain(ground: Ground, key: Key) -> bool:
    """Tell whether an heir's column, which it has from above, can come anew with that."""
    was, now = ground.a.column(key), ground.b.column(key)
    if was is None or now is None or now.generated or not any(above.columns(ground, key)):
        return False
    return not (now.local and now.not_null is not None)


def _is_wrong(ground: Ground, key: Key, now: Column) -> bool:
    if now.local:
        return _stays_given(ground, key) and not _was_own(ground, key)
    if not _is_lent(ground, key, now):
        return False
    return not (_comes_given(ground, key) or (_stays_given(ground, key) and not _was_own(ground, key)))


def _stays_given(ground: Ground, key: Key) -> bool:
    """Tell whether a parent that stays has the column on both sides."""
    both = (ground.a.column(each) is not None and ground.b.column(each) is not None
            for each in above.columns(ground, key))  # fmt: skip
    return ground.a.column(key) is not None and any(both)


def _comes_given(ground: Ground, key: Key) -> bool:
    """Tell whether a column comes with the one of a parent that stays."""
    come = (ground.a.column(each) is None and ground.b.column(each) is not None
            for each in above.columns(ground, key))  # fmt: skip
    return ground.a.column(key) is None and any(come)
