"""The JSON shape of an audit. Pure."""

from __future__ import annotations

from console.catalog.model import Key
from console.migrations.audit.facts import Audit, ExtensionFound, Found, Item, TableFound
from console.migrations.audit.summary import summary
from console.text import sanitize

Shape = dict[str, object]


def of(audit: Audit) -> Shape:
    """Return what stands in `targets` of the document for a target that was audited, but how its turn went."""
    found = audit.comparison
    return {
        "summary": summary(audit),
        "server": audit.server,
        "database": audit.database,
        "dir": sanitize(str(audit.folder)),
        "migrations": audit.migrations,
        "pending": list(audit.pending),
        "shadow": {"version": audit.made_in, "comparable": audit.comparable},
        "exact": audit.exact,
        "expected": audit.total,
        **{status.value: audit.count(status) for status in Found if status is not Found.EXTRA},
        "success_rate": round(audit.rate, 1) if audit.rate is not None else None,
        "tables": [_table(each) for each in found.tables],
        "objects": [_item(each) for each in found.objects],
        "extensions": [_extension(each) for each in found.extensions],
        "besides": [_name(key) for key in found.besides],
    }


def _item(item: Item) -> Shape:
    return {
        "kind": item.key.kind.value,
        "name": _name(item.key),
        "status": item.status.value,
        "detail": item.detail or None,
        "migration": item.migration or None,
        "pending": item.pending,
    }


def _table(table: TableFound) -> Shape:
    return {
        **_item(table.item),
        "status": table.status.value,
        "rows": table.rows.number,
        "counted": table.rows.counted,
        "rows_reason": table.rows.reason or None,
        "columns": [_column(each) for each in table.columns],
    }


def _column(item: Item) -> Shape:
    shape = {**_item(item), "name": item.key.name, "type": item.found, "expected_type": item.expected}
    del shape["kind"]
    return shape


def _extension(each: ExtensionFound) -> Shape:
    shape = {**_item(each.item), "offer": each.offer.value, "version": each.version or None}
    del shape["kind"]
    return shape


def _name(key: Key) -> str:
    return str(key)
