-- Says that a project was moved here from another tool's ledger, so that this one is used from now on.
COMMENT ON TABLE dbconsole.migrations IS 'adopted from another ledger'
