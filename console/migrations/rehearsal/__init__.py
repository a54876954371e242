"""Rehearsal: migrations are proved in a shadow, up, verify, down and up again, before they touch the target."""
