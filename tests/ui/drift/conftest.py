"""Two databases that differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from console.config.profile import Profile, Target
from tests.databases import Databases
from tests.ui.drift.going import A, B, way


@pytest.fixture
def pair(make_database: Callable[..., Target], databases: Databases) -> tuple[Target, Target]:
    """Return two databases that have come apart; the shadow is a scratch database on their own server."""
    shadow = "postgresql:///postgres?" + "&".join(f"{name}={value}" for name, value in way(databases).items())
    made = [make_database(source) for source in (A, B)]
    return tuple(replace(each, profile=Profile(each.name, shadow=shadow, lock_timeout=60)) for each in made)  # type: ignore[return-value]
