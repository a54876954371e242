"""Sample data is loaded in one transaction, and never on production."""

from __future__ import annotations

import pytest

from console.config.profile import Guard
from console.db.guard import consent
from console.db.session import Session
from console.errors import MigrationFailed, Refused, UsageError
from console.migrations import seed
from console.migrations.running.events import Finished, StatementFinished
from tests.databases import Databases
from tests.migrations.project import Project, of_kind


async def load(project: Project) -> list[object]:
    return [event async for event in seed.run(project.session, project.folder, project.consent)]


async def test_it_loads_and_may_be_loaded_again(project: Project) -> None:
    await project.up()
    (project.path / "data.sql").write_text(
        "INSERT INTO people (id, name) VALUES (7, 'Grace')\nON CONFLICT DO NOTHING;\nSELECT 1;"
    )
    for _ in range(2):
        events = await load(project)
        assert [event.label for event in of_kind(events, StatementFinished)] == ["data.sql"] * 2  # type: ignore[arg-type]
        assert isinstance(events[-1], Finished)
    assert await project.value("SELECT count(*) FROM public.people") == 2


async def test_the_data_may_ask_how_much_is_wanted(project: Project) -> None:
    await project.up()
    (project.path / "data.sql").write_text(
        "INSERT INTO people (id, name) SELECT 100 + n, 'n' FROM"
        " generate_series(1, current_setting('dbconsole.scale')::integer) AS n ON CONFLICT DO NOTHING;"
    )
    for scale, people in ((1, 2), (3, 4)):
        async for _ in seed.run(project.session, project.folder, project.consent, scale=scale):
            pass
        assert await project.value("SELECT count(*) FROM public.people") == people
    assert await project.value("SELECT current_setting('dbconsole.scale', true)") in (None, "")


async def test_a_failure_leaves_nothing(project: Project) -> None:
    await project.up()
    (project.path / "data.sql").write_text("DELETE FROM people;\n\nINSERT INTO people VALUES (1, 'a', 'old');")
    with pytest.raises(MigrationFailed, match=r"statement 2 of 2 of data\.sql") as caught:
        await load(project)
    assert caught.value.line == 3
    assert "Nothing of it remains." in caught.value.detail
    assert await project.value("SELECT count(*) FROM public.people") == 1


async def test_without_data_it_says_so(project: Project) -> None:
    with pytest.raises(UsageError, match="There is no sample data"):
        await load(project)


async def test_production_is_refused_whatever_is_confirmed(project: Project, databases: Databases) -> None:
    (project.path / "data.sql").write_text("SELECT 1;")
    target = databases.target(project.session.target.database, guard=Guard.PRODUCTION)
    async with await Session.open(target) as session:
        agreed = consent(target, action="seed", confirm=target.name)
        with pytest.raises(Refused, match="never loaded there"):
            async for _ in seed.run(session, project.folder, agreed):
                pass
