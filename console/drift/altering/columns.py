"""A column that stays: its type, default, identity, NOT NULL, collation, storage and the like."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl import sequences
from console.catalog.ddl.columns import COMPRESSIONS, STORAGES
from console.catalog.model import (
    Column,
    Enum,
    ForeignTable,
    Identity,
    Key,
    Kind,
    Publication,
    Relation,
    Table,
)
from console.drift.altering import above, casting, counting, heritage, lending, reshaping
from console.drift.altering.options import fdw_changed, reset_and_set
from console.drift.altering.sequences import counted, moved
from console.drift.altering.stored import base
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident, literal

_ANEW = frozenset({"generated"})
# What a table gives to those below it, whether they want it or not.
_WHOLE = frozenset({"type", "collation", "not_null", "generated", "default", "identity"})


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a column is altered; None when it has to be dropped and added."""
    before, after = change.before, change.after
    assert isinstance(before, Column)
    assert isinstance(after, Column)
    if _ANEW & {each.attribute for each in change.differences} and not _only_dropped(before, after):
        return None
    if after.generated and casting.using("", before.type, after.type):  # which cannot be said of what is generated
        return None
    expression = after.generated and before.default != after.default
    if expression and ground.b.catalog.version < 170000:  # which cannot SET EXPRESSION
        return None
    if after.generated == "v" and before.generated == "v" and not _may_change(ground, change.key, before, after):
        return None
    return tuple(_Altering(ground, change.key, before, after).pieces({each.attribute for each in change.differences}))


def _may_change(ground: Ground, key: Key, before: Column, after: Column) -> bool:
    """Tell whether the server changes a virtual column's expression: not its type, and not in a published table."""
    relation = _relation(ground, key)
    published = any(
        each.all_tables or relation.schema in each.schemas or relation in [one.table for one in each.tables]
        for each in ground.a.of(Publication)
    )
    return before.type == after.type and not (published and before.default != after.default)


def not_null_of(ground: Ground, key: Key, before: Column, after: Column) -> tuple[Piece, ...]:
    """Return how NOT NULL comes to a column that has come without."""
    return tuple(_Altering(ground, key, before, after).pieces({"not_null"}))


def default_anew(ground: Ground, key: Key) -> tuple[Piece, ...]:
    """Return how a default is taken off, and put on again."""
    now = ground.b.column(key)
    head = _head(ground, key)
    off = Piece("default off", (f"{head} DROP DEFAULT",), takes=False)
    if now is None or now.default is None or now.generated:
        return (off,)
    return (off, Piece("default", (f"{head} SET DEFAULT {now.default}",), lets_go=False))


def retyped(ground: Ground, key: Key, *, through_text: bool) -> tuple[Piece, ...]:
    """Return how a column comes to the new type of the same name; `through_text`: it is text in between."""
    was, now = ground.a.column(key), ground.b.column(key)
    assert was is not None
    assert now is not None
    around = default_anew(ground, key) if was.default is not None and not was.generated else ()
    stored = tuple(_stored(ground, key, now))
    if not through_text:
        shaped = reshaping.found(ground, key, now)
        typed = _typed(ground, key, now, through_text=True, value=shaped.value if shaped is not None else "")
        around_it = (shaped.before, shaped.behind) if shaped is not None else ((), ())
        texts = (*around_it[0], typed, *around_it[1], *stored)
        return (*around, Piece("type", texts, loses=_loses(ground, key, now)))
    texts = (_typed(ground, key, now, through_text=True), *stored)
    plain = "text[]" if was.type.endswith("[]") else "text"
    head = f"{_line(ground, key)} ALTER COLUMN {ident(key.name)} TYPE"
    bare = _relation(ground, key).kind is Kind.FOREIGN_TABLE  # without rows that could be turned
    way = "" if bare else f" USING {ident(key.name)}::{plain}"
    off = Piece("type off", (f"{head} {plain}{way}",), takes=False)
    return (*around, off, Piece("type", texts, lets_go=False))


def _stored(ground: Ground, key: Key, now: Column) -> Iterator[str]:
    """Say how a column is stored, which another type sets back."""
    relation = _relation(ground, key)
    if relation.kind is Kind.TABLE:
        only = f"ALTER TABLE ONLY {dotted(relation.schema, relation.name)} ALTER COLUMN {ident(key.name)}"
        if now.storage is not None:
            yield f"{only} SET STORAGE {STORAGES[now.storage]}"
        if now.compression:
            yield f"{only} SET COMPRESSION {COMPRESSIONS[now.compression]}"


def retyped_above(ground: Ground, key: Key, *, through_text: bool) -> tuple[Piece, ...]:
    """Return how a column takes the new type that a table above it gives: only its own default is in the way."""
    was = ground.a.column(key)
    around = default_anew(ground, key) if was is not None and was.default is not None and not was.generated else ()
    now = ground.b.column(key)
    stored = tuple(_stored(ground, key, now)) if now is not None else ()
    return (*around, *_type_from_above(stored, through_text=through_text))


def _type_from_above(stored: tuple[str, ...] = (), *, through_text: bool = False) -> tuple[Piece, ...]:
    """Little is said, but what depends on the column has to be away while the type changes above."""
    off = Piece("type off", (), lets_go=through_text, takes=False)
    return off, Piece("type", stored, lets_go=not through_text)


class _Altering:
    """The pieces of one column."""

    def __init__(self, ground: Ground, key: Key, before: Column, after: Column) -> None:
        self.ground, self.key, self.before, self.after = ground, key, before, after
        self.head, self.whole = _head(ground, key), f"{_line(ground, key)} ALTER COLUMN {ident(key.name)}"

    def pieces(self, names: set[str]) -> Iterator[Piece]:
        retyped = bool(names & {"type", "collation"})
        ruled = "not_null" in names
        names = {name for name in names if name not in _WHOLE or not self._comes_from_above(name)}
        if retyped:
            yield from self._type(names) if names & {"type", "collation"} else _type_from_above()
        yield from self._default(names, retyped=retyped)
        yield from self._identity() if "identity" in names else ()
        if self.after.identity is None and (counted_on := counting.goes_on(self.ground, self.key)):
            yield Piece("count", counted_on, lets_go=False)
        if "not_null" in names:
            yield from self._not_null()
        elif ruled and (texts := tuple(heritage.proved(self.ground, self.key))):
            yield Piece("not null", texts, lets_go=False)
        if retyped:  # which sets both back
            names |= {"storage", "compression"}
        yield from self._rest(names, retyped=retyped)

    def _comes_from_above(self, name: str) -> bool:
        relation = _relation(self.ground, self.key)
        if name in ("type", "collation") and above.of_type(self.ground, relation) is not None:
            return True
        if name == "default" and not self.after.generated:
            return False
        if name == "not_null" and self.before.not_null is None and self._has_rule_first():
            return False
        if name == "not_null" and self.after.not_null is None and self._may_outlive():
            return False
        return above.same(self.ground, self.key, name, self.after)

    def _may_outlive(self) -> bool:
        """Tell whether NOT NULL may be a partition's own besides, and stay when that of the whole goes (18)."""
        return self.ground.b.catalog.version >= above.NAMED and heritage.is_of_partition(self.ground, self.key)

    def _has_rule_first(self) -> bool:
        """Tell whether NOT NULL has a name of its own, which one from above would not give it (18)."""
        uppers = above.columns(self.ground, self.key) if self.ground.b.catalog.version >= above.NAMED else ()
        return any(above.is_first(self.ground, self.key, upper) for upper in uppers)

    def _type(self, names: set[str]) -> Iterator[Piece]:
        text = _typed(self.ground, self.key, self.after, through_text=False)
        yield Piece("type", (text,), loses=_loses(self.ground, self.key, self.after))

    def _default(self, names: set[str], *, retyped: bool) -> Iterator[Piece]:
        before, after = self.before, self.after
        if before.generated and not after.generated:
            if "generated" in names:
                yield Piece("expression off", (f"{self.whole} DROP EXPRESSION",), takes=False)
            if after.default is not None:
                yield Piece("default", (f"{self.head} SET DEFAULT {after.default}",), lets_go=False)
        elif after.generated:
            if "default" in names:
                yield Piece("expression", (f"{self.whole} SET EXPRESSION AS ({after.default})",))
        elif retyped and before.default is not None:
            yield from default_anew(self.ground, self.key)
        elif "default" in names:
            said = f"SET DEFAULT {after.default}" if after.default is not None else "DROP DEFAULT"
            yield Piece("default", (f"{self.head} {said}",))

    def _identity(self) -> Iterator[Piece]:
        before, after = self.before.identity, self.after.identity
        if before is None and after is not None:
            relation = self.ground.b.catalog.objects.get(_relation(self.ground, self.key))
            persistence = relation.persistence if isinstance(relation, Table) else "p"
            text = f"{_head(self.ground, self.key, only=False)} ADD {sequences.identity(after, persistence)}"
            typed = sequences.unlike(after, self.after.type)
            yield Piece("identity", (text, *typed, *counting.goes_on(self.ground, self.key)), lets_go=False)
        elif after is None:
            whole = _head(self.ground, self.key, only=False)
            yield Piece("identity off", (f"{whole} DROP IDENTITY",), takes=False)
        elif before is not None:
            whole, retyped = _head(self.ground, self.key, only=False), self.before.type != self.after.type
            yield Piece("identity", tuple(_identity(whole, before, after, self.after.type if retyped else "")))

    def _not_null(self) -> Iterator[Piece]:
        before, after = self.before.not_null, self.after.not_null
        table = _line(self.ground, self.key)
        if after is None:
            yield Piece("not null off", tuple(heritage.taken_off(self.ground, self.key, self.whole)), takes=False)
        elif before is None:
            yield Piece("not null", (self._set_not_null(table),), lets_go=False)
        else:
            yield Piece("not null", tuple(self._not_null_altered(table)), lets_go=False)

    def _set_not_null(self, table: str) -> str:
        after = self.after.not_null
        assert after is not None
        name = after.name or f"{self.key.parent}_{self.key.name}_not_null"
        by_itself = not after.name and after.validated and not after.no_inherit
        if self.ground.b.catalog.version < 180000 or (by_itself and not self.ground.is_taken(self.key.schema, name)):
            return f"{self.whole} SET NOT NULL"
        ending = (" NO INHERIT" if after.no_inherit else "") + ("" if after.validated else " NOT VALID")
        return f"{table} ADD CONSTRAINT {ident(name)} NOT NULL {ident(self.key.name)}{ending}"

    def _not_null_altered(self, table: str) -> Iterator[str]:
        before, after = self.before.not_null, self.after.not_null
        assert before is not None
        assert after is not None
        was, now = self._not_null_name(self.ground.a.catalog.version, before.name), self._not_null_name(0, after.name)
        if was != now:
            yield f"{table} RENAME CONSTRAINT {ident(was)} TO {ident(now)}"
        if before.no_inherit != after.no_inherit:
            yield f"{table} ALTER CONSTRAINT {ident(now)} {'NO INHERIT' if after.no_inherit else 'INHERIT'}"
        if after.local and not before.local and self.ground.b.catalog.version >= above.NAMED:
            yield f"{self.head} SET NOT NULL"
        if after.validated and not before.validated:
            yield f"{table} VALIDATE CONSTRAINT {ident(now)}"
        elif before.validated and not after.validated:
            yield f"{self.whole} DROP NOT NULL"
            yield self._set_not_null(table)
        if before.comment != after.comment:
            text = "NULL" if after.comment is None else literal(after.comment)
            yield f"COMMENT ON CONSTRAINT {ident(now)} ON {_dotted(self.ground, self.key)} IS {text}"

    def _not_null_name(self, version: int, name: str) -> str:
        return name or f"{self.key.parent}_{self.key.name}_not_null"

    def _rest(self, names: set[str], *, retyped: bool) -> Iterator[Piece]:
        texts = []
        after = self.after
        if "storage" in names and not (retyped and after.storage is None):
            word = STORAGES[after.storage] if after.storage is not None else self._usual_storage()
            texts.append(f"{self.head} SET STORAGE {word}")
        if "compression" in names and not (retyped and not after.compression):
            texts.append(f"{self.head} SET COMPRESSION {COMPRESSIONS.get(after.compression, 'default')}")
        if "statistics" in names:
            texts.append(f"{self.head} SET STATISTICS {-1 if after.statistics is None else after.statistics}")
        if "options" in names:
            texts += reset_and_set(self.head, self.before.options, after.options)
        if "fdw_options" in names:
            texts.append(f"{self.head} {fdw_changed(self.before.fdw_options, after.fdw_options)}")
        if texts:
            yield Piece("rest", tuple(texts), lets_go=False)

    def _usual_storage(self) -> str:
        if self.ground.b.catalog.version >= 160000:
            return "DEFAULT"
        needed = map(self.ground.b.catalog.objects.get, self.ground.b.needed.get(self.key, ()))
        if any(isinstance(each, Enum) for each in needed) and not self.after.type.endswith("[]"):
            return "PLAIN"
        return "MAIN" if self.after.type.startswith(("numeric", "inet", "cidr")) else "EXTENDED"


def _identity(head: str, before: Identity, after: Identity, type_: str) -> Iterator[str]:
    """Return how an identity is altered; `type_` is the column's new one, which its sequence takes over."""
    if before.always != after.always:
        yield f"{head} SET GENERATED {'ALWAYS' if after.always else 'BY DEFAULT'}"
    if before.sequence != after.sequence:
        old = dotted(before.sequence.schema, before.sequence.name)
        if before.sequence.name != after.sequence.name:
            yield f"ALTER SEQUENCE {old} RENAME TO {ident(after.sequence.name)}"
    if (type_ or before.options.type) != after.options.type:
        yield f"ALTER SEQUENCE {dotted(after.sequence.schema, after.sequence.name)} AS {after.options.type}"
    said = counted(before.options, after.options, of_column=True)
    if said:
        yield from moved(after.sequence, before.options, after.options)
        # RESTART is the one that stands without SET.
        yield f"{head}{''.join(f' {each}' if each.startswith('RESTART') else f' SET {each}' for each in said)}"
    if before.persistence != after.persistence and after.persistence is not None:
        logged = "UNLOGGED" if after.persistence == "u" else "LOGGED"
        yield f"ALTER SEQUENCE {dotted(after.sequence.schema, after.sequence.name)} SET {logged}"


def _typed(ground: Ground, key: Key, now: Column, *, through_text: bool, value: str = "") -> str:
    """Return ALTER COLUMN … TYPE; through text where the server knows no way by itself, if `value` says no other."""
    collation = f" COLLATE {now.collation}" if now.collation else ""
    name = ident(key.name)
    was = ground.a.column(key)
    using = casting.through_text if through_text else casting.using
    bases = base(ground.a, key), base(ground.b, key)
    way = casting.of_domains(name, bases, now.type) if was is not None and bases != (was.type, now.type) else ""
    way = way or using(name, was.type if was is not None else "", now.type)
    relation = _relation(ground, key)
    head = f"{_line(ground, key)} ALTER COLUMN {name}"
    if relation.kind is Kind.FOREIGN_TABLE:
        way = ""
    elif value and way:
        way = f" USING {value}"
    return f"{head} TYPE {now.type}{collation}{way}"


def _loses(ground: Ground, key: Key, now: Column) -> str:
    narrows = casting.narrows(base(ground.a, key), base(ground.b, key))
    return f"what does not fit into {now.type}" if narrows else ""


def _only_dropped(before: Column, after: Column) -> bool:
    """Tell whether a stored expression is only taken off, which keeps the values."""
    return before.generated == "s" and not after.generated


def _relation(ground: Ground, key: Key) -> Key:
    found = ground.b.relation(key) or ground.a.relation(key)
    assert found is not None
    return found


def _dotted(ground: Ground, key: Key) -> str:
    relation = _relation(ground, key)
    return dotted(relation.schema, relation.name)


def sort_of(relation: Key) -> str:
    return {Kind.FOREIGN_TABLE: "FOREIGN TABLE", Kind.VIEW: "VIEW", Kind.MATERIALIZED_VIEW: "MATERIALIZED VIEW"}.get(
        relation.kind, "TABLE"
    )


def _line(ground: Ground, key: Key) -> str:
    """Return ALTER TABLE … for a column and the same one of all heirs, said where it comes from."""
    relation = lending.lender(ground, key) or _relation(ground, key)
    return f"ALTER {sort_of(relation)} {dotted(relation.schema, relation.name)}"


def _head(ground: Ground, key: Key, *, only: bool = True) -> str:
    relation = _relation(ground, key)
    alone = "ONLY " if only and relation.kind in (Kind.TABLE, Kind.FOREIGN_TABLE) else ""
    return f"ALTER {sort_of(relation)} {alone}{dotted(relation.schema, relation.name)} ALTER COLUMN {ident(key.name)}"


__all__ = [
    "ForeignTable",
    "Relation",
    "default_anew",
    "pieces",
    "retyped",
    "retyped_above",
]
