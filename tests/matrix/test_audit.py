"""Audits of targets of every version; the shadow is what this machine has of the nearest that has pgvector."""

from __future__ import annotations

from console.errors import MigrationFailed
from console.migrations.audit import auditing
from console.migrations.audit.facts import Found, Offer
from console.migrations.audit.summary import summary
from tests.conftest import session
from tests.migrations.conftest import project
from tests.migrations.project import Project


async def test_all_is_there(project: Project) -> None:
    await project.up()
    found = await auditing.audit(project.session, project.folder, exact=True)
    assert (found.exit_code, found.rate) == (0, 100.0), summary(found)


async def test_an_extension_that_the_server_does_not_have(project: Project, major: int) -> None:
    project.write("0004_vector", "CREATE EXTENSION vector;", "DROP EXTENSION vector;")
    try:
        await project.up()
    except MigrationFailed:
        expected = (Offer.ABSENT, Found.MISSING, 1)
        said = "extension vector neither installed nor offered by the server"
    else:  # where the wheel stands in for a server of that version
        expected, said = (Offer.INSTALLED, Found.PRESENT, 0), "100.0 %"
    found = await auditing.audit(project.session, project.folder)
    [vector] = found.comparison.extensions
    assert (vector.offer, vector.item.status, found.exit_code) == expected
    assert said in summary(found)
    if major == 15:
        assert vector.offer is Offer.ABSENT
