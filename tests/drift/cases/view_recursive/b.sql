CREATE TABLE t (id int, parent int, name text);
CREATE RECURSIVE VIEW v (id, depth, path) AS SELECT id, 0, name FROM t WHERE parent IS NULL UNION ALL SELECT t.id, depth + 1, path || t.name FROM t JOIN v ON v.id = t.parent;
