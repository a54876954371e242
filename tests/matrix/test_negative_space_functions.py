"""negative_space on every version: what its functions answer."""

from tests.systems.conftest import alone, connection, shared, system
from tests.systems.test_negative_space_functions import *
