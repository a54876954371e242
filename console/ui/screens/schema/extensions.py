"""What is known of an extension as lists for the grid: what it is, and what belongs to it; pure."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.extension import ExtensionDetail, ExtensionHead, MemberDetail
from console.catalog.key import Kind
from console.rows.source import Column
from console.sql.quoting import ident
from console.ui.screens.schema.lists import Facts, Lead, Tabled
from console.ui.screens.schema.nodes import plural
from console.ui.screens.schema.tabs import ABOUT, MEMBERS

_WITHOUT_LINE = frozenset({Kind.ACCESS_METHOD.value, Kind.CAST.value, Kind.TRANSFORM.value})  # they are in no tree


def facts(found: ExtensionDetail) -> Facts:
    """Lay an extension out."""
    head = found.head
    line = (f"{head.version} in schema {head.schema}", _newer(head), head.comment or "")
    return Facts({ABOUT: _about(found), MEMBERS: _members(found)}, " · ".join(part for part in line if part))


def _newer(head: ExtensionHead) -> str:
    return f"{head.newer} is available" if head.newer is not None else ""


def _about(found: ExtensionDetail) -> Tabled:
    columns = (Column("", plain=True), Column("extension", plain=True))
    return Tabled.of(columns, (((name, value), Lead(name, value)) for name, value in _lines(found) if value))


def _lines(found: ExtensionDetail) -> Iterator[tuple[str, str]]:
    head = found.head
    yield "version", head.version
    yield "available", _available(head)
    yield "schema", head.schema
    yield "owner", head.owner
    yield "needs", ", ".join(head.needs)
    yield "needed by", ", ".join(head.needed_by)
    yield "comment", head.comment or ""
    for kind, number in found.kinds:
        yield _plural(kind), f"{number:,}"


def _available(head: ExtensionHead) -> str:
    if head.available is None:
        return "the server has no files of it any more"
    if head.newer is not None:
        return f"{head.newer}; ALTER EXTENSION {ident(head.name)} UPDATE"
    if head.available == head.version:
        return "this is the newest that the server has"
    return f"the server's own files are older: {head.available}"


def _plural(kind: str) -> str:
    return plural(Kind(kind)) if kind in set(Kind) else f"{kind}s"


def _members(found: ExtensionDetail) -> Tabled:
    columns = (Column("kind", plain=True), Column("object", plain=True))
    return Tabled.of(columns, (((each.kind, each.name), _lead(each)) for each in found.members))


def _lead(member: MemberDetail) -> Lead:
    if member.kind in _WITHOUT_LINE:
        return Lead(member.name, f"{member.kind} {member.name}")
    return Lead(member.name, kind=member.kind, oid=member.oid)
