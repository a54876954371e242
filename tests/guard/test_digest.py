"""The digest that proves that nothing was written sees what it should see."""

from __future__ import annotations

import time

import pytest

from tests.databases import Databases
from tests.guard.world import World, build


def _seen(world: World, what: str) -> bool:
    """Tell whether it is seen; a reload reaches the server's processes a moment later."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if what in world.changed() or what in world.heard():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    ("sql", "seen"),
    [
        ("UPDATE accounts SET balance = 9", "accounts"),
        ("SELECT nextval('counter')", "counter"),
        ("SELECT lo_put(424242, 0, 'x')", "large objects"),
        ("EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1", "pg_class"),
        ("REINDEX TABLE accounts", "pg_class"),
        ("COMMENT ON TABLE accounts IS 'x'", "pg_description"),
        ("ANALYZE accounts", "analysed"),
        ("COPY accounts TO '{file}'", "file"),
        ("NOTIFY alarm", "alarm"),
        ("SELECT pg_stat_reset()", "resets"),
        ("SELECT pg_reload_conf()", "loaded"),
    ],
)
def test_the_digest_would_have_seen_it(databases: Databases, sql: str, seen: str) -> None:
    target = databases.make()
    for world in build(databases, target):
        with databases.connect(target) as writer:
            writer.execute(sql.replace("{file}", str(world.file)).encode())
        assert _seen(world, seen)
    databases.drop(target)
