CREATE VIEW v AS SELECT relname, relkind FROM pg_class;
CREATE VIEW w AS SELECT count(*)::int AS n FROM information_schema.tables;
