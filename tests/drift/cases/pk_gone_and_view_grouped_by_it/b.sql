CREATE TABLE t (id int, name text, PRIMARY KEY (id, name));
CREATE VIEW v AS SELECT id, name, count(*) AS n FROM t GROUP BY id, name;
