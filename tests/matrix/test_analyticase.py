"""analyticase on every version: its rules, its results, and its data."""

from tests.systems.conftest import alone, connection, shared, system
from tests.systems.test_analyticase import *
from tests.systems.test_analyticase_results import *
from tests.systems.test_analyticase_rules import *
