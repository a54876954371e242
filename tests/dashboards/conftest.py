"""Fixtures of the tests of dashboards."""

from tests.dashboards.monitored import monitored, other

__all__ = ["monitored", "other"]
