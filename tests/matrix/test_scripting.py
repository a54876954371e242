"""The script of a plan on every version: psql runs it, and status agrees."""

from tests.cli.conftest import console, here, one_scratch, profile, project, scratch, script, sibling, workplace
from tests.cli.migrations.applying.test_script_guards import TestOtherWays
from tests.cli.migrations.applying.test_scripting import (
    TestEveryLedger,
    TestOutsideATransaction,
    TestTransactionsOfTheirOwn,
)
from tests.conftest import make_database
