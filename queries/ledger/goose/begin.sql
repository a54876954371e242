-- Adds the row of version 0, which the tool expects to be there.
INSERT INTO {table} (version_id, is_applied) SELECT 0, true WHERE NOT EXISTS (SELECT FROM {table})
