-- Whether somebody runs migrations right now.
EXISTS (SELECT FROM dbconsole.lease WHERE token IS NOT NULL AND expires_at > pg_catalog.clock_timestamp())
