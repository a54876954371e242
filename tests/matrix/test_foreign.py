"""Other tools' projects on every version: their ledgers are made, written and read there."""

from tests.migrations.test_foreign_runs import *
