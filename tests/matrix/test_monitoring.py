"""The dashboard monitoring on every version: each panel, whatever it is read from there, and what roles may see."""

from tests.conftest import pooled
from tests.dashboards.monitored import monitored, other
from tests.dashboards.test_monitoring import *
from tests.dashboards.test_monitoring_rights import *
from tests.dashboards.test_monitoring_sessions import *

# A standby is copied by a program that only the wheel has.
del test_both_ends_of_a_replication, test_every_panel_on_a_standby, test_a_prepared_transaction_is_an_open_one
del test_every_panel_is_compared, test_thresholds  # they need no server
