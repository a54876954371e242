"""Panels on every version: their values, their bounds, the guard before them."""

from tests.conftest import pooled, session
from tests.dashboards.test_reading import *
