"""Which migrations are applied: `status`, of one target and of several side by side."""
