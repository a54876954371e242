"""The schema reference as Markdown: every schema with its tables, views, routines and types, ready for a repository."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from console.catalog.implied import is_clone
from console.catalog.marks import block, code, plain
from console.catalog.model import (
    Aggregate,
    Catalog,
    Column,
    Composite,
    Constraint,
    Database,
    Domain,
    Enum,
    Extension,
    ForeignTable,
    Index,
    Kind,
    MaterializedView,
    Member,
    Object,
    Policy,
    Range,
    Relation,
    Routine,
    Schema,
    Table,
    Trigger,
    View,
)
from console.catalog.model import (
    Sequence as DatabaseSequence,
)
from console.catalog.system import Standing, standing

_Parts = dict[tuple[str, str], list[Object]]


def render(catalog: Catalog, *, provider: str = "", folded: bool = True) -> str:
    """Return the reference of a catalog, without the schemas of the provider and of extensions while `folded`.

    Text of the database is sanitised and inert.
    """
    name = next((database.name for database in catalog.of(Database)), "") or "Schema"
    blocks = [f"# {plain(name)}", f"PostgreSQL {catalog.version // 10000}.", *_extensions(catalog)]
    parts = _parts(catalog)
    schemas: defaultdict[str, list[Object]] = defaultdict(list)
    for key, made in catalog.objects.items():
        if key.schema and not isinstance(made, Member):
            schemas[key.schema].append(made)
    for schema in catalog.of(Schema):
        if folded and standing(schema.key.name, provider) is not Standing.USER:
            continue
        blocks += _schema(schema, schemas[schema.key.name], parts)
        blocks += [] if schemas[schema.key.name] else _of_extensions(catalog, schema.key.name)
    return "\n\n".join(blocks) + "\n"


def _extensions(catalog: Catalog) -> Iterator[str]:
    rows = [(code(each.key.name), plain(each.version), code(each.schema)) for each in catalog.of(Extension)]
    if rows:
        yield "## Extensions"
        yield _table(("Extension", "Version", "Schema"), rows)


def _of_extensions(catalog: Catalog, schema: str) -> Iterator[str]:
    """Say of a schema with nothing of its own which extensions are in it."""
    names = ", ".join(code(each.key.name) for each in catalog.of(Extension) if each.schema == schema)
    if names:
        yield f"Nothing of its own, only of {names}."


def _parts(catalog: Catalog) -> _Parts:
    parts: _Parts = defaultdict(list)
    for made in catalog.objects.values():
        if isinstance(made, Constraint | Index | Policy | Trigger) and not is_clone(made):
            parts[made.table.schema, made.table.name].append(made)
    return parts


def _schema(schema: Schema, objects: Sequence[Object], parts: _Parts) -> Iterator[str]:
    yield f"## Schema {code(schema.key.name)}"
    yield from _comment(schema)
    for made in objects:
        if isinstance(made, Relation):
            yield from _relation(made, parts.get((made.key.schema, made.key.name), ()))
    yield from _routines([each for each in objects if isinstance(each, Routine | Aggregate)])
    yield from _types(objects)
    yield from _sequences([each for each in objects if isinstance(each, DatabaseSequence) and not each.owned_by])


_TITLES = {
    Kind.TABLE: "Table",
    Kind.FOREIGN_TABLE: "Foreign table",
    Kind.VIEW: "View",
    Kind.MATERIALIZED_VIEW: "Materialised view",
}


def _relation(made: Relation, parts: Sequence[Object]) -> Iterator[str]:
    yield f"### {_TITLES[made.key.kind]} {code(str(made.key))}"
    yield from _comment(made)
    yield from _standing(made)
    if made.columns:
        yield _table(COLUMN_HEAD, map(column_cells, made.columns))
    if isinstance(made, View | MaterializedView) and made.definition:
        yield block(made.definition)
    groups = {"Keys and checks": _constraints(parts), "Indexes": _indexes(parts)}
    groups |= {"Policies": _policies(parts), "Triggers": _triggers(parts)}
    for title, lines in groups.items():
        if lines:
            yield f"{title}:\n\n" + "\n".join(f"- {line}" for line in lines)


def _standing(made: Relation) -> Iterator[str]:
    """Say where a table stands among others."""
    if not isinstance(made, Table | ForeignTable):
        return
    if made.partition_of is not None:
        yield f"Partition of {code(str(made.partition_of))}: {code(made.partition_bound or '')}."
    elif made.inherits:
        yield f"Inherits {', '.join(code(str(parent)) for parent in made.inherits)}."
    if isinstance(made, Table) and made.partition_key:
        yield f"Partitioned by {code(made.partition_key)}."
    if isinstance(made, Table) and made.row_security:
        yield "Row-level security is on."


COLUMN_HEAD = ("Column", "Type", "Null", "Default", "Comment")


def column_cells(column: Column) -> tuple[str, ...]:
    """Return a column as the cells of a table that has COLUMN_HEAD."""
    default = code(column.default) if column.default else ""
    if column.generated:
        default = f"generated: {default}"
    if column.identity is not None:
        default = "identity"
    return (
        code(column.name),
        code(column.type),
        "no" if column.not_null else "yes",
        default,
        plain(column.comment or ""),
    )


def _constraints(parts: Sequence[Object]) -> list[str]:
    return [
        f"{code(each.key.name)}: {code(each.definition or 'locked')}{_remark(each)}"
        for each in parts
        if isinstance(each, Constraint)
    ]


def _indexes(parts: Sequence[Object]) -> list[str]:
    return [
        f"{code(each.key.name)}: {code(using(each.definition))}{_remark(each)}"
        for each in parts
        if isinstance(each, Index) and each.constraint is None
    ]


def using(definition: str | None) -> str:
    """Return what follows the table's name in CREATE INDEX, which is said above."""
    before, found, after = (definition or "locked").partition(" USING ")
    unique = "unique " if before.startswith("CREATE UNIQUE") else ""
    return f"{unique}{after if found else before}"


def _policies(parts: Sequence[Object]) -> list[str]:
    return [policy(each) for each in parts if isinstance(each, Policy)]


def policy(made: Policy) -> str:
    """Return a policy in a line: its name, for whom it is, and its conditions."""
    kind = "" if made.permissive else "restrictive, "
    roles = ", ".join(made.roles) or "everybody"
    condition = f", using {code(made.using)}" if made.using is not None else ""
    check = f", with check {code(made.check)}" if made.check is not None else ""
    return f"{code(made.key.name)}: {kind}{made.command} for {plain(roles)}{condition}{check}{_remark(made)}"


def _triggers(parts: Sequence[Object]) -> list[str]:
    found = [each for each in parts if isinstance(each, Trigger)]
    return [f"{code(each.key.name)}: {code(each.definition or 'locked')}{_remark(each)}" for each in found]


def _routines(routines: Sequence[Routine | Aggregate]) -> Iterator[str]:
    if routines:
        yield "### Routines"
        rows = [
            (
                code(f"{each.key.name}({each.arguments})"),
                str(each.key.kind),
                code(each.result) if each.result else "",
                plain(each.comment or ""),
            )
            for each in routines
        ]
        yield _table(("Routine", "Kind", "Returns", "Comment"), rows)


def _types(objects: Sequence[Object]) -> Iterator[str]:
    rows = [(code(each.key.name), said, plain(each.comment or "")) for each in objects if (said := made_of(each))]
    if rows:
        yield "### Types"
        yield _table(("Type", "Made of", "Comment"), rows)


def made_of(made: Object) -> str:
    """Return in a line what a type is made of; empty for what is no type."""
    match made:
        case Enum():
            return "enum: " + ", ".join(code(label) for label in made.labels)
        case Composite():
            return "composite: " + ", ".join(code(f"{each.name} {each.type}") for each in made.attributes)
        case Domain():
            checks = " ".join(each.definition or "" for each in made.constraints)
            return f"domain: {code(f'{made.base} {checks}'.strip())}"
        case Range():
            return f"range: {code(made.subtype)}"
    return str(made.key.kind) if made.key.kind is Kind.TYPE else ""


def _sequences(sequences: Sequence[DatabaseSequence]) -> Iterator[str]:
    if sequences:
        yield "### Sequences"
        yield "\n".join(f"- {code(each.key.name)}{_remark(each)}" for each in sequences)


def _remark(made: Object) -> str:
    return f" · {plain(made.comment)}" if made.comment else ""


def _comment(made: Object) -> Iterator[str]:
    if made.comment:
        yield plain(made.comment)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
