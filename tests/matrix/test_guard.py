"""The guard on every version: what lies behind names, and lists that know every function."""

from tests.sql.test_guard_on_a_server import *
