-- Takes back that a project was moved here from another tool's ledger.
COMMENT ON TABLE dbconsole.migrations IS NULL
