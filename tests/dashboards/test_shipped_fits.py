"""Which shipped dashboards fit which sample system, and that every view of the systems is on one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards import parameters
from console.dashboards.definition import Dashboard, Origin
from console.dashboards.files.finding import Broken, find
from console.dashboards.fits import asked, fit, there
from console.db.session import Session
from tests.dashboards.shipped import SYSTEMS, dashboard
from tests.databases import Databases

pytestmark = pytest.mark.vector

EVERYWHERE = {"monitoring"}
VIEWS = {"skintwin": 4, "analyticase": 0, "graph": 1, "negative_space": 7, "kimbleai": 10}

_VIEWS = """
SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_USED = """
SELECT DISTINCT d.refobjid::regclass::text FROM pg_rewrite AS r
JOIN pg_depend AS d ON d.objid = r.oid AND d.classid = 'pg_rewrite'::regclass
    AND d.refclassid = 'pg_class'::regclass
JOIN pg_class AS c ON c.oid = d.refobjid AND c.relkind = 'v'
WHERE r.ev_class = 'pg_temp.panel'::regclass AND d.refobjid <> r.ev_class
"""


def shipped(tmp_path: Path) -> list[Dashboard]:
    found = find(environ={"DBCONSOLE_HOME": str(tmp_path)}, cwd=tmp_path)
    assert not [each for each in found if isinstance(each, Broken)]
    return [each for each in found if isinstance(each, Dashboard) and each.origin is Origin.SHIPPED]


@pytest.mark.parametrize("system", [*VIEWS, "graph@0001", ""])
async def test_which_fit(system: str, make_database: Callable[..., Target], tmp_path: Path) -> None:
    every = shipped(tmp_path)
    assert {each.id for each in every} == SYSTEMS.keys() | EVERYWHERE
    async with await Session.open(make_database(system), what="test") as session:
        met = await there(session, asked(every))
    fits = {each.id: fit(each, met) for each in every}
    assert {name for name, found in fits.items() if found.ok} == {
        name for name, of in SYSTEMS.items() if of == system
    } | EVERYWHERE
    assert all(found.reason for found in fits.values() if not found.ok)
    assert not [panel for name, found in fits.items() if found.ok and name in SYSTEMS for panel in found.panels]
    if system == "graph@0001":
        assert fits["graph"].reason.startswith("there is no view public.graph_monitoring_dashboard")


@pytest.mark.parametrize("system", VIEWS)
def test_every_view_is_on_a_panel(system: str, databases: Databases, make_database: Callable[..., Target]) -> None:
    """What a statement reads is asked of the server: a view that is made of it depends on that."""
    with databases.connect(make_database(system), cursor_factory=psycopg.ClientCursor) as connection:
        views = {name for (name,) in connection.execute(_VIEWS)}
        assert len(views) == VIEWS[system]
        used = {view for name, of in SYSTEMS.items() if of == system for view in _used(connection, dashboard(name))}
    assert used == views


def _used(connection: psycopg.Connection[Any], of: Dashboard) -> set[str]:
    values = parameters.values(of, parameters.chosen(of, {}), datetime.now(UTC))
    found: set[str] = set()
    for panel in of.panels.values():
        with connection.transaction(force_rollback=True):
            made = f"CREATE TEMP VIEW panel AS\n{parameters.sendable(panel.sql, values)}"
            connection.execute(made.encode(), values)
            found |= {name for (name,) in connection.execute(_USED.encode())}
    return found
