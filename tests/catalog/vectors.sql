-- Vectors: their extension in a schema of its own, its index methods with options, a changed privilege of a member.

CREATE SCHEMA m;
CREATE SCHEMA ext;
CREATE EXTENSION vector SCHEMA ext;
COMMENT ON EXTENSION vector IS 'mine';
CREATE TABLE m.docs (id bigserial PRIMARY KEY, e ext.vector(3) DEFAULT '[1,2,3]', h ext.halfvec(4), t text);
CREATE INDEX docs_hnsw ON m.docs USING hnsw (e ext.vector_cosine_ops) WITH (m = 8, ef_construction = 32);
CREATE INDEX docs_ivf ON m.docs USING ivfflat (e ext.vector_l2_ops) WITH (lists = 7);
REVOKE EXECUTE ON FUNCTION ext.l2_distance(ext.vector, ext.vector) FROM PUBLIC;
CREATE FUNCTION m.near(q ext.vector) RETURNS SETOF m.docs LANGUAGE sql STABLE AS 'SELECT * FROM m.docs ORDER BY e OPERATOR(ext.<=>) q';
CREATE VIEW m.n AS SELECT d.id, n.id AS other FROM m.docs d, LATERAL m.near(d.e) n;
