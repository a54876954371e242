CREATE DOMAIN d AS int;
CREATE TABLE t (id int PRIMARY KEY, ds d[] NOT NULL DEFAULT '{}', one d DEFAULT 1);
CREATE INDEX i ON t USING gin ((ds::int[]));
CREATE VIEW v AS SELECT ds, one FROM t;
CREATE FUNCTION f(d) RETURNS d[] LANGUAGE sql AS 'select array[$1]';
INSERT INTO t VALUES (1, '{1,2}', 3);
