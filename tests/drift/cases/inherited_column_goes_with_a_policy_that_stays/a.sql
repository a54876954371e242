CREATE TABLE p (a int DEFAULT 1 CHECK (a > 0), b text);
CREATE TABLE c (a int DEFAULT 2, c int) INHERITS (p);
CREATE TABLE g (b text DEFAULT 'g') INHERITS (c);
INSERT INTO g VALUES (1, 'x', 2);
CREATE VIEW v AS SELECT tableoid::regclass::text AS t, a FROM p;
CREATE INDEX ON c (a);
CREATE POLICY pol ON c USING (a > 1);
