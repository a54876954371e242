"""Rehearsals upon targets of every version; the shadow is what this machine has of the nearest."""

from tests.migrations.conftest import project
from tests.migrations.test_rehearsal_targets import *
