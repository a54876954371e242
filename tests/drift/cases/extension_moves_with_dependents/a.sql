-- needs vector
CREATE SCHEMA one;
CREATE SCHEMA two;
CREATE EXTENSION vector SCHEMA one;
CREATE TABLE t (id int, v one.vector(3) DEFAULT '[1,2,3]', CHECK (v OPERATOR(one.<>) '[0,0,0]'));
CREATE INDEX t_v ON t USING hnsw (v one.vector_l2_ops);
CREATE FUNCTION f(x one.vector) RETURNS one.vector LANGUAGE sql AS 'SELECT x';
CREATE VIEW w AS SELECT v, f(v) AS x FROM t;
