"""Statements for tables of every sort: ordinary, partitioned, partitions, inherited, typed and foreign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from console.catalog.ddl import columns, constraints, sequences
from console.catalog.ddl.foreign import options as fdw_options
from console.catalog.ddl.kinship import by_inheriting, parents_of
from console.catalog.ddl.views import storage
from console.catalog.model import Column, Constraint, ForeignTable, Key, Object, Option, Table
from console.sql.quoting import dotted, ident

AnyTable = Table | ForeignTable
_NAMED = 180000  # from which on NOT NULL is a constraint that has a name
_REPLICA = {"n": "NOTHING", "f": "FULL"}


def create(
    made: AnyTable,
    objects: Mapping[Key, Object],
    inline: Sequence[Constraint],
    *,
    version: int,
    bare: bool = False,
) -> Iterator[str]:
    """Create a table with those constraints; the defaults of a bare one come later, by `defaults`.

    A partition is not attached here.
    """
    yield _create(made, objects, inline, version=version, bare=bare)
    if isinstance(made, Table) and made.inherits and not by_inheriting(made, objects):
        for parent in made.inherits:
            yield f"ALTER {_only(made)} INHERIT {dotted(parent.schema, parent.name)}"
    yield from _inherited(made, objects, bare=bare, version=version)
    yield from columns.attributes(_only(made), made.columns, _of_parents(made, objects), version=version)
    yield from columns.not_valid(_sort(made) + " " + _name(made), made.columns, made.key.name)
    if isinstance(made, Table):
        yield from _flags(made)


def attach(made: AnyTable) -> Iterator[str]:
    """Attach a partition."""
    parent = made.partition_of
    if parent is not None and made.partition_bound is not None:
        whole = dotted(parent.schema, parent.name)
        yield f"ALTER TABLE ONLY {whole} ATTACH PARTITION {_name(made)} {made.partition_bound}"


def defaults(made: AnyTable) -> Iterator[str]:
    """Give the columns of a bare table their defaults."""
    yield from (columns.default(_only(made), each) for each in made.columns if each.default and not each.generated)


def _create(
    made: AnyTable, objects: Mapping[Key, Object], inline: Sequence[Constraint], *, version: int, bare: bool
) -> str:
    rules = _inherited_rules(made, objects) if version >= _NAMED else ()
    lines = [*_columns(made, objects, version=version, bare=bare), *rules, *map(constraints.line, inline)]
    typed = isinstance(made, Table) and made.of_type is not None
    body = " (\n    " + ",\n    ".join(lines) + "\n)" if lines else "" if typed else " ()"
    unlogged = "UNLOGGED " if isinstance(made, Table) and made.persistence == "u" else ""
    of_type = f" OF {made.of_type}" if isinstance(made, Table) and made.of_type else ""
    return f"CREATE {unlogged}{_sort(made)} {_name(made)}{of_type}{body}{_tail(made, objects)}"


def _columns(made: AnyTable, objects: Mapping[Key, Object], *, version: int, bare: bool) -> Iterator[str]:
    persistence = made.persistence if isinstance(made, Table) else "p"
    if isinstance(made, Table) and made.of_type:
        lines = (columns.with_options(column, persistence=persistence, bare=bare) for column in made.columns)
        yield from (line for line in lines if line is not None)
        return
    own = not made.inherits or not by_inheriting(made, objects)
    # Since 17 the identity columns of a partition are those of the partitioned table.
    with_identity = made.partition_of is None or version < 170000
    for column in made.columns:
        if own or column.local:
            said = _without_rule(column) if made.inherits and by_inheriting(made, objects) else column
            late = _is_defaulted(made, objects, column)
            yield columns.defined(said, persistence=persistence, bare=bare, with_identity=with_identity and not late)


def _without_rule(column: Column) -> Column:
    """Return a column without a NOT NULL that is a parent's alone (18)."""
    given = column.not_null is not None and not column.not_null.local
    return replace(column, not_null=None) if given else column


def _tail(made: AnyTable, objects: Mapping[Key, Object]) -> str:
    parts = []
    if made.inherits and by_inheriting(made, objects):
        parents = ", ".join(dotted(parent.schema, parent.name) for parent in made.inherits)
        parts.append(f"INHERITS ({parents})")
    if isinstance(made, ForeignTable):
        parts.append(f"SERVER {ident(made.server)}{fdw_options(made.fdw_options)}")
        return "\n" + "\n".join(parts)
    if made.partition_key is not None:
        parts.append(f"PARTITION BY {made.partition_key}")
    if made.access_method not in ("", "heap"):
        parts.append(f"USING {ident(made.access_method)}")
    options = [*made.options, *(Option(f"toast.{option.name}", option.value) for option in made.toast_options)]
    if options:
        parts.append(f"WITH ({storage(options)})")
    if made.tablespace:
        parts.append(f"TABLESPACE {ident(made.tablespace)}")
    return "".join(f"\n{part}" for part in parts)


def _inherited(made: AnyTable, objects: Mapping[Key, Object], *, bare: bool, version: int) -> Iterator[str]:
    """Say where a column differs from the parent's that it has, or would have, by itself."""
    if not made.inherits or not by_inheriting(made, objects):
        return
    parents = _of_parents(made, objects)
    for column in made.columns:
        parent = parents.get(column.name)
        if parent is None:
            continue
        head = f"ALTER {_only(made)} ALTER COLUMN {ident(column.name)}"
        given = _given_default(made, objects, column.name)
        if version < _NAMED and column.not_null is None and _is_ruled(made, objects, column.name):
            yield f"{head} DROP NOT NULL"
        if column.local:
            yield from [_default(head, column)] if column.default is None and given is not None else []
        elif column.default != given and not bare:
            yield _default(head, column)
        rule = column.not_null
        if rule is not None and version < _NAMED and parent.not_null is None and not column.local:
            yield f"{head} SET NOT NULL"
        late = not column.local or _is_defaulted(made, objects, column)
        if column.identity is not None and isinstance(made, Table) and late:
            yield f"ALTER TABLE {_name(made)} {_identity(column, made.persistence)}"


def _identity(column: Column, persistence: str) -> str:
    assert column.identity is not None
    return f"ALTER COLUMN {ident(column.name)} ADD {sequences.identity(column.identity, persistence)}"


def _is_ruled(made: AnyTable, objects: Mapping[Key, Object], name: str) -> bool:
    """Tell whether a parent has NOT NULL, which an heir then has, too."""
    uppers = (column for parent in parents_of(made, objects) for column in parent.columns if column.name == name)
    return any(column.not_null is not None for column in uppers)


def _is_defaulted(made: AnyTable, objects: Mapping[Key, Object], column: Column) -> bool:
    """Tell whether an identity waits until the default of a parent is off, which CREATE TABLE would leave there."""
    if column.identity is None or not made.inherits or not by_inheriting(made, objects):
        return False
    return _given_default(made, objects, column.name) is not None


def _given_default(made: AnyTable, objects: Mapping[Key, Object], name: str) -> str | None:
    """Return the default that a column gets from the first parent that has one."""
    uppers = (column for parent in parents_of(made, objects) for column in parent.columns if column.name == name)
    return next((column.default for column in uppers if column.default is not None), None)


def _inherited_rules(made: AnyTable, objects: Mapping[Key, Object]) -> Iterator[str]:
    """Return the NOT NULL that an heir says of columns which only a parent has."""
    if not made.inherits or not by_inheriting(made, objects):
        return
    for column in made.columns:
        rule = column.not_null
        if rule is not None and rule.local and rule.validated and not column.local:
            name = rule.name or f"{made.key.name}_{column.name}_not_null"
            no_inherit = " NO INHERIT" if rule.no_inherit else ""
            yield f"CONSTRAINT {ident(name)} NOT NULL {ident(column.name)}{no_inherit}"


def _default(head: str, column: Column) -> str:
    if column.default is None:
        return f"{head} DROP DEFAULT"
    if column.generated:
        return f"{head} SET EXPRESSION AS ({column.default})"
    return f"{head} SET DEFAULT {column.default}"


def _of_parents(made: AnyTable, objects: Mapping[Key, Object]) -> dict[str, Column]:
    return {column.name: column for parent in reversed(parents_of(made, objects)) for column in parent.columns}


def _flags(made: Table) -> Iterator[str]:
    if made.row_security:
        yield f"ALTER TABLE {_name(made)} ENABLE ROW LEVEL SECURITY"
    if made.force_row_security:
        yield f"ALTER TABLE ONLY {_name(made)} FORCE ROW LEVEL SECURITY"
    if made.replica_identity in _REPLICA:
        yield f"ALTER TABLE ONLY {_name(made)} REPLICA IDENTITY {_REPLICA[made.replica_identity]}"


def _sort(made: AnyTable) -> str:
    return "TABLE" if isinstance(made, Table) else "FOREIGN TABLE"


def _only(made: AnyTable) -> str:
    return f"{_sort(made)} ONLY {_name(made)}"


def _name(made: AnyTable) -> str:
    return dotted(made.key.schema, made.key.name)
