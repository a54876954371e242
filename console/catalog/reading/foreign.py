"""Builds wrappers, servers, user mappings, publications and subscriptions."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from console.catalog.model import (
    ForeignDataWrapper,
    Key,
    Kind,
    Option,
    Publication,
    PublishedTable,
    Server,
    Subscription,
    UserMapping,
)
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, named, secretless


def build(ground: Ground) -> None:
    """Add all objects of these kinds."""
    _wrappers(ground)
    _servers(ground)
    _mappings(ground)
    _publications(ground)
    _subscriptions(ground)


def _wrappers(ground: Ground) -> None:
    for oid, name, owner, handler, validator, entries in ground.rows["foreign_data_wrappers"]:
        if ground.ours(classes.FOREIGN_DATA_WRAPPER, oid):
            shown, hidden = secretless(entries)
            wrapper = ForeignDataWrapper(
                key=Key(Kind.FOREIGN_DATA_WRAPPER, "", name),
                handler=named(handler),
                validator=named(validator),
                options=shown,
                hidden=hidden,
                **ground.owned(classes.FOREIGN_DATA_WRAPPER, oid, owner),
            )
            ground.add(classes.FOREIGN_DATA_WRAPPER, wrapper)


def _servers(ground: Ground) -> None:
    for oid, name, owner, wrapper, kind, version, entries in ground.rows["servers"]:
        if ground.ours(classes.FOREIGN_SERVER, oid):
            shown, hidden = secretless(entries)
            server = Server(
                key=Key(Kind.SERVER, "", name),
                wrapper=wrapper,
                type=kind,
                version=version,
                options=shown,
                hidden=hidden,
                **ground.owned(classes.FOREIGN_SERVER, oid, owner),
            )
            ground.add(classes.FOREIGN_SERVER, server)


def _mappings(ground: Ground) -> None:
    for oid, user, server, entries, kept in ground.rows["user_mappings"]:
        shown, hidden = secretless(entries)
        mapping = UserMapping(
            key=Key(Kind.USER_MAPPING, "", user, server),
            oid=oid,
            user=user,
            server=server,
            options=shown,
            hidden=hidden,
            kept=kept,
        )
        ground.add(classes.USER_MAPPING, mapping)


def _publications(ground: Ground) -> None:
    tables = _published_tables(ground)
    schemas: dict[int, list[str]] = defaultdict(list)
    for _, publication, schema in ground.rows["publication_schemas_15"]:
        if schema in ground.schemas:
            schemas[publication].append(ground.schemas[schema])
    for oid, name, owner, all_tables, operations, via_root, generated in ground.rows["publications"]:
        if not ground.ours(classes.PUBLICATION, oid):
            continue
        value = Publication(
            key=Key(Kind.PUBLICATION, "", name),
            owner=ground.role(owner),
            all_tables=all_tables,
            operations=tuple(operations),
            via_root=via_root,
            generated=generated,
            tables=tuple(sorted(tables[oid], key=lambda table: table.table)),
            schemas=tuple(sorted(schemas[oid])),
            security_labels=ground.labels.get((classes.PUBLICATION, oid, 0), ()),
            **ground.note(classes.PUBLICATION, oid),
        )
        ground.add(classes.PUBLICATION, value)
    for catalog, rows in (
        (classes.PUBLICATION_REL, "publication_tables"),
        (classes.PUBLICATION_NAMESPACE, "publication_schemas_15"),
    ):
        for oid, publication, _ in ground.rows[rows]:
            if (classes.PUBLICATION, publication) in ground.keys:
                ground.keys[catalog, oid] = ground.keys[classes.PUBLICATION, publication]


def _published_tables(ground: Ground) -> dict[int, list[PublishedTable]]:
    tables: dict[int, list[PublishedTable]] = defaultdict(list)
    narrower = {oid: (numbers, where) for oid, numbers, where in ground.rows["publication_tables_15"]}
    for oid, publication, relation in ground.rows["publication_tables"]:
        table = ground.relation(relation)
        if table is not None:
            numbers, where = narrower.get(oid, (None, None))
            columns = ground.column_names(relation, numbers) if numbers else None
            tables[publication].append(PublishedTable(table=table, columns=columns, where=where))
    return tables


def _subscriptions(ground: Ground) -> None:
    newer: dict[int, list[Option]] = defaultdict(list)
    for rows, names in _NEWER:
        for oid, *values in ground.rows[rows]:
            newer[oid].extend(Option(name, _said(value)) for name, value in zip(names, values, strict=True))
    for row in ground.rows["subscriptions"]:
        oid, name, owner, enabled, publications, slot, binary, streaming, commit = row
        older = [Option("binary", binary), Option("streaming", streaming), Option("synchronous_commit", commit)]
        subscription = Subscription(
            key=Key(Kind.SUBSCRIPTION, "", name),
            owner=ground.role(owner),
            enabled=enabled,
            publications=tuple(publications),
            slot=slot,
            options=tuple(sorted([*older, *newer[oid]])),
            security_labels=ground.labels.get((classes.SUBSCRIPTION, oid, 0), ()),
            **ground.note(classes.SUBSCRIPTION, oid),
        )
        ground.add(classes.SUBSCRIPTION, subscription)


_NEWER = (
    ("subscriptions_15", ("two_phase", "disable_on_error")),
    ("subscriptions_16", ("password_required", "run_as_owner", "origin")),
    ("subscriptions_17", ("failover",)),
)


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
