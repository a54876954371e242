-- Says what the schema is for, and the format of the tables in it.
COMMENT ON SCHEMA dbconsole IS 'What dbconsole remembers of this database''s migrations (format 1).'
