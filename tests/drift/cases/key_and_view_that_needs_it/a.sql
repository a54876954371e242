CREATE TABLE t (id int PRIMARY KEY, name text);
CREATE VIEW v AS SELECT t.*, count(*) AS n FROM t GROUP BY id;
CREATE TABLE u (t int REFERENCES t);
