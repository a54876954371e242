CREATE TABLE t (a integer, e text DEFAULT 'x', f bigint);
CREATE INDEX by_e ON t (e);
CREATE TABLE heir () INHERITS (t);
ALTER TABLE heir ALTER f SET DEFAULT 7;
INSERT INTO t VALUES (1);
