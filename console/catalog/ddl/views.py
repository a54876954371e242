"""Statements for views and materialised views."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.ddl import columns
from console.catalog.model import MaterializedView, Option, View
from console.sql.quoting import dotted, ident


def shell(made: View) -> Iterator[str]:
    """Create a view of the right columns and no rows, for those that it needs and that need it."""
    said = (
        f"NULL::{each.type}{f' COLLATE {each.collation}' if each.collation else ''} AS {ident(each.name)}"
        for each in made.columns
    )
    yield f"CREATE VIEW {_name(made)} AS\n SELECT " + ",\n    ".join(said)


def view(made: View, *, replacing: bool = False) -> Iterator[str]:
    """Create a view, or give a shell its query."""
    if made.definition is None:
        return
    options = f" WITH ({columns.assigned(made.options)})" if made.options else ""
    yield f"CREATE {'OR REPLACE ' if replacing else ''}VIEW {_name(made)}{options} AS\n{made.definition}"
    yield from (columns.default(f"VIEW {_name(made)}", each) for each in made.columns if each.default is not None)


def materialized(made: MaterializedView, *, filled: bool) -> Iterator[str]:
    """Create a materialised view."""
    if made.definition is None:
        return
    using = f" USING {ident(made.access_method)}" if made.access_method not in ("", "heap") else ""
    options = [*made.options, *(Option(f"toast.{option.name}", option.value) for option in made.toast_options)]
    given = f" WITH ({storage(options)})" if options else ""
    space = f" TABLESPACE {ident(made.tablespace)}" if made.tablespace else ""
    ending = "" if filled else "\n  WITH NO DATA"
    yield f"CREATE MATERIALIZED VIEW {_name(made)}{using}{given}{space} AS\n{made.definition}{ending}"
    yield from columns.attributes(f"MATERIALIZED VIEW {_name(made)}", made.columns, {}, version=0)


def refresh(made: MaterializedView) -> Iterator[str]:
    """Fill a materialised view."""
    if made.definition is not None:
        yield f"REFRESH MATERIALIZED VIEW {_name(made)}"


def storage(options: list[Option]) -> str:
    """Return the options of a table; `toast.` is a qualifier and not part of the name."""
    plain = [option for option in options if not option.name.startswith("toast.")]
    toast = [option._replace(name=option.name[6:]) for option in options if option.name.startswith("toast.")]
    said = [columns.assigned([option]) for option in plain]
    return ", ".join([*said, *(f"toast.{columns.assigned([option])}" for option in toast)])


def _name(made: View | MaterializedView) -> str:
    return dotted(made.key.schema, made.key.name)
