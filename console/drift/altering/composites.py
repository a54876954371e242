"""A composite type that stays: attributes added at its end, dropped, retyped where no column holds values of it."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Action, Change
from console.catalog.ddl.naming import described, name
from console.catalog.model import Attribute, Composite, Key
from console.drift.altering.stored import stored
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident, literal


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how attributes are altered; None when their order or stored values ask for another type.

    Typed tables follow with CASCADE.
    """
    before, after = change.before, change.after
    assert isinstance(before, Composite)
    assert isinstance(after, Composite)
    was, now = ({each.name: each for each in made.attributes} for made in (before, after))
    kept = [each for each in was if each in now]
    if [*kept, *(each for each in now if each not in was)] != list(now):
        return None
    retyped = [now[each] for each in kept if _shape(was[each]) != _shape(now[each])]
    if retyped and any(stored(ground.a, change.key)):
        return None
    return tuple(_pieces(before, after, retyped))


def stays(ground: Ground, key: Key) -> bool:
    """Tell whether a composite type is altered where it stands."""
    before, after = ground.a.catalog.objects.get(key), ground.b.catalog.objects.get(key)
    if not isinstance(before, Composite) or not isinstance(after, Composite):
        return False
    return before.attributes == after.attributes or pieces(ground, Change(Action.ALTER, key, before, after)) is not None


def _shape(attribute: Attribute) -> tuple[str, str | None]:
    return attribute.type, attribute.collation


def _pieces(before: Composite, after: Composite, retyped: list[Attribute]) -> Iterator[Piece]:
    was, now = ({each.name: each for each in made.attributes} for made in (before, after))
    head = f"ALTER {described(after)}"
    gone = tuple(f"{head} DROP ATTRIBUTE {ident(each)} CASCADE" for each in was if each not in now)
    if gone:
        yield Piece("attributes off", gone, takes=False, loses="the attribute's values")
    if retyped:
        yield Piece("type", tuple(f"{head} ALTER ATTRIBUTE {_defined(each, ' TYPE')} CASCADE" for each in retyped))
    come = tuple(f"{head} ADD ATTRIBUTE {_defined(each)} CASCADE" for each in after.attributes if each.name not in was)
    if come:
        yield Piece("add", come, lets_go=False)
    said = tuple(
        f"COMMENT ON COLUMN {dotted(after.key.schema, after.key.name, each.name)} IS {_text(each.comment)}"
        for each in after.attributes
        if each.comment != (was[each.name].comment if each.name in was else None)
    )
    if said:
        yield Piece("rest", said)


def _defined(attribute: Attribute, word: str = "") -> str:
    collation = f" COLLATE {attribute.collation}" if attribute.collation else ""
    return f"{ident(attribute.name)}{word} {attribute.type}{collation}"


def _text(comment: str | None) -> str:
    return "NULL" if comment is None else literal(comment)


def row(expression: str, before: Composite, after: Composite) -> str:
    """Return the expression that makes a value of another shape of one, attribute by attribute."""
    was = {each.name: each for each in before.attributes}
    fields = (_field(expression, was.get(each.name), each) for each in after.attributes)
    made = f"ROW({', '.join(fields)})::{name(after.key)}"
    return f"CASE WHEN {expression} IS NOT DISTINCT FROM NULL THEN NULL ELSE {made} END"


def _field(expression: str, was: Attribute | None, now: Attribute) -> str:
    if was is None:
        return f"NULL::{now.type}"
    value = f"({expression}).{ident(now.name)}"
    # A type that is no one's but the schema's own may have been made anew, too.
    return value if was.type == now.type and "." not in now.type else f"{value}::text::{now.type}"


def same_shape(before: Composite, after: Composite) -> bool:
    """Tell whether values of one are read as values of the other, attribute for attribute."""
    return [each.name for each in before.attributes] == [each.name for each in after.attributes]
