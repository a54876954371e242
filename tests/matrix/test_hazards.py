"""Hazards against the truth, on every version: what a statement locks, rewrites and reads."""

from tests.migrations.test_hazards import *
