"""A view that stays: CREATE OR REPLACE where its columns allow it, options and defaults of columns."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl import finishing, grants
from console.catalog.ddl import views as making
from console.catalog.ddl.columns import default
from console.catalog.model import Column, MaterializedView, View
from console.drift.altering.options import all_options, reset_and_set
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a view is altered; None when its columns are others."""
    before, after = change.before, change.after
    assert isinstance(before, View)
    assert isinstance(after, View)
    names = {each.attribute for each in change.differences}
    if "definition" in names:
        if not _only_longer(before, after):
            return None
        definition = Piece("definition", tuple(making.view(after, replacing=True))[:1])
        more = tuple(_described(ground, after, after.columns[len(before.columns) :]))
        added = (Piece("columns", more, lets_go=False),) if more else ()
        return (definition, *_options(before, after, names), *added)
    return tuple(_options(before, after, names))


def materialized(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a materialised view is altered; None when its query is another."""
    before, after = change.before, change.after
    assert isinstance(before, MaterializedView)
    assert isinstance(after, MaterializedView)
    names = {each.attribute for each in change.differences}
    if names - {"options", "toast_options", "populated", "access_method", "tablespace"}:
        return None
    if "access_method" in names and ground.b.catalog.version < 150000:
        return None
    texts = tuple(_settings(before, after, names))
    found = [Piece("rest", texts)] if texts else []
    if "populated" in names:
        filled = "" if after.populated else " WITH NO DATA"
        refreshed = f"REFRESH MATERIALIZED VIEW {dotted(after.key.schema, after.key.name)}{filled}"
        found.append(Piece("populated", (refreshed,)))
    return tuple(found)


def _settings(before: MaterializedView, after: MaterializedView, names: set[str]) -> Iterator[str]:
    head = f"ALTER MATERIALIZED VIEW {dotted(after.key.schema, after.key.name)}"
    if "access_method" in names:
        yield f"{head} SET ACCESS METHOD {ident(after.access_method or 'heap')}"
    if "tablespace" in names:
        yield f"{head} SET TABLESPACE {ident(after.tablespace or 'pg_default')}"
    yield from reset_and_set(head, all_options(before), all_options(after))


def _described(ground: Ground, made: View, columns: tuple[Column, ...]) -> Iterator[str]:
    """Say what is to be said of columns that are new in a view: defaults, comments, labels, privileges."""
    head = f"VIEW {dotted(made.key.schema, made.key.name)}"
    for column in columns:
        if column.default is not None:
            yield default(head, column)
        yield from finishing.on_column(made.key, column)
        yield from finishing.column_labels(made.key, column)
    if ground.scope.grants:
        yield from grants.columns(made.key, columns)


def _only_longer(before: View, after: View) -> bool:
    was = [(column.name, column.type, column.collation) for column in before.columns]
    now = [(column.name, column.type, column.collation) for column in after.columns]
    return now[: len(was)] == was


def _options(before: View, after: View, names: set[str]) -> Iterator[Piece]:
    if "options" in names:
        head = f"ALTER VIEW {dotted(after.key.schema, after.key.name)}"
        texts = tuple(reset_and_set(head, before.options, after.options))
        if texts:
            yield Piece("options", texts)
