"""Relations without a key and without blocks of their own, such as views: their first rows, in one window that says so.

Their rows cannot be asked for again from a certain one on, and nothing may be held open while a person looks.
"""

from __future__ import annotations

from console.db.compose import SQL
from console.db.query import Query
from console.db.session import Session
from console.rows.filter import Condition
from console.rows.order import order_by, sorted_by
from console.rows.paging import View, conditions
from console.rows.result import QueryRows

MOST_ROWS = 10_000
MOST_BYTES = 64 << 20


async def open_window(session: Session, view: View, *, most_rows: int = MOST_ROWS) -> QueryRows:
    """Read the window of a view. Raises UsageError and BadSql for its sort or filter, StatementFailed and its kin."""
    rows = QueryRows(
        session,
        query(view, most_rows),
        what=f"a {view.relation.word}",
        columns=tuple(column.shown for column in view.relation.columns),
        most_rows=most_rows,
        most_bytes=MOST_BYTES,
    )
    return await rows.open()


def query(view: View, most_rows: int) -> Query:
    """Return the statement of a window; one row more than it holds tells whether there are more."""
    selected, _ = view.selected()
    where, params = view.where()
    order = SQL(" ORDER BY {}").format(order_by((sorted_by(view.relation, view.sort),))) if view.sort else SQL("")
    statement = SQL("SELECT {} FROM {}{}{} LIMIT %(most)s").format(selected, view.source, conditions(where), order)
    return Query(statement, {**params, "most": most_rows + 1}, as_text=True, own_path=True)


def plainly(view: View) -> str:
    """Return what a window or a page comes down to, as a person could have written it, to be judged."""
    where = view.where()[0] if isinstance(view.filter, Condition) else ()
    text = SQL("SELECT * FROM {}{}").format(view.source, conditions(where)).as_string(None)
    return text.replace("%%", "%")
