"""A subscription that stays: it keeps its connection, which is a secret and never read."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl.foreign import subscription_value
from console.catalog.model import Subscription
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import ident, listed, literal


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a subscription is altered; None when an option goes that cannot be said otherwise."""
    before, after = change.before, change.after
    assert isinstance(before, Subscription)
    assert isinstance(after, Subscription)
    if {each.name for each in before.options} != {each.name for each in after.options}:
        return None
    texts = tuple(_texts(before, after))
    return (Piece("rest", texts),) if texts else ()


def _texts(before: Subscription, after: Subscription) -> Iterator[str]:
    """It is switched off before the rest is said, and on behind it."""
    head = f"ALTER SUBSCRIPTION {ident(after.key.name)}"
    if before.enabled and not after.enabled:
        yield f"{head} DISABLE"
    said = [f"{each.name} = {subscription_value(each)}" for each in after.options if each not in before.options]
    if before.slot != after.slot:
        said.insert(0, f"slot_name = {literal(after.slot) if after.slot else 'NONE'}")
    if said:
        yield f"{head} SET ({', '.join(said)})"
    if before.publications != after.publications:
        yield f"{head} SET PUBLICATION {listed(after.publications)} WITH (refresh = false)"
    if after.enabled and not before.enabled:
        yield f"{head} ENABLE"
