"""Statements for foreign data and replication: wrappers, servers, user mappings, publications, subscriptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.catalog.ddl.naming import described
from console.catalog.model import (
    ForeignDataWrapper,
    Option,
    Publication,
    PublishedTable,
    Server,
    Subscription,
    UserMapping,
)
from console.sql.quoting import dotted, ident, listed, literal

_GENERATED = {"s": "stored"}
_STREAMING = {"f": "off", "false": "off", "t": "on", "true": "on", "p": "parallel"}


def options(entries: Sequence[Option]) -> str:
    """Return ` OPTIONS (…)`, nothing when there are none."""
    said = ", ".join(f"{ident(option.name)} {literal(option.value)}" for option in entries)
    return f" OPTIONS ({said})" if said else ""


def wrapper(made: ForeignDataWrapper) -> Iterator[str]:
    """Create a foreign data wrapper."""
    handler = f" HANDLER {made.handler}" if made.handler else ""
    validator = f" VALIDATOR {made.validator}" if made.validator else ""
    yield f"CREATE FOREIGN DATA WRAPPER {ident(made.key.name)}{handler}{validator}{options(made.options)}"


def server(made: Server) -> Iterator[str]:
    """Create a foreign server."""
    kind = f" TYPE {literal(made.type)}" if made.type is not None else ""
    version = f" VERSION {literal(made.version)}" if made.version is not None else ""
    through = f" FOREIGN DATA WRAPPER {ident(made.wrapper)}"
    yield f"CREATE SERVER {ident(made.key.name)}{kind}{version}{through}{options(made.options)}"


def user_mapping(made: UserMapping) -> Iterator[str]:
    """Create a user mapping without its secrets."""
    yield f"CREATE {described(made)}{options(made.options)}"


def publication(made: Publication) -> Iterator[str]:
    """Create a publication."""
    said = {"publish": literal(", ".join(made.operations))}
    if made.via_root:
        said["publish_via_partition_root"] = "true"
    if made.generated in _GENERATED:
        said["publish_generated_columns"] = _GENERATED[made.generated]
    given = ", ".join(f"{word} = {value}" for word, value in said.items())
    yield f"CREATE PUBLICATION {ident(made.key.name)}{published(made)} WITH ({given})"


def published(made: Publication) -> str:
    """Return what a publication is for: ` FOR TABLE …`, empty for nothing."""
    if made.all_tables:
        return " FOR ALL TABLES"
    tables = ["TABLE " * (not place) + f"ONLY {_table(each)}" for place, each in enumerate(made.tables)]
    schemas = [f"TABLES IN SCHEMA {listed(made.schemas)}"] if made.schemas else []
    return " FOR " + ", ".join([*tables, *schemas]) if tables or schemas else ""


def _table(each: PublishedTable) -> str:
    columns = f" ({listed(each.columns)})" if each.columns is not None else ""
    where = f" WHERE ({each.where})" if each.where is not None else ""
    return f"{dotted(each.table.schema, each.table.name)}{columns}{where}"


def subscription(made: Subscription) -> Iterator[str]:
    """Create a subscription, disabled and without its connection string, which is a secret."""
    said = {"connect": "false", "slot_name": literal(made.slot) if made.slot else "NONE"}
    said |= {option.name: subscription_value(option) for option in made.options if not _usual(option)}
    given = ", ".join(f"{word} = {value}" for word, value in said.items())
    publications = listed(made.publications)
    yield f"CREATE SUBSCRIPTION {ident(made.key.name)} CONNECTION '' PUBLICATION {publications} WITH ({given})"


def subscription_value(option: Option) -> str:
    """Return the value of an option of a subscription, as WITH (…) takes it."""
    match option.name:
        case "streaming":
            return _STREAMING[option.value]
        case "two_phase":
            return "true"
        case _:
            return literal(option.value)


def _usual(option: Option) -> bool:
    """Tell whether an option is off; two_phase is "d" where it is."""
    return option.name == "two_phase" and option.value == "d"
