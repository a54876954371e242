"""Comparison on every version: what differs is a change, what means the same is none."""

from tests.catalog.test_compare import *
