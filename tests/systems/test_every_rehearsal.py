"""Every sample system rehearses clean, from an empty database to its newest migration."""

from __future__ import annotations

import pytest

from tests.migrations.rehearsals import from_nothing, parts
from tests.systems import kimbleai, skintwin
from tests.systems.every import EVERY, param
from tests.systems.expected import System

QUICK = (skintwin.SYSTEM, kimbleai.SYSTEM)


@pytest.mark.parametrize(
    "system",
    [
        *map(param, QUICK),
        *(pytest.param(system, id=system.name, marks=pytest.mark.slow) for system in EVERY if system not in QUICK),
    ],
)
async def test_every_migration_is_proved(system: System) -> None:
    found = await from_nothing(system.folder)
    assert {each.label: parts(each) for each in found.verdicts} == dict.fromkeys(system.migrations, "+++++")
    assert found.proved
    assert found.standins == ()
