"""Trials on servers of every version: what is seen, what is not tried, and that nothing is held too long."""

from tests.migrations.conftest import project
from tests.migrations.test_trial import *
from tests.migrations.test_trial_beside_others import *
from tests.migrations.test_trial_seen import *
