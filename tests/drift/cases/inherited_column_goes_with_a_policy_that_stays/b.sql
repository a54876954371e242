CREATE TABLE p (a bigint DEFAULT 1 CHECK (a > 0), b varchar(10), z int DEFAULT 9);
CREATE TABLE c (a bigint DEFAULT 3, c int NOT NULL) INHERITS (p);
CREATE TABLE g (b varchar(10) DEFAULT 'h') INHERITS (c);
CREATE VIEW v AS SELECT tableoid::regclass::text AS t, a, z FROM p;
CREATE INDEX ON c (a, z);
CREATE POLICY pol ON c USING (z > 1);
