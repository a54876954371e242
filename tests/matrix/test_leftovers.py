"""What failed statements leave, who is in the way, and how far an index is, on servers of every version."""

from tests.migrations.conftest import project
from tests.migrations.test_blockers import *
from tests.migrations.test_leftovers import *
from tests.migrations.test_progress import *
