"""Prints the columns of vectors that a database has, and the functions that search in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from console.cli.terminal import lines
from console.cli.terminal.telling import tell
from console.text import count, plural, sanitize, size
from console.vectors.column import Filled, VectorColumn, VectorIndex
from console.vectors.finding import Survey, survey
from console.vectors.search import functions
from console.vectors.search.function import Function

if TYPE_CHECKING:
    from console.cli.vectors.questioning import Form
    from console.db.session import Session

_NONE = lines.Sign("–")


@dataclass(frozen=True, slots=True)
class Listed:
    """What there is to be searched in a database."""

    survey: Survey
    functions: tuple[Function, ...]

    @property
    def summary(self) -> str:
        """How many there are, or why there are none."""
        if not self.survey.columns:
            return self.survey.nothing.rstrip(".")
        said = plural(len(self.survey.columns), "column") + " of vectors"
        if not self.functions:
            return said
        searching = "function searches" if len(self.functions) == 1 else "functions search"
        return f"{said}; {len(self.functions)} {searching}"


async def read(session: Session) -> Listed:
    """Read what there is. Raises StatementFailed and its kin, ConnectionFailed."""
    found = await survey(session)
    return Listed(found, await functions.find(session) if found.extension is not None else ())


def as_dict(listed: Listed) -> dict[str, object]:
    """Return the shape of docs/json.md."""
    return {
        "summary": listed.summary,
        "extension": None
        if listed.survey.extension is None
        else {"schema": listed.survey.extension, "version": listed.survey.version},
        "columns": [column_dict(each) for each in listed.survey.columns],
        "functions": [_function(each) for each in listed.functions],
    }


def print_list(listed: Listed) -> None:
    """Print a line for each column and each function."""
    found = listed.survey
    rows = [(each.label, type_said(each), rows_said(each), _indexes(each)) for each in found.columns]
    for column, line in zip(found.columns, lines.columns(rows, right={2}) if rows else (), strict=True):
        click.echo(_sign(column)(line))
    if listed.functions:
        click.echo()
        for function in listed.functions:
            click.echo(lines.GOOD(_call(function)))
    if rows:
        click.echo()
    first, *more = lines.wrapped(sanitize(listed.summary), indent=2)
    click.echo("\n  ".join([(lines.GOOD if rows else _NONE)(first), *more]))
    if not rows:
        tell(f"→ {found.hint}")


@dataclass(frozen=True, slots=True)
class About:
    """One column, as far as its table had to be read: how many rows have no vector, or one of zeros."""

    column: VectorColumn
    filled: Filled
    texts: tuple[str, ...]

    code = 0

    @property
    def summary(self) -> str:
        """How many rows can be searched."""
        return f"{self.column.label}: {filled_said(self.filled)}"

    def as_dict(self) -> dict[str, object]:
        """Return the shape of docs/json.md."""
        filled = {name: getattr(self.filled, name) for name in ("rows", "nulls", "zeros", "sampled")}
        return {"about": {**column_dict(self.column), "filled": filled, "texts": list(self.texts)}}

    def print_it(self, form: Form) -> None:
        """Print what it is, and its indexes below it."""
        column = self.column
        said = [
            ("type", type_said(column)),
            ("rows", filled_said(self.filled)),
            ("metric", column.metric.said),
            ("key", _key_said(column)),
            ("text", sanitize(", ".join(self.texts)) or "none: full text search has nothing to read"),
            *(("index", index_said(index, name=True)) for index in column.indexes),
            *([] if column.indexes else [("index", "none: every search reads all rows")]),
        ]
        click.echo(column.label)
        for title, text in said:
            first, *more = lines.wrapped(text, indent=10)
            click.echo("\n".join([f"  {title:<8}{first}", *(f"{'':10}{line}" for line in more)]))


def _key_said(column: VectorColumn) -> str:
    names = sanitize(", ".join(column.key))
    if column.placed:
        return f"none but {names}: where a row lies, until it is written anew"
    return names or "none: rows like one of its rows cannot be asked for"


async def about(session: Session, column: VectorColumn, *, agreed: bool = False) -> About:
    """Read what its rows have. Raises Refused for a view that may write, StatementFailed and its kin."""
    from console.vectors.counting import count as counted
    from console.vectors.search.fulltext import texts_there

    filled = await counted(session, column, allow_functions=agreed)
    return About(column, filled, await texts_there(session, column))


def type_said(column: VectorColumn | VectorIndex) -> str:
    """Say the type of a column: `vector(1536)`."""
    return f"{column.kind}({column.dimensions})" if column.dimensions else f"{column.kind}"


def rows_said(column: VectorColumn) -> str:
    """Say how many rows the statistics know of."""
    return "rows not known" if column.rows < 0 else f"{count(column.rows)} {'row' if column.rows == 1 else 'rows'}"


def filled_said(filled: Filled) -> str:
    """Say how many rows there are, and how many of them have nothing to be found by."""
    missing = [
        f"{count(number)} {what}"
        for number, what in ((filled.nulls, "without a vector"), (filled.zeros, "of nothing but zeros"))
        if number
    ]
    said = f"{count(filled.rows)} {'row' if filled.rows == 1 else 'rows'}"
    if filled.sampled:
        said += f", by a sample of {count(filled.sampled)}"
    return f"{said}: {', '.join(missing)}" if missing else said


def index_said(index: VectorIndex, *, name: bool = False) -> str:
    """Say what an index is: `ivfflat cosine, lists 100, 2.30 MB`."""
    parts = [f"{index.method} {index.metric.said}", *(f"{key} {value}" for key, value in index.options.items())]
    if index.expression:
        parts.append(f"of {index.expression}")
    if index.predicate:
        parts.append(f"where {index.predicate}")
    if index.building is not None:
        building = index.building
        done = f", {building.done * 100 // building.total} %" if building.total else ""
        parts.append(f"being built ({building.phase.removeprefix('building index: ')}{done})")
    elif not index.valid:
        parts.append("invalid: it is not used")
    if index.size:
        parts.append(size(index.size))
    said = sanitize(", ".join(parts))
    return f"{index.label}: {said}" if name else said


def column_dict(column: VectorColumn) -> dict[str, object]:
    """Return a column as documents have it."""
    return {
        "column": column.full_name,
        "schema": column.schema,
        "table": column.table,
        "name": column.name,
        "type": str(column.kind),
        "dimensions": column.dimensions,
        "rows": column.rows if column.rows >= 0 else None,
        "bytes": column.size,
        "metric": str(column.metric),
        "key": list(column.key),
        "indexes": [_index(each) for each in column.indexes],
    }


def _index(index: VectorIndex) -> dict[str, object]:
    building = index.building
    return {
        "name": f"{index.schema}.{index.name}",
        "method": index.method,
        "metric": str(index.metric),
        "type": str(index.kind),
        "dimensions": index.dimensions,
        "expression": index.expression or None,
        "predicate": index.predicate or None,
        "options": dict(index.options),
        "valid": index.valid,
        "bytes": index.size,
        "building": None
        if building is None
        else {"pid": building.pid, "phase": building.phase, "done": building.done, "total": building.total},
    }


def _function(function: Function) -> dict[str, object]:
    return {
        "name": f"{function.schema}.{function.name}",
        "arguments": [
            {"name": each.name, "type": each.type, "default": each.default, "vector": each.vector}
            for each in function.arguments
        ],
        "columns": list(_names(function)),
    }


def _names(function: Function) -> Sequence[str]:
    return [each if isinstance(each, str) else each[0] for each in function.columns]


def _call(function: Function) -> str:
    """Say how a function is called: `public.match_documents(query_embedding, match_count = 5)`."""
    said = [each.name if each.default is None else f"{each.name} = {each.default}" for each in function.arguments]
    return sanitize(f"{function.schema}.{function.name}({', '.join(said)})")


def _indexes(column: VectorColumn) -> str:
    return "; ".join(index_said(each) for each in column.indexes) or "no index"


def _sign(column: VectorColumn) -> lines.Sign:
    usable = [each for each in column.indexes if each.valid]
    return lines.GOOD if usable else lines.ODD if column.indexes else _NONE
