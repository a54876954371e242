"""Rows on every version: paged by key, by block and in windows, sorted and filtered."""

from tests.rows.test_keyset import *
from tests.rows.test_table import *

del test_many_rows_to_the_end_and_back  # it is about memory
