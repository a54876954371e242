"""Which kind of object comes first where nothing else decides: as people read a schema, from the ground up."""

from __future__ import annotations

from console.catalog.ddl.steps import Stage, Step
from console.catalog.model import Catalog, Constraint, Key, Kind, MaterializedView, Sequence

# The order of kinds where nothing else decides. Event triggers come last: they would fire for what follows them.
_RANKS = {
    kind: rank
    for rank, kind in enumerate(
        (
            Kind.DATABASE,
            Kind.SCHEMA,
            Kind.LANGUAGE,
            Kind.EXTENSION,
            Kind.ACCESS_METHOD,
            Kind.COLLATION,
            Kind.TYPE,
            Kind.DOMAIN,
            Kind.SEQUENCE,
            Kind.FUNCTION,
            Kind.PROCEDURE,
            Kind.AGGREGATE,
            Kind.OPERATOR,
            Kind.OPERATOR_FAMILY,
            Kind.OPERATOR_CLASS,
            Kind.CAST,
            Kind.TRANSFORM,
            Kind.CONVERSION,
            Kind.TEXT_SEARCH_PARSER,
            Kind.TEXT_SEARCH_TEMPLATE,
            Kind.TEXT_SEARCH_DICTIONARY,
            Kind.TEXT_SEARCH_CONFIGURATION,
            Kind.FOREIGN_DATA_WRAPPER,
            Kind.SERVER,
            Kind.USER_MAPPING,
            Kind.TABLE,
            Kind.FOREIGN_TABLE,
            Kind.CONSTRAINT,
            Kind.INDEX,
            Kind.STATISTICS,
            Kind.VIEW,
            Kind.MATERIALIZED_VIEW,
            Kind.RULE,
            Kind.TRIGGER,
            Kind.POLICY,
            Kind.PUBLICATION,
            Kind.SUBSCRIPTION,
            Kind.LARGE_OBJECT,
            Kind.DEFAULT_PRIVILEGES,
            Kind.EVENT_TRIGGER,
        )
    )
}
_BEFORE_EVENT_TRIGGERS = _RANKS[Kind.EVENT_TRIGGER] - 0.5
_AFTER_INDEXES = _RANKS[Kind.INDEX] + 0.5


def of_kind(kind: Kind) -> float:
    """Return the place of a kind; a column stands right behind the tables."""
    return _RANKS[Kind.FOREIGN_TABLE] + 0.5 if kind is Kind.COLUMN else _RANKS.get(kind, len(_RANKS))


def rank(catalog: Catalog, step: Step) -> tuple[float, str, str, Key, Stage]:
    """Return what to sort steps by."""
    made = catalog.objects[step.key]
    place: float = _RANKS[step.key.kind]
    if isinstance(made, Constraint):
        # A foreign key takes up the first index that fits: primary keys come first.
        place = _AFTER_INDEXES if made.type == "f" else place + "puxc".index(made.type) / 10
    elif isinstance(made, MaterializedView) and step.stage is Stage.REST:
        place = _BEFORE_EVENT_TRIGGERS
    elif isinstance(made, Sequence) and step.stage is Stage.REST:
        place = _RANKS[Kind.FOREIGN_TABLE] + 0.5
    return place, step.key.schema, step.key.name, step.key, step.stage
