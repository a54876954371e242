CREATE COLLATION c (provider = icu, locale = 'en', deterministic = false);
CREATE TABLE t (a text COLLATE c);
CREATE INDEX i ON t (a);
