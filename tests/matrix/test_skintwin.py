"""The first sample system on every version: what its views say, and its trigger does."""

from tests.systems.conftest import alone, connection, shared, system
from tests.systems.test_skintwin import *

del test_synchronisation_is_thirteen_statements_in_the_order_of_the_report  # it needs no server
