CREATE VIEW v AS SELECT relname FROM pg_class WHERE relkind = 'r';
CREATE VIEW w AS SELECT count(*) AS n FROM information_schema.tables;
