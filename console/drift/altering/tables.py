"""A table that stays: persistence, options, row security, replica identity, inheritance, partitions."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.model import Key, Table
from console.drift.altering import lending
from console.drift.altering.above import kept
from console.drift.altering.options import reset_and_set, toast_options
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident

_ANEW = frozenset({"partition_key"})
_REPLICA = {"d": "DEFAULT", "n": "NOTHING", "f": "FULL"}


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a table is altered; None when it has to be made anew, with its rows lost."""
    before, after = change.before, change.after
    assert isinstance(before, Table)
    assert isinstance(after, Table)
    names = {each.attribute for each in change.differences}
    if names & _ANEW or "t" in (before.persistence, after.persistence):
        return None
    if "of_type" in names and after.of_type is not None and not _fits(before, after):
        return None
    lent = lending.pieces(ground, after.key) if after.key in ground.lent else ()
    return (
        *(each for each in _pieces(before, after, names) if not lent or each.part not in ("apart", "together")),
        *lent,
    )


def _pieces(before: Table, after: Table, names: set[str]) -> Iterator[Piece]:
    head = f"ALTER TABLE {_name(after.key)}"
    if "of_type" in names:
        yield from _of_type(before, after)
    if names & {"partition_of", "partition_bound", "detaching", "inherits"}:
        yield from _between(before, after)
    texts = []
    if "persistence" in names:
        word = "UNLOGGED" if after.persistence == "u" else "LOGGED"
        yield Piece("persistence", (f"{head} SET {word}",))
    if "access_method" in names:
        texts.append(f"{head} SET ACCESS METHOD {_method(after)}")
    if "tablespace" in names:
        texts.append(f"{head} SET TABLESPACE {ident(after.tablespace or 'pg_default')}")
    if "options" in names:
        texts += reset_and_set(head, before.options, after.options)
    if "row_security" in names:
        texts.append(f"{head} {'ENABLE' if after.row_security else 'DISABLE'} ROW LEVEL SECURITY")
    if "force_row_security" in names:
        texts.append(f"{head} {'' if after.force_row_security else 'NO '}FORCE ROW LEVEL SECURITY")
    if "replica_identity" in names and after.replica_identity in _REPLICA:
        texts.append(f"{head} REPLICA IDENTITY {_REPLICA[after.replica_identity]}")
    if texts:
        yield Piece("rest", tuple(texts))
    if "toast_options" in names:
        yield Piece("toast", tuple(reset_and_set(head, toast_options(before), toast_options(after))))


def _method(made: Table) -> str:
    """Return the access method; a partitioned table may leave it to its partitions (17)."""
    if not made.access_method and made.partition_key is not None:
        return "DEFAULT"
    return ident(made.access_method or "heap")


def apart(ground: Ground, made: Table, parent: Key) -> tuple[Piece, ...] | None:
    """Return how a table outlives a parent that is made anew."""
    after = ground.b.catalog.objects.get(made.key)
    if not isinstance(after, Table) or parent not in (made.partition_of, *made.inherits):
        return None
    return lending.pieces(ground, made.key) if made.key in ground.lent else tuple(_between(made, after, parent))


def _fits(before: Table, after: Table) -> bool:
    """Tell whether the columns, those that come behind those that stay, stand in the order that a type asks for."""
    was, now = [each.name for each in before.columns], [each.name for each in after.columns]
    kept = [each for each in was if each in now]
    return [*kept, *(each for each in now if each not in was)] == now


def _of_type(before: Table, after: Table) -> Iterator[Piece]:
    """Leave a type's hold, and come under another's."""
    head = f"ALTER TABLE {_name(after.key)}"
    if before.of_type is not None:
        yield Piece("apart", (f"{head} NOT OF",), takes=False)
    if after.of_type is not None:
        yield Piece("together", (f"{head} OF {after.of_type}",), lets_go=False)


def loosened_from_type(ground: Ground, made: Table) -> tuple[Piece, ...] | None:
    """Return how a typed table outlives its type that is made anew."""
    after = ground.b.catalog.objects.get(made.key)
    if not isinstance(after, Table) or made.of_type is None or not (after.of_type is None or _fits(made, after)):
        return None
    return tuple(_of_type(made, after))


def _between(before: Table, after: Table, anew: Key | None = None) -> Iterator[Piece]:
    """Leave one place in the order of tables, and take another; `anew` is a parent that is not the same afterwards."""
    head = f"ALTER TABLE {_name(after.key)}"
    stay = kept([parent for parent in before.inherits if parent != anew], after.inherits)
    off = [f"{head} NO INHERIT {_name(parent)}" for parent in before.inherits if parent not in stay]
    on = [f"{head} INHERIT {_name(parent)}" for parent in after.inherits if parent not in stay]
    if before.partition_of is not None:
        off.append(f"ALTER TABLE {_name(before.partition_of)} DETACH PARTITION {_name(after.key)}")
    if after.partition_of is not None:
        on.append(
            f"ALTER TABLE {_name(after.partition_of)} ATTACH PARTITION {_name(after.key)} {after.partition_bound}"
        )
    if off:
        yield Piece("apart", tuple(off), takes=False)
    if on:
        yield Piece("together", tuple(on), lets_go=False)


def _name(key: Key) -> str:
    return dotted(key.schema, key.name)
