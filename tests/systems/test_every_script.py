"""Every sample system by the script that `up --sql` prints: what psql makes of it is what up makes, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.cli.migrations.applying.scripting import written
from console.config.profile import Target
from console.db.session import Session
from console.migrations import plan
from tests import psql
from tests.catalog import dumps
from tests.databases import Databases
from tests.migrations.foreign import Site
from tests.systems.every import PARAMS
from tests.systems.expected import System


@pytest.mark.parametrize("system", PARAMS)
async def test_psql_makes_what_up_makes(
    databases: Databases, make_database: Callable[..., Target], system: System, tmp_path: Path
) -> None:
    target, sibling = make_database(), make_database()
    script = tmp_path / "script.sql"
    async with await Session.open(target, what="test") as here, await Session.open(sibling, what="test") as there:
        site, other = Site(system.folder, here), Site(system.folder, there)
        script.write_text(await _script(site, "up"))
        psql.run(target, script)
        await other.up()
        assert set((await site.states()).values()) == {"applied"}
        assert dumps.schema(databases, target) == dumps.schema(databases, sibling)
        script.write_text(await _script(site, "down"))
        psql.run(target, script)
        await other.down(everything=True)
        assert set((await site.states()).values()) == {"pending"}
        assert dumps.schema(databases, target) == dumps.schema(databases, sibling)


async def _script(site: Site, verb: str) -> str:
    chosen, recorded = await site.chosen(), await site.recorded()
    wanted = plan.up(chosen.folder, recorded) if verb == "up" else plan.down(chosen.folder, recorded, everything=True)
    return await written(site.session, chosen, recorded, wanted)
