CREATE DOMAIN m2 AS integer;
CREATE DOMAIN gb AS integer;
CREATE DOMAIN hb AS boolean;
CREATE TABLE t (a integer DEFAULT 1, b m2, c m2, d integer[], e varchar(10), f m2 NOT NULL, g gb, h hb);
INSERT INTO t VALUES (1, 2, 3, '{4}', 'abc', 5, 1, true);
CREATE INDEX ON t (a) WHERE a > 1;
