"""A plan as one script of plain SQL, ledger rows included, for psql or a provider's SQL editor."""
