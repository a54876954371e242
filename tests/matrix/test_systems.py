"""The first sample system on every version: its objects, its data, and what its views say."""

from tests.systems.conftest import alone, connection, shared
from tests.systems.test_skintwin import *

del test_file_leaves_the_transaction_to_the_runner, test_every_migration_has_its_three_files  # they need no server
del test_synchronisation_is_thirteen_statements_in_the_order_of_the_report
