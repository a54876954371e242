CREATE TABLE t (a int, b numeric(10,2));
CREATE VIEW v AS SELECT a, b::text AS b FROM t;
CREATE VIEW w AS SELECT a, b FROM v;
CREATE VIEW x AS SELECT w.a, v.b FROM w JOIN v USING (a);
