CREATE TABLE t (a tsvector, b int);
CREATE INDEX i ON t USING gist (a tsvector_ops (siglen = 100));
CREATE INDEX j ON t USING brin (b int4_bloom_ops (n_distinct_per_range = 200));
