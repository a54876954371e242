CREATE SCHEMA one;
CREATE SCHEMA two;
CREATE EXTENSION vector SCHEMA two;
CREATE TABLE t (id int, v two.vector(3) DEFAULT '[1,2,3]', CHECK (v OPERATOR(two.<>) '[0,0,0]'));
CREATE INDEX t_v ON t USING hnsw (v two.vector_l2_ops);
CREATE FUNCTION f(x two.vector) RETURNS two.vector LANGUAGE sql AS 'SELECT x';
CREATE VIEW w AS SELECT v, f(v) AS x FROM t;
