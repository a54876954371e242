"""Statements for triggers, event triggers, rules and policies."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.model import EventTrigger, Kind, Policy, Rule, Trigger
from console.sql.quoting import dotted, ident, listed, literal

_FIRING = {"D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}
_RELATIONS = {Kind.VIEW: "VIEW", Kind.MATERIALIZED_VIEW: "MATERIALIZED VIEW", Kind.FOREIGN_TABLE: "FOREIGN TABLE"}


def trigger(made: Trigger, usual: str = "O") -> Iterator[str]:
    """Create a trigger; a partition's comes with the partitioned table's and only differs in when it fires."""
    if made.definition is not None and made.parent is None:
        yield made.definition
    if made.enabled != usual:
        yield f"{_altered(made)} {_FIRING.get(made.enabled, 'ENABLE')} TRIGGER {ident(made.key.name)}"


def rule(made: Rule) -> Iterator[str]:
    """Create a rewrite rule."""
    if made.definition is None:
        return
    yield made.definition.rstrip(";")
    if made.enabled != "O":
        yield f"{_altered(made)} {_FIRING[made.enabled]} RULE {ident(made.key.name)}"


def _altered(made: Trigger | Rule) -> str:
    """Return ALTER TABLE, which for triggers and rules takes relations of every sort."""
    return f"ALTER TABLE {dotted(made.table.schema, made.table.name)}"


def event_trigger(made: EventTrigger) -> Iterator[str]:
    """Create an event trigger."""
    tags = f" WHEN TAG IN ({', '.join(literal(tag) for tag in made.tags)})" if made.tags else ""
    yield f"CREATE EVENT TRIGGER {ident(made.key.name)} ON {made.event}{tags} EXECUTE FUNCTION {made.function}()"
    if made.enabled != "O":
        yield f"ALTER EVENT TRIGGER {ident(made.key.name)} {_FIRING[made.enabled]}"


def policy(made: Policy) -> Iterator[str]:
    """Create a row-security policy."""
    if made.locked:
        return
    kind = "" if made.permissive else " AS RESTRICTIVE"
    command = f" FOR {made.command}" if made.command != "ALL" else ""
    roles = f" TO {listed(made.roles)}" if made.roles else ""
    using = f" USING ({made.using})" if made.using is not None else ""
    check = f" WITH CHECK ({made.check})" if made.check is not None else ""
    table = dotted(made.table.schema, made.table.name)
    yield f"CREATE POLICY {ident(made.key.name)} ON {table}{kind}{command}{roles}{using}{check}"
