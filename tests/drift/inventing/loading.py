"""Loads random schemas, and keeps what the server takes."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg.sql import SQL, Literal

from console.config.profile import Target
from tests.databases import Databases

# All in one message, which takes a tenth of the time.
_LOAD = SQL(
    """
    DO $load$
    DECLARE
        texts text[] := {texts};
        taken text := '';
    BEGIN
        FOR place IN 1 .. cardinality(texts) LOOP
            BEGIN
                EXECUTE texts[place];
                taken := taken || ' ' || place;
            EXCEPTION WHEN OTHERS THEN NULL;
            END;
        END LOOP;
        PERFORM set_config('inventing.taken', taken, false);
    END $load$
    """
)


def load(databases: Databases, texts: Sequence[str]) -> tuple[Target, tuple[str, ...]]:
    """Make a database of statements; return those that the server has taken."""
    target = databases.make()
    with databases.connect(target) as connection:
        if texts:
            connection.execute(_LOAD.format(texts=Literal(list(texts))))
        found = connection.execute("SELECT current_setting('inventing.taken', true)").fetchone()
    taken = (found or ("",))[0] or ""
    return target, tuple(texts[int(place) - 1] for place in taken.split())
