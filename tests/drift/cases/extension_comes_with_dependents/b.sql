CREATE SCHEMA ext;
CREATE EXTENSION vector SCHEMA ext;
COMMENT ON EXTENSION vector IS 'mine';
CREATE TABLE t (id int, v ext.vector(3) DEFAULT '[1,2,3]');
CREATE INDEX t_v ON t USING ivfflat (v ext.vector_cosine_ops) WITH (lists = 5);
CREATE DOMAIN d AS ext.vector(5);
