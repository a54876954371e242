"""The command on every version: migrations up and down, status, and the schema as statements."""

from tests.cli.conftest import console, here, one_scratch, profile, project, scratch, workplace
from tests.cli.migrations.applying.test_migrating import TestDown, TestUp, TestWhatFails
from tests.cli.migrations.status.test_status import TestOnAFreshDatabase, TestWhatDiffers
from tests.cli.test_inspecting import (
    test_a_locked_object_is_named,
    test_hostile_names_are_harmless_in_every_form,
    test_statements_of_one_schema,
    test_statements_run_elsewhere,
    test_the_overview_counts_what_there_is,
)
from tests.conftest import database
