"""What a table has from the tables above it: partitions and heirs get columns and checks from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from console.catalog.compare import Action, Change, Difference
from console.catalog.ddl.kinship import is_partition, parents
from console.catalog.model import Column, Constraint, Key, Kind, NotNull, Table
from console.drift.altering import composites
from console.drift.ground import Ground

NAMED = 180000  # from which on NOT NULL has a name, and is a table's own or another's


def lasting(ground: Ground, table: Key) -> Iterator[Key]:
    """Yield the tables that a table stands below on both sides."""
    before, after = ground.a.catalog.objects.get(table), ground.b.catalog.objects.get(table)
    if before is not None and after is not None and table not in ground.lent:
        stay = kept(parents(before), parents(after)) if _bound(before) == _bound(after) else ()
        yield from (parent for parent in stay if ground.both(parent) and parent not in ground.anew)


def kept(before: Sequence[Key], after: Sequence[Key]) -> tuple[Key, ...]:
    """Return the parents that need not be left: those that stand in front, in the order that they have.

    >>> kept("abc", "acd"), kept("ab", "ba")
    (('a', 'c'), ('b',))
    """
    found: list[Key] = []
    rest = list(before)
    for parent in after:
        if parent not in rest:
            break
        found.append(parent)
        del rest[: rest.index(parent) + 1]
    return tuple(found)


def _bound(made: object) -> object:
    return getattr(made, "partition_bound", None)


def of_type(ground: Ground, table: Key) -> Key | None:
    """Return the type that a typed table follows when its attributes are altered."""
    before, after = ground.a.catalog.objects.get(table), ground.b.catalog.objects.get(table)
    if not isinstance(before, Table) or not isinstance(after, Table) or before.of_type is None:
        return None
    if before.of_type != after.of_type:
        return None
    kept = (each for each in ground.a.needed.get(table, ()) if each.kind is Kind.TYPE and ground.both(each))
    return next((each for each in kept if composites.stays(ground, each)), None)


def columns(ground: Ground, key: Key) -> Iterator[Key]:
    """Yield the same column of the tables above."""
    relation = ground.b.relation(key) or ground.a.relation(key)
    if relation is not None:
        for parent in lasting(ground, relation):
            yield Key(Kind.COLUMN, parent.schema, key.name, parent.name)


def given(ground: Ground, key: Key) -> bool:
    """Tell whether something new comes with the same of a table above."""
    if key.kind is Kind.COLUMN:
        found = ground.b.column(key)
        relation = ground.b.relation(key)
        if relation is not None and of_type(ground, relation) is not None:
            return True
        return (
            found is not None
            and bool(found.inherited)
            and not found.local
            and any(_comes(ground, each) for each in columns(ground, key))
        )
    made = ground.b.catalog.objects.get(key)
    if isinstance(made, Constraint) and made.type == "c" and made.inherited and not made.local:
        return any(ground.b.catalog.objects.get(each) is not None for each in checks(ground, made))
    return False


def adapted(ground: Ground, key: Key) -> Change | None:
    """Return what has to be altered in a column once it has come from above; None for nothing."""
    after = ground.b.column(key) if key.kind is Kind.COLUMN else None
    anew = ground.carried | ground.along
    upper = next((ground.b.column(up) for up in columns(ground, key) if _comes(ground, up) or up in anew), None)
    upper = upper or (_of_its_type(ground, key, after) if after is not None else None)
    if after is None or upper is None:
        return None
    if key in ground.along and not upper.generated:  # whose default comes behind its values
        upper = replace(upper, default=None)
    bare = replace(upper, comment=None, grants=(), security_labels=(), statistics=None, options=(), storage=None)
    rule = _given_rule(ground, key, upper, after)
    came = replace(bare, local=False, inherited=after.inherited, compression="", not_null=rule)
    found = tuple(
        Difference(name, getattr(came, name), getattr(after, name))
        for name in (each.name for each in fields(Column))
        if name not in ("local", "inherited", "locked") and getattr(came, name) != getattr(after, name)
    )
    return Change(Action.ALTER, key, came, after, found) if found else None


def _given_rule(ground: Ground, key: Key, upper: Column, after: Column) -> NotNull | None:
    """Return the NOT NULL that a column has once it has come, which is none where its own has to be there first."""
    rule, wanted = upper.not_null, after.not_null
    if rule is None or rule.no_inherit or wanted is None or own_first(ground, key):
        return None
    local = wanted.local and not (wanted.inherited and ground.b.catalog.version >= NAMED)
    return replace(wanted, local=local, comment=None)


def own_first(ground: Ground, column: Key) -> bool:
    """Tell whether a column gets its own NOT NULL before one above reaches it: it has a name of its own."""
    return any(is_first(ground, column, upper) for upper in columns(ground, column))


def is_first(ground: Ground, column: Key, upper: Key) -> bool:
    """Tell whether a column gets its own NOT NULL before the one above reaches it: it has a name of its own."""
    here, there = ground.b.column(column), ground.b.column(upper)
    mine, theirs = here.not_null if here else None, there.not_null if there else None
    made = ground.b.catalog.objects.get(ground.b.relation(column) or column)
    own = mine is not None and (mine.local or (made is not None and is_partition(made)))
    if mine is None or theirs is None or not own:
        return False
    return rule_name(column, mine) != rule_name(upper, theirs)


def rule_name(column: Key, rule: NotNull) -> str:
    """Return the name of a column's NOT NULL."""
    return rule.name or f"{column.parent}_{column.name}_not_null"


def is_waited_for(ground: Ground, column: Key) -> bool:
    """Tell whether a column comes without its NOT NULL, since an heir's own has to be there before that reaches it."""
    relation = ground.b.relation(column)
    for child in ground.b.children.get(relation, ()) if relation is not None else ():
        below = Key(Kind.COLUMN, child.schema, column.name, child.name)
        if relation in tuple(lasting(ground, child)) and (
            is_first(ground, below, column) or is_waited_for(ground, below)
        ):
            return True
    return False


def _of_its_type(ground: Ground, key: Key, after: Column) -> Column | None:
    """Return a column as a typed table gets it when its type gets the attribute: type and collation, nothing else."""
    relation = ground.b.relation(key)
    if relation is None or of_type(ground, relation) is None:
        return None
    return Column(name=after.name, type=after.type, collation=after.collation)


def anew_above(ground: Ground, change: Change) -> Iterator[Key]:
    """Yield the checks above with which one becomes an heir's own, or stops to be: they go and come with it."""
    before, after = change.before, change.after
    if not isinstance(before, Constraint) or not isinstance(after, Constraint) or after.type != "c":
        return
    if before.local != after.local and _is_heir(ground, before.table):
        yield from _with_origin(ground, before)


def needs_anew(ground: Ground, before: Constraint, after: Constraint) -> bool:
    """Tell whether a check that becomes an heir's own, or stops to be, has to be made anew for that."""
    if before.type != "c":
        return False
    uppers = [*checks(ground, before)]
    were = any(key in ground.a.catalog.objects for key in uppers)
    are = any(key in ground.b.catalog.objects for key in uppers)
    if not _is_heir(ground, before.table):
        return after.local and were and not are  # it goes with the partitioned table's
    return (were or are) and (not after.local or not before.local)


def _with_origin(ground: Ground, made: Constraint) -> Iterator[Key]:
    for key in checks(ground, made):
        upper = ground.a.catalog.objects.get(key)
        if isinstance(upper, Constraint) and ground.both(key):
            yield key
            if not upper.local:
                yield from _with_origin(ground, upper)


def _is_heir(ground: Ground, table: Key) -> bool:
    """Tell whether a table stays below others, as an heir and not as a partition."""
    made = ground.b.catalog.objects.get(table)
    return not is_partition(made) if made is not None and any(lasting(ground, table)) else False


def taken(ground: Ground, key: Key) -> bool:
    """Tell whether something goes with the same of a table above."""
    if key.kind is Kind.COLUMN:
        found = ground.a.column(key)
        relation = ground.a.relation(key)
        if relation is not None and of_type(ground, relation) is not None:
            return True
        if found is None or found.local:
            return False
        return any(_goes(ground, each) and not leaves(ground, each) for each in columns(ground, key))
    made = ground.a.catalog.objects.get(key)
    if isinstance(made, Constraint) and made.type == "c" and not made.local:
        return any(ground.a.catalog.objects.get(each) is not None for each in checks(ground, made))
    return False


def leaves(ground: Ground, column: Key) -> bool:
    """Tell whether a column goes from its table alone, since an heir that has it from there keeps it as its own."""
    relation = ground.a.relation(column) if column not in ground.carried | ground.along else None
    for child in ground.a.children.get(relation, ()) if relation is not None else ():
        key = Key(Kind.COLUMN, child.schema, column.name, child.name)
        if is_partition(ground.a.catalog.objects[child]):
            continue  # which has its columns from nowhere else
        if relation in tuple(lasting(ground, child)) and ground.both(child) and ground.b.column(key) is not None:
            was = ground.a.column(key)
            return was is not None and not was.local
    return False


def same(ground: Ground, key: Key, attribute: str, after: Column) -> bool:
    """Tell whether an attribute of a column changes in a table above just as it does here."""
    for each in columns(ground, key):
        was, now = ground.a.column(each), ground.b.column(each)
        if was is None or now is None:
            continue
        if getattr(was, attribute) != getattr(now, attribute) and _like(
            getattr(now, attribute), getattr(after, attribute)
        ):
            return True
    return False


def _like(above: object, here: object) -> bool:
    return above == here or (
        above is not None and here is not None and type(above) is type(here) and type(above) is not str
    )


def checks(ground: Ground, made: Constraint) -> Iterator[Key]:
    """Yield the check of the same name of the tables above."""
    for parent in lasting(ground, made.table):
        yield made.key._replace(schema=parent.schema, parent=parent.name)


def _comes(ground: Ground, key: Key) -> bool:
    return ground.a.column(key) is None and ground.b.column(key) is not None


def _goes(ground: Ground, key: Key) -> bool:
    return ground.a.column(key) is not None and ground.b.column(key) is None
