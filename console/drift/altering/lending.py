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
from console.catalog.model import Column, Constraint, Key, Kind, NotNull, Object, Table
from console.drift.altering import above, casting
from console.drift.ground import Ground
from console.drift.pieces import Piece
from console.sql.quoting import dotted, ident


def wanted(ground: Ground, table: Key) -> bool:
    """Tell whether a table would end with columns that are its own, or a parent's, and shall not be."""
    before, after = ground.a.catalog.objects.get(table), ground.b.catalog.objects.get(table)
    if not isinstance(before, Table) or not isinstance(after, Table) or not after.inherits or table in ground.lent:
        return False
    wrong = any(_is_wrong(ground, _column(table, each.name), each) for each in after.columns if each.inherited)
    wrong = wrong or any(_is_wrong_check(ground, each) for each in _given_checks(ground, table))
    return before.of_type is None and wrong


def lowest_first(ground: Ground, changed: Iterable[Key]) -> list[Key]:
    """Return the tables that are changed, or have parts that are; heirs before their parents."""
    found = {each for each in map(ground.b.relation, changed) if each is not None and each.kind is Kind.TABLE}
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
    keys = [_column(table, each.name) for each in after.columns if _is_lent(ground, _column(table, each.name), each)]
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


def added(ground: Ground, column: Key, stand_in: Key) -> Iterator[str]:
    """Say that a column comes from the stand-in, and takes over the values that it had as the table's own."""
    now, was, table = ground.b.column(column), ground.a.column(column), ground.b.relation(column)
    assert now is not None
    assert table is not None
    name, lent = dotted(table.schema, table.name), dotted(stand_in.schema, stand_in.name)
    keeps = column in ground.carried and was is not None
    valued = now.generated or not keeps
    plain = replace(now, default=now.default if valued else None, not_null=None, identity=None, fdw_options=())
    yield f"ALTER TABLE {lent} ADD COLUMN {defined(plain)}"
    if keeps and was is not None:
        old = ident(ground.aside(column))
        if not now.generated:
            value = casting.using(old, was.type, now.type).removeprefix(" USING ") or old
            yield f"UPDATE {name} SET {ident(now.name)} = {value}"  # noqa: S608 - quoted names
        yield f"ALTER TABLE {name} DROP COLUMN {old}"
    for each in (column, *below(ground, column)) if not valued else ():
        default = getattr(ground.b.column(each), "default", None)
        if default is not None:
            head = f"ALTER TABLE ONLY {dotted(each.schema, each.parent)} ALTER COLUMN {ident(each.name)}"
            yield f"{head} SET DEFAULT {default}"
    if now.not_null is not None:
        yield from _not_null(ground, column, now.not_null, name, lent)


def renamed(ground: Ground, column: Key) -> str:
    """Return the statement that makes room for a column's new self."""
    name = dotted(column.schema, column.parent)
    return f"ALTER TABLE {name} RENAME COLUMN {ident(column.name)} TO {ident(ground.aside(column))}"


def redirected(ground: Ground, made: Constraint, text: str) -> str:
    """Return the statement that adds a check, which the stand-in gives if it is a parent's."""
    if made.type != "c" or made.local or made.table not in ground.lent:
        return text
    keys = [_column(made.table, name) for name in made.columns]
    if any(lender(ground, key) is None and not _is_shared(ground, key) for key in keys):
        return text
    stand_in = dotted(made.table.schema, ground.aside(made.table))
    return text.replace(f"ALTER TABLE {dotted(made.table.schema, made.table.name)} ", f"ALTER TABLE {stand_in} ", 1)


def _not_null(ground: Ground, column: Key, rule: NotNull, name: str, lent: str) -> Iterator[str]:
    table = name if rule.local and ground.b.catalog.version >= above.NAMED else lent
    if ground.b.catalog.version < above.NAMED:
        yield f"ALTER TABLE {table} ALTER COLUMN {ident(column.name)} SET NOT NULL"
    else:
        ending = (" NO INHERIT" if rule.no_inherit else "") + ("" if rule.validated else " NOT VALID")
        named = ident(above.rule_name(column, rule))
        yield f"ALTER TABLE {table} ADD CONSTRAINT {named} NOT NULL {ident(column.name)}{ending}"


def _held(ground: Ground, before: Table, after: Table) -> Iterator[str]:
    """Return the columns and checks that a table has from parents on both sides, as it has them before."""
    if before.partition_of is not None:
        return
    columns = {each.name: each for each in before.columns}
    for now in after.columns:
        was = columns.get(now.name)
        if was is not None and not was.local and not now.local and now.inherited:
            given = was.not_null if was.not_null is not None and not was.not_null.local else None
            if given is not None:
                given = replace(given, name=above.rule_name(_column(before.key, was.name), given))
            yield defined(replace(was, default=was.default if was.generated else None, not_null=given, identity=None))
    checked = {name for each in _given_checks(ground, before.key) for name in each.columns}
    for now in after.columns:
        if now.name in checked and _is_shared(ground, _column(before.key, now.name)):
            yield defined(Column(name=now.name, type=now.type, collation=now.collation))
    for key in ground.a.parts.get(before.key, ()):
        had, has = ground.a.catalog.objects[key], ground.b.catalog.objects.get(key)
        if _is_given_check(had) and _is_given_check(has) and had.definition == has.definition:
            yield f"CONSTRAINT {ident(key.name)} {had.definition}"


def _given_checks(ground: Ground, table: Key) -> Iterator[Constraint]:
    """Yield the checks that a table has from its parents afterwards."""
    found = (ground.b.catalog.objects[key] for key in ground.b.parts.get(table, ()))
    yield from (each for each in found if isinstance(each, Constraint) and _is_given_check(each) and each.inherited)


def _is_wrong_check(ground: Ground, made: Constraint) -> bool:
    """Tell whether a check would be the table's own, since no parent that stays gives it."""
    if any(each in ground.b.catalog.objects for each in above.checks(ground, made)):
        return False
    keys = [_column(made.table, name) for name in made.columns]
    return all(_is_shared(ground, key) or _lends(ground, key) for key in keys)


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


def _column(table: Key, name: str) -> Key:
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
            key = _column(child, column.name)
            yield key
            yield from below(ground, key)


def _is_plain(ground: Ground, key: Key) -> bool:
    """Tell whether an heir says nothing but a default of a column that it has from above and keeps."""
    was, now = ground.a.column(key), ground.b.column(key)
    if was is None or now is None or was.local or not any(above.columns(ground, key)):
        return False
    rule = now.not_null
    given = rule is not None and (not rule.local or ground.b.catalog.version < above.NAMED)
    plain = Column(name=now.name, type=now.type, collation=now.collation, local=False, inherited=now.inherited)
    return not now.generated and now == replace(plain, default=now.default, not_null=rule if given else None)


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
