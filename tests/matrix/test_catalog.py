"""The catalog on every version: the outline, the details of a relation, every object, and its snapshot."""

from tests.catalog.conftest import catalog, session
from tests.catalog.test_detail import *
from tests.catalog.test_outline import *
from tests.catalog.test_outline_members import *
from tests.catalog.test_reader import *
from tests.catalog.test_reader_rules import *
from tests.catalog.test_snapshot import *

del test_it_is_small, test_what_is_no_snapshot_is_said_to_be_none  # one is about memory, one needs no server
