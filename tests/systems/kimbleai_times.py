"""Every time that kimbleai's tables hold, whatever the column is called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import psycopg


def ends(connection: psycopg.Connection[Any]) -> Iterable[tuple[str, str, datetime, datetime]]:
    """Yield the latest and the earliest time of each column that has any."""
    columns = connection.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t"
        " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        " AND data_type = 'timestamp with time zone' AND table_name <> 'content_categories'"
        " AND column_name <> 'updated_at' ORDER BY 1, 2"
    ).fetchall()
    for table, column in columns:
        [(latest, earliest)] = connection.execute(
            f'SELECT max("{column}"), min("{column}") FROM public.{table}'.encode()
        ).fetchall()
        if latest is not None:
            yield table, column, latest, earliest
