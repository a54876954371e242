"""Statements of every object on every version, run again, give an equal catalog and an equal dump."""

from tests.catalog.conftest import catalog
from tests.catalog.test_ddl import *
