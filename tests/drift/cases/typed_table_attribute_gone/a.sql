CREATE TYPE p AS (name text, age int, mail text);
CREATE TABLE t OF p (PRIMARY KEY (name), CHECK (age > 0));
CREATE INDEX i ON t (age, mail);
CREATE VIEW v AS SELECT age, mail FROM t;
INSERT INTO t VALUES ('a', 1, 'x');
