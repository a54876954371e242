"""Migrations on every version: the ledger, the lease, and what remains of failures."""

from tests.migrations.conftest import project
from tests.migrations.test_outside_a_transaction import *
from tests.migrations.test_runner import *
from tests.migrations.test_two_runners import *
from tests.migrations.test_verify import *
