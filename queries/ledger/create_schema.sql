-- Makes the schema that holds what this database remembers of its migrations.
CREATE SCHEMA IF NOT EXISTS dbconsole
