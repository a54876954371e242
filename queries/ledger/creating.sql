-- Lets one session at a time make the ledger: CREATE … IF NOT EXISTS of two at once can fail.
SELECT pg_catalog.pg_advisory_xact_lock(7234315518372373349)
