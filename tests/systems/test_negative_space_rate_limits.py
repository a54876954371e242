"""check_rate_limit of negative_space: a minute's window for each key, counted by one session after the other."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.databases import Databases
from tests.systems import negative_space
from tests.systems.negative_space_rows import Connection, insert, user, value

SYSTEM = negative_space.SYSTEM
ASK = "SELECT public.check_rate_limit(%s)"


def _key(connection: Connection, limit: int = 3, **columns: Any) -> UUID:
    given = {"user_id": user(connection), "key_hash": uuid4().hex, "name": "x", "rate_limit_per_minute": limit}
    return insert(connection, "api_keys", **given | columns)


def _ask(connection: Connection, key: UUID | None, times: int) -> list[bool]:
    return [value(connection, ASK, [key]) for _ in range(times)]


def _counted(connection: Connection, key: UUID) -> tuple[int, int]:
    counts = "SELECT request_count_current_window, total_requests FROM public.api_keys WHERE id = %s"
    return connection.execute(counts, [key]).fetchall()[0]


def _opened(connection: Connection, key: UUID, ago: str) -> None:
    connection.execute(
        "UPDATE public.api_keys SET last_rate_limit_reset = clock_timestamp() - %s::interval WHERE id = %s", [ago, key]
    )


@pytest.mark.parametrize("limit", [1, 3])
def test_requests_up_to_the_limit_pass(connection: Connection, limit: int) -> None:
    key = _key(connection, limit)
    assert _ask(connection, key, limit + 2) == [True] * limit + [False] * 2
    assert _counted(connection, key) == (limit + 2, limit + 2)


def test_the_first_request_opens_a_window(connection: Connection) -> None:
    key = _key(connection)
    _ask(connection, key, 1)
    told = connection.execute(
        "SELECT clock_timestamp() - last_rate_limit_reset < interval '10 seconds', last_used_at = last_rate_limit_reset"
        " FROM public.api_keys WHERE id = %s",
        [key],
    ).fetchall()
    assert told == [(True, True)]


@pytest.mark.parametrize("ago", ["60 seconds", "2 days"])
def test_after_a_minute_a_new_window_is_opened(connection: Connection, ago: str) -> None:
    key = _key(connection, total_requests=100)
    assert _ask(connection, key, 4) == [True, True, True, False]
    _opened(connection, key, ago)
    assert _ask(connection, key, 4) == [True, True, True, False]
    assert _counted(connection, key) == (4, 108)


def test_within_the_minute_the_window_stays(connection: Connection) -> None:
    key = _key(connection)
    _ask(connection, key, 4)
    _opened(connection, key, "30 seconds")
    assert _ask(connection, key, 1) == [False]
    assert _counted(connection, key) == (5, 5)


def test_one_key_does_not_count_for_another(connection: Connection) -> None:
    first, second = _key(connection, 1), _key(connection, 1)
    assert _ask(connection, first, 2) + _ask(connection, second, 2) == [True, False, True, False]


@pytest.mark.parametrize(
    "columns",
    [{"is_active": False}, {"expires_at": "-infinity"}, {"expires_at": "2020-01-01"}, {"expires_at": "now"}],
    ids=str,
)
def test_a_dead_key_never_passes_and_is_not_counted(connection: Connection, columns: dict[str, Any]) -> None:
    key = _key(connection, **columns)
    assert _ask(connection, key, 2) == [False, False]
    assert _counted(connection, key) == (0, 0)


@pytest.mark.parametrize("expires", ["infinity", "tomorrow"])
def test_a_key_that_expires_later_passes(connection: Connection, expires: str) -> None:
    assert _ask(connection, _key(connection, expires_at=expires), 1) == [True]


@pytest.mark.parametrize("key", [UUID(int=0), None])
def test_an_unknown_key_never_passes(connection: Connection, key: UUID | None) -> None:
    assert _ask(connection, key, 1) == [False]


@pytest.mark.parametrize(("end", "then"), [("COMMIT", False), ("ROLLBACK", True)])
def test_at_the_limit_a_second_session_waits_for_the_first(
    alone: psycopg.Connection[Any], databases: Databases, end: str, then: bool
) -> None:
    """One request is left. The first has taken it and not committed: the second is answered when that is settled."""
    key = _key(alone, 1)
    answers: list[bool] = []
    with databases.connect(alone.info.dbname) as first, databases.connect(alone.info.dbname) as second:
        first.execute("BEGIN")
        assert _ask(first, key, 1) == [True]
        asking = threading.Thread(target=lambda: answers.extend(_ask(second, key, 1)))
        asking.start()
        try:
            _await_wait(alone, second.info.backend_pid, first.info.backend_pid)
            assert answers == []
        finally:
            first.execute(end.encode())
            asking.join()
    assert answers == [then]


def _await_wait(watcher: psycopg.Connection[Any], waiting: int, holder: int) -> None:
    """Return as soon as the server says that one session waits for the other."""
    ended = "SELECT clock_timestamp() > now() + interval '20 seconds', %s = ANY (pg_blocking_pids(%s))"
    with watcher.transaction():
        while True:
            [(late, waits)] = watcher.execute(ended, [holder, waiting]).fetchall()
            if waits:
                return
            assert not late, "it does not wait"


def test_many_sessions_at_once_get_no_more_than_the_limit(alone: psycopg.Connection[Any], databases: Databases) -> None:
    key = _key(alone, 10)

    def ask(_: int) -> list[bool]:
        with databases.connect(alone.info.dbname) as session:
            return _ask(session, key, 5)

    with ThreadPoolExecutor(8) as sessions:
        answers = [answer for answers in sessions.map(ask, range(8)) for answer in answers]
    assert (len(answers), sum(answers)) == (40, 10)
    assert _counted(alone, key) == (40, 40)
