CREATE DOMAIN money_ AS numeric(12,2) CHECK (VALUE >= 0);
CREATE DOMAIN m2 AS numeric(8,2);
CREATE DOMAIN tx AS text;
CREATE TABLE t (a money_ DEFAULT 1, b m2, c numeric(4,1), d money_[], e tx, f money_, g boolean, h integer);
INSERT INTO t VALUES (1, 2, 3, '{4}', 'abc', 5, true, 1);
CREATE INDEX ON t (a) WHERE a > 1;
