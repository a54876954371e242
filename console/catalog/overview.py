"""A catalog at a glance, as lines of plain text: schemas, what is in them by kind, and how large it is.

What is counted is the database's own: of what belongs to extensions or the system, only changed privileges are known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from console import text
from console.catalog.model import (
    Catalog,
    Constraint,
    Database,
    Extension,
    Key,
    Kind,
    Member,
    Object,
    Relation,
    Routine,
)
from console.catalog.model import Sequence as DatabaseSequence
from console.catalog.system import Standing, standing

_SHOWN = {
    Kind.TABLE: "tables",
    Kind.FOREIGN_TABLE: "foreign tables",
    Kind.VIEW: "views",
    Kind.MATERIALIZED_VIEW: "materialised views",
    Kind.FUNCTION: "functions",
    Kind.PROCEDURE: "procedures",
    Kind.AGGREGATE: "aggregates",
    Kind.TYPE: "types",
    Kind.DOMAIN: "domains",
    Kind.SEQUENCE: "sequences",
}
_INSIDE = frozenset({Kind.SCHEMA, Kind.CONSTRAINT, Kind.INDEX, Kind.TRIGGER, Kind.POLICY, Kind.RULE, *_SHOWN})
_PARTS = (
    (Kind.INDEX, "index", "indexes"),
    (Kind.TRIGGER, "trigger", "triggers"),
    (Kind.POLICY, "policy", "policies"),
    (Kind.RULE, "rule", "rules"),
)


def lines(catalog: Catalog, *, provider: str = "", folded: bool = True) -> Iterator[str]:
    """Return the lines; schemas of the provider and of extensions are one line each while `folded`."""
    schemas = _by_schema(catalog)
    parts = _count_parts(catalog)
    yield _head(catalog)
    yield from (_extension(each) for each in catalog.of(Extension))
    for schema in sorted(schemas):
        whose = standing(schema, provider)
        yield ""
        if folded and whose is not Standing.USER:
            yield f"{text.sanitize(schema)}  {text.plural(len(schemas[schema]), 'object')}, folded away ({whose}'s)"
        else:
            yield f"{text.sanitize(schema)}{_of_extensions(catalog, schema) if not schemas[schema] else ''}"
            yield from _schema(catalog, schemas[schema], parts)
    yield from _others(catalog)
    yield from _locked(catalog)


def summary(catalog: Catalog) -> str:
    """Say in a line how much there is of what."""
    counts = Counter(made.key.kind for made in _own(catalog))
    said = (text.plural(counts[kind], kind) for kind in (Kind.SCHEMA, Kind.TABLE, Kind.VIEW, Kind.FUNCTION))
    others = len(catalog.objects) - counts.total()
    changed = f", and changed privileges on {others} of extensions or the system" if others else ""
    return f"{', '.join(said)}; {text.plural(counts.total(), 'object')} in all{changed}"


def _own(catalog: Catalog) -> Iterator[Object]:
    """Iterate over what is neither an extension's nor the system's."""
    for made in catalog.objects.values():
        if not isinstance(made, Member) or made.key.kind is Kind.LARGE_OBJECT:
            yield made


def _head(catalog: Catalog) -> str:
    name = next((database.name for database in catalog.of(Database)), "")
    taken = sum(measure.bytes for key, measure in catalog.measures.items() if key in catalog.objects)
    said = f"PostgreSQL {catalog.version // 10000}.{catalog.version % 10000} · {summary(catalog)} · {text.size(taken)}"
    return f"{text.sanitize(name)}  {said}" if name else said


def _extension(made: Extension) -> str:
    return f"extension {text.sanitize(made.key.name)} {text.sanitize(made.version)} in {text.sanitize(made.schema)}"


def _of_extensions(catalog: Catalog, schema: str) -> str:
    """Say of a schema with nothing of its own which extensions are in it."""
    names = ", ".join(text.sanitize(each.key.name) for each in catalog.of(Extension) if each.schema == schema)
    return f"  nothing of its own, only of {names}" if names else ""


def _by_schema(catalog: Catalog) -> dict[str, list[Object]]:
    found: defaultdict[str, list[Object]] = defaultdict(list)
    for made in _own(catalog):
        if made.key.kind is Kind.SCHEMA:
            found[made.key.name]  # an empty schema is one too
        elif made.key.schema:
            found[made.key.schema].append(made)
    return found


def _count_parts(catalog: Catalog) -> Counter[tuple[str, str, Kind]]:
    """Count what belongs to each relation, by its schema and name."""
    tables = (getattr(made, "table", None) for made in catalog.objects.values())
    return Counter(
        (table.schema, table.name, made.key.kind)
        for made, table in zip(catalog.objects.values(), tables, strict=True)
        if isinstance(table, Key) and not isinstance(made, Constraint)
    )


def _schema(catalog: Catalog, objects: Sequence[Object], parts: Counter[tuple[str, str, Kind]]) -> Iterator[str]:
    for kind, title in _SHOWN.items():
        some = [made for made in objects if made.key.kind is kind and not _is_of_column(made)]
        if some:
            yield f"  {title} {len(some)}"
            yield from _aligned([(_called(made), _about(catalog, made, parts)) for made in some])


def _is_of_column(made: Object) -> bool:
    return isinstance(made, DatabaseSequence) and made.owned_by is not None


def _called(made: Object) -> str:
    arguments = f"({made.key.args})" if isinstance(made, Routine) or made.key.kind is Kind.AGGREGATE else ""
    return text.sanitize(made.key.name + arguments)


def _about(catalog: Catalog, made: Object, parts: Counter[tuple[str, str, Kind]]) -> str:
    said: list[str] = []
    if isinstance(made, Relation):
        said.append(text.plural(len(made.columns), "column"))
        for kind, one, many in _PARTS:
            count = parts[made.key.schema, made.key.name, kind]
            said += [text.plural(count, one, many)] if count else []
    elif isinstance(made, Routine) and made.result:
        said.append(text.sanitize(made.result))
    measure = catalog.measures.get(made.key)
    if measure is not None and made.key.kind in (Kind.TABLE, Kind.MATERIALIZED_VIEW):
        rows = "never counted" if measure.rows is None else f"about {text.count(measure.rows)} rows"
        said += [rows, text.size(measure.bytes)]
    if made.key in catalog.locked:
        said.append(f"locked by pid {catalog.locked[made.key]}")
    return " · ".join(said)


def _aligned(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    width = min(max(len(name) for name, _ in rows), 40)
    yield from (f"    {name:<{width}}  {about}".rstrip() for name, about in rows)


def _others(catalog: Catalog) -> Iterator[str]:
    """Name what stands in no schema, or is of a kind too rare for a heading."""
    rare = set(Kind) - _INSIDE - {Kind.DATABASE, Kind.EXTENSION}
    kinds = Counter(made.key.kind for made in _own(catalog) if made.key.kind in rare)
    if kinds:
        yield ""
        yield "also " + ", ".join(text.plural(count, kind, _many(kind)) for kind, count in sorted(kinds.items()))


def _many(kind: Kind) -> str:
    """Return the plural of a kind.

    >>> _many(Kind.CAST), _many(Kind.OPERATOR_FAMILY), _many(Kind.OPERATOR_CLASS), _many(Kind.STATISTICS)
    ('casts', 'operator families', 'operator classes', 'statistics')
    """
    if kind in (Kind.STATISTICS, Kind.DEFAULT_PRIVILEGES):
        return kind.value
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def _locked(catalog: Catalog) -> Iterator[str]:
    if catalog.locked:
        yield ""
        yield "Locked, so that not everything about them could be read:"
        yield from (f"  {key.kind} {text.sanitize(str(key))} by pid {pid}" for key, pid in catalog.locked.items())
