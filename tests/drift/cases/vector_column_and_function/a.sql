-- needs vector
CREATE EXTENSION vector;
CREATE TABLE t (id int, e vector(3) NOT NULL, s text);
CREATE INDEX i ON t USING hnsw ((e::vector(3)) vector_ip_ops) WHERE id > 0;
CREATE FUNCTION near(q vector, n int DEFAULT 5) RETURNS SETOF t LANGUAGE sql AS 'select * from t order by e <-> q limit n';
CREATE VIEW v AS SELECT id, e <-> '[1,2,3]' AS d FROM t;
