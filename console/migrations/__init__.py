"""Migrations: reading folders, remembering in a ledger what was applied, planning, running, verifying."""
