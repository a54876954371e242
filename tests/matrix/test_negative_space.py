"""negative_space on every version: its state machines, its triggers, and what its views say."""

from tests.systems.conftest import alone, connection, shared, system
from tests.systems.test_negative_space_states import *
from tests.systems.test_negative_space_triggers import *
from tests.systems.test_negative_space_views import *
