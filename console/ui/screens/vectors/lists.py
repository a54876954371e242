"""The columns of vectors as lines, and what there is to know of one; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.text import count, plural, sanitize, size, width
from console.ui.widgets.outline import Node
from console.ui.widgets.papers import RULE, section
from console.ui.widgets.parts import Part
from console.vectors.column import Filled, VectorColumn, VectorIndex

if TYPE_CHECKING:
    from console.vectors.indexing.lints import Lint
    from console.vectors.search.functions import Function

_TONES = {"✗": "bad", "!": "warning", "–": "faint", "✓": "good", "→": "accent"}
_NONE = "– none: every search reads all rows"
_LONGEST = 40  # cells of a name after which the others stand in a column


@dataclass(frozen=True, slots=True)
class About:
    """What was read of a column beside its place in the catalog: None where it was not read yet."""

    filled: Filled | None = None
    lints: tuple[Lint, ...] | None = None
    embedder: str = ""
    notice: str = ""
    no_embedder: str = ""
    failed: tuple[str, ...] = field(default=())


def nodes(columns: Sequence[VectorColumn], functions: Sequence[Function] = ()) -> list[Node]:
    """Return a line for each column, then for each function that searches."""
    wide = min(max((width(short(each, columns)) for each in columns), default=0), _LONGEST)
    found = [_node(each, columns, wide) for each in columns]
    same = len({each.schema for each in functions}) == 1
    return [*found, *(_function(each, sanitize(each.name) if same else each.label) for each in functions)]


def short(column: VectorColumn, columns: Iterable[VectorColumn] = ()) -> str:
    """Return the name of a column, without the schema where all are in the same."""
    schemas = {each.schema for each in columns}
    return sanitize(f"{column.table}.{column.name}") if len(schemas) == 1 else column.label


def _node(column: VectorColumn, columns: Sequence[VectorColumn], wide: int) -> Node:
    called = short(column, columns)
    called += " " * (wide - width(called) + 1)
    glyph, tone = standing(column)
    detail = f"{typed(column)}  {_briefly(column)}"
    rows = f"{count(column.rows)}" if column.rows >= 0 else "?"
    return Node(("column", column.full_name), called, glyph, tone, sanitize(detail), (rows,), subject=column)


def _function(function: Function, called: str) -> Node:
    detail = f"({', '.join(each.name for each in function.arguments)})"
    return Node(("function", function.oid), called, "ƒ", "function", sanitize(detail), (), subject=function)


def standing(column: VectorColumn) -> tuple[str, str]:
    """Return sign and tone: an index that works, one that does not or is being built, or none."""
    if any(each.valid and not each.predicate for each in column.indexes):
        return "✓", "good"
    return ("!", "warning") if column.indexes else ("–", "faint")


def _briefly(column: VectorColumn) -> str:
    said = [f"{each.method} {each.metric.said}{_state(each)}" for each in column.indexes]
    return ", ".join(dict.fromkeys(said)) or "no index"


def typed(column: VectorColumn) -> str:
    """Return the type: `vector(1536)`."""
    return f"{column.kind}({column.dimensions})" if column.dimensions else str(column.kind)


def indexed(column: VectorColumn) -> str:
    """Say in a few words which indexes it has."""
    return ", ".join(map(index_said, column.indexes)) or "no index"


def index_said(index: VectorIndex) -> str:
    """Say in a few words what an index is: `ivfflat cosine, lists 100`."""
    options = ", ".join(f"{name} {value}" for name, value in index.options.items())
    state = _state(index)
    return "".join((f"{index.method} {index.metric.said}", f", {options}" if options else "", state))


def _state(index: VectorIndex) -> str:
    if index.building is not None:
        done = f" {index.building.done * 100 // index.building.total} %" if index.building.total else ""
        return f" · being built{done}"
    if not index.valid:
        return " · invalid"
    return " · partial" if index.predicate else ""


def head(columns: Sequence[VectorColumn]) -> str:
    """Say in a few words how many there are."""
    without = sum(not each.indexes for each in columns)
    said = f"Vectors · {plural(len(columns), 'column')}" if columns else "Vectors"
    return f"{said}, {without} without an index" if without else said


def about(column: VectorColumn, known: About) -> str:
    """Return what there is to know of a column before it is searched."""
    sections = {
        "Column": list(_facts(column, known)),
        "Indexes": [line for each in column.indexes for line in index_lines(each)] or [_NONE],
        "To look at": _lints(known),
        "Words": _words(known),
        "Not read": [f"✗ {each}" for each in known.failed],
    }
    first = "→ enter searches in it"
    return "\n\n".join(part for part in (first, *(section(name, lines) for name, lines in sections.items())) if part)


def _facts(column: VectorColumn, known: About) -> Iterator[str]:
    yield f"{typed(column)}  pgvector {column.version} in schema {sanitize(column.extension)}"
    unknown = "a view" if column.relation_kind == "v" else "never analysed"
    rows = f"about {count(column.rows)} rows" if column.rows >= 0 else f"{unknown}: nobody knows how many rows"
    yield f"{rows}, {size(column.size)}" if column.size else rows
    if column.placed:
        yield f"– no key: rows are named by where they lie ({', '.join(column.key)})"
    elif column.key:
        yield f"key: {sanitize(', '.join(column.key))}"
    else:
        yield "– no key: rows cannot be named"
    if known.filled is None:
        yield "– counting …" if not known.failed else "– not counted"
    else:
        yield from filled_said(known.filled)


def filled_said(filled: Filled) -> Iterator[str]:
    """Say how many rows hold what."""
    about = "about " if filled.sampled else ""
    held = filled.rows - filled.nulls
    yield f"{'✓' if not filled.nulls else '!'} {about}{count(held)} of {count(filled.rows)} rows have a vector"
    if filled.nulls:
        yield f"! {about}{count(filled.nulls)} without one: e embeds those that have a text"
    if filled.zeros:
        yield f"! {about}{count(filled.zeros)} are all zeros, which no cosine search finds"


def index_lines(index: VectorIndex) -> Iterator[str]:
    """Yield what there is to know of an index."""
    sign = "✓" if index.valid and index.building is None else "!"
    yield f"{sign} {index.label}"
    yield f"    {sanitize(index_said(index))}{f' · {size(index.size)}' if index.size else ''}"
    if index.expression:
        yield f"    on {sanitize(index.expression)}"
    if index.predicate:
        yield f"    where {sanitize(index.predicate)}"


def _lints(known: About) -> list[str]:
    if known.lints is None:
        return []
    counted = ("nulls", "zeros") if known.filled is not None else ()
    return lint_lines([each for each in known.lints if each.id not in counted])


def lint_lines(found: Iterable[Lint]) -> list[str]:
    """Return what is to be looked at, with what mends it."""
    lines = [line for each in found for line in (f"! {each.sentence}", *_remedy(each.remedy))]
    return [sanitize(line) for line in lines] or ["✓ nothing"]


def _remedy(sql: str) -> list[str]:
    return [f"  → {line}" for line in sql.splitlines() if line.strip()]


def _words(known: About) -> list[str]:
    if known.no_embedder:
        return [f"– {line}" if at == 0 else f"  {line}" for at, line in enumerate(known.no_embedder.splitlines())]
    if not known.embedder:
        return []
    return [f"✓ {sanitize(known.embedder)}", *([f"! {sanitize(known.notice)}"] if known.notice else [])]


def about_function(function: Function) -> str:
    """Return what there is to know of a function before it is called."""
    arguments = [
        f"{each.name}  {each.type}{f' = {each.default}' if each.default else ''}" for each in function.arguments
    ]
    gives = [f"{name}  {type_name}" for name, type_name in function.columns] or ["rows"]
    return "\n\n".join(
        part
        for part in (
            "→ enter searches through it",
            sanitize(function.comment or "", lines=True),
            section("Takes", map(sanitize, arguments)),
            section("Gives", map(sanitize, gives)),
            "! it is volatile: it may write, and is called in a transaction that may not" if function.volatile else "",
        )
        if part
    )


def toned(line: str) -> Iterator[Part]:
    """Return a line of these texts in its tone: by its sign, or as a heading."""
    yield Part(line, "key" if line.startswith(RULE) else _TONES.get(line.lstrip()[:1], ""))
