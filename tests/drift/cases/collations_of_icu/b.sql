CREATE COLLATION c1 (provider = icu, locale = 'de');
CREATE COLLATION c2 (provider = icu, locale = 'de');
CREATE TABLE t (a text COLLATE c1, b text COLLATE c2);
CREATE INDEX t_a ON t (a, b);
CREATE VIEW v AS SELECT a FROM t;
