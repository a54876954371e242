"""NOT NULL along lines of inheritance (18): it is a constraint that has a name, and is a table's own or another's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from console.catalog.ddl.kinship import is_partition
from console.catalog.model import Column, Constraint, Key, Kind, NotNull
from console.drift.altering import above
from console.drift.altering.above import NAMED, is_first, rule_name
from console.drift.ground import Ground, Side
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident


def hinders(ground: Ground, column: Key) -> bool:
    """Tell whether a column gets no other type as long as an heir's NOT NULL has a name of its own (18)."""
    return ground.b.catalog.version >= NAMED and any(
        _has_own_name(ground, below, each) for each in _line(ground, column) for below in _below(ground, each)
    )


def _has_own_name(ground: Ground, column: Key, upper: Key) -> bool:
    here, there = _rule(ground.a.column(column)), _rule(ground.a.column(upper))
    if here is None or there is None or not (here.local and here.inherited):
        return False
    return rule_name(column, here) != rule_name(upper, there)


def keys(ground: Ground, column: Key) -> Iterator[Key]:
    """Yield the primary keys that a column is in, here and in the tables above and below."""
    for each in _line(ground, column):
        for key in ground.a.parts.get(ground.a.relation(each) or each, ()):
            made = ground.a.catalog.objects[key]
            if isinstance(made, Constraint) and made.type == "p" and each.name in made.columns:
                yield key


def redone(
    ground: Ground, columns: Iterable[Key], anyway: Collection[Key] = frozenset()
) -> dict[Key, tuple[Piece, ...]]:
    """Return how NOT NULL is taken off and put on again along a line where no single step would do, or `anyway`."""
    if ground.b.catalog.version < NAMED:
        return {}
    found: dict[Key, tuple[Piece, ...]] = {}
    for column in columns:
        line = _line(ground, column) if column not in found else []
        knotted = len(line) > 1 and any(_is_knotted(ground, each) for each in line)
        if column in anyway or (knotted and not any(_is_key(ground, each) for each in line)):
            found |= {each: tuple(_pieces(ground, each)) for each in line}
    return found


def taken_off(ground: Ground, column: Key, whole: str) -> Iterator[str]:
    """Yield what takes NOT NULL off, also below; one in an heir's key stays (and is in the way before 18)."""
    lower = [*_all_below(ground, column)] if ground.b.catalog.version < NAMED else []
    if not any(_is_key(ground, each) for each in lower):
        yield f"{whole} DROP NOT NULL"
        yield from kept(ground, column)
        return
    for each in (column, *lower):
        relation = ground.b.relation(each)
        if relation is not None and _rule(ground.b.column(each)) is None:
            table = dotted(relation.schema, relation.name)
            yield f"ALTER TABLE ONLY {table} ALTER COLUMN {ident(column.name)} DROP NOT NULL"


def _all_below(ground: Ground, column: Key) -> Iterator[Key]:
    for below in _below(ground, column):
        yield below
        yield from _all_below(ground, below)


def kept(ground: Ground, column: Key) -> Iterator[str]:
    """Yield what puts NOT NULL on again below, from where it goes along with a table's own before 18."""
    for below in _below(ground, column) if ground.b.catalog.version < NAMED else ():
        relation = ground.b.relation(below)
        if relation is not None and _rule(ground.a.column(below)) and _rule(ground.b.column(below)):
            table = f"ALTER TABLE ONLY {dotted(relation.schema, relation.name)}"
            yield f"{table} ALTER COLUMN {ident(column.name)} SET NOT NULL"
        yield from kept(ground, below)


def proved(ground: Ground, column: Key) -> Iterator[str]:
    """Yield what proves a NOT NULL that comes from above without being proved there (18)."""
    here, relation = _rule(ground.b.column(column)), ground.b.relation(column)
    there = [rule for each in above.columns(ground, column) if (rule := _rule(ground.b.column(each))) is not None]
    if here is not None and here.validated and relation is not None and not all(each.validated for each in there):
        table = f"ALTER TABLE {dotted(relation.schema, relation.name)}"
        yield f"{table} VALIDATE CONSTRAINT {ident(rule_name(column, here))}"


def _line(ground: Ground, column: Key) -> list[Key]:
    """Return a column and the same column of all tables above and below that stay where they are."""
    found, todo = [column], [column]
    while todo:
        each = todo.pop()
        near = [key for key in (*above.columns(ground, each), *_below(ground, each)) if key not in found]
        found += near
        todo += near
    return found


def _below(ground: Ground, column: Key) -> Iterator[Key]:
    relation = ground.a.relation(column)
    for child in ground.a.children.get(relation, ()) if relation is not None else ():
        if relation in tuple(above.lasting(ground, child)):
            yield Key(Kind.COLUMN, child.schema, column.name, child.name)


def _is_key(ground: Ground, column: Key) -> bool:
    """Tell whether a column is in a primary key, which does not let go of NOT NULL."""
    keys = (side.catalog.objects.get(key) for side in (ground.a, ground.b)
            for key in side.parts.get(side.relation(column) or column, ()))  # fmt: skip
    found = [made for made in keys if isinstance(made, Constraint) and made.type == "p" and column.name in made.columns]
    return len(found) > 1


def _both(ground: Ground, column: Key) -> tuple[NotNull | None, NotNull | None]:
    """Return what stands on both sides; that of a table which stands alone meanwhile is then its own."""
    was, now = _rule(ground.a.column(column)), _rule(ground.b.column(column))
    relation = ground.b.relation(column)
    if relation is None or any(above.lasting(ground, relation)):
        return _named(ground.a, ground, column, was), _named(ground.b, ground, column, now)
    return tuple(None if each is None else replace(each, local=True, inherited=False) for each in (was, now))  # type: ignore[return-value]


def _named(side: Side, ground: Ground, column: Key, rule: NotNull | None) -> NotNull | None:
    """Return a rule as its table's own where it has another name than the one above, as a partition's may have."""
    there = ((key, _rule(side.column(key))) for key in above.columns(ground, column))
    if rule is not None and any(each and rule_name(key, each) != rule_name(column, rule) for key, each in there):
        return replace(rule, local=True)
    return rule


def _is_knotted(ground: Ground, column: Key) -> bool:
    """Tell whether a column's NOT NULL cannot become the wanted one by a statement on its table or those above."""
    was, now = _both(ground, column)
    if was is None or now is None:
        alone = was or now
        return alone is not None and alone.local and alone.inherited
    renamed = rule_name(column, was) != rule_name(column, now)
    if was.inherited and now.inherited and was.validated and not now.validated:
        return True
    if renamed and (was.local and (was.inherited or now.inherited)):
        return True
    if renamed and any(_other_name(ground, column, each) for each in _below(ground, column)):
        return True
    if was.local == now.local:
        return was.no_inherit != now.no_inherit
    own = any(is_first(ground, column, upper) for upper in above.columns(ground, column))
    return own or was.local or not was.inherited or not now.inherited


def _other_name(ground: Ground, column: Key, below: Key) -> bool:
    here, there = _rule(ground.a.column(column)), _rule(ground.a.column(below))
    if here is None or there is None or not there.inherited:
        return False
    return rule_name(column, here) != rule_name(below, there)


def _pieces(ground: Ground, column: Key) -> Iterator[Piece]:
    was, now = _both(ground, column)
    relation = ground.b.relation(column) or ground.a.relation(column)
    assert relation is not None
    table = f"ALTER TABLE {dotted(relation.schema, relation.name)}"
    # A partition's own may outlive that of the whole: whether it would is not told apart.
    if was is not None and (was.local or is_of_partition(ground, column)):
        yield Piece("not null off", (f"{table} ALTER COLUMN {ident(column.name)} DROP NOT NULL",), takes=False)
    if now is None or not now.local:
        return
    if any(_is_taken_over(ground, column, each) for each in above.columns(ground, column)):
        yield Piece("not null", (f"{table} ALTER COLUMN {ident(column.name)} SET NOT NULL",))
        return
    ending = (" NO INHERIT" if now.no_inherit else "") + ("" if now.validated else " NOT VALID")
    name = ident(rule_name(column, now))
    yield Piece("not null", (f"{table} ADD CONSTRAINT {name} NOT NULL {ident(column.name)}{ending}",))


def _is_taken_over(ground: Ground, column: Key, upper: Key) -> bool:
    rule = _rule(ground.b.column(upper))
    return rule is not None and not rule.no_inherit and not is_first(ground, column, upper)


def is_of_partition(ground: Ground, column: Key) -> bool:
    """Tell whether a column is a partition's so far."""
    relation = ground.a.relation(column)
    made = ground.a.catalog.objects.get(relation) if relation is not None else None
    return made is not None and is_partition(made)


def _rule(column: Column | None) -> NotNull | None:
    return column.not_null if column is not None else None
