"""Sessions on every version: they read, stream, write and cancel."""

from tests.db.conftest import straight as session
from tests.db.test_session import *
