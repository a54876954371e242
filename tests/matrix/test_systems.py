"""The sample systems on every version: their objects, their rows, their checks, and their data loaded twice."""

from tests.systems.conftest import alone, connection, shared
from tests.systems.test_every_system import *

del test_a_file_leaves_the_transaction_to_the_runner, test_every_migration_has_its_three_files  # they need no server
