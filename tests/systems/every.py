"""All sample systems, to be gone through by tests."""

import pytest

from tests.systems import analyticase, graph, kimbleai, negative_space, skintwin
from tests.systems.expected import System

EVERY = (skintwin.SYSTEM, analyticase.SYSTEM, graph.SYSTEM, negative_space.SYSTEM, kimbleai.SYSTEM)


def param(system: System) -> object:
    """Return it as a parameter of a test, named, and marked if it needs pgvector."""
    return pytest.param(system, id=system.name, marks=[pytest.mark.vector] if system.vector else [])


PARAMS = [param(system) for system in EVERY]
WITH_ROLES = [param(system) for system in EVERY if system.roles]
