"""Sizes on every version: what the server says of them is what is kept."""

from tests.dashboards.test_growth import *

# What needs no server is tried once.
del test_growth_by_hand, test_steady_growth_is_found_whatever_is_missing, test_the_first_of_an_hour_is_kept
del test_each_database_has_its_own, test_the_file_is_private, test_old_hours_become_days_and_then_go
del test_several_consoles_at_once, test_a_file_that_cannot_be_used
