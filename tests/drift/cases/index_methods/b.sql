CREATE TABLE t (a int, b text, c jsonb, d int[], e tsvector, f point, g inet);
CREATE INDEX i1 ON t USING btree (a);
CREATE INDEX i2 ON t USING gin (c jsonb_path_ops);
CREATE INDEX i3 ON t USING spgist (f);
CREATE INDEX i4 ON t USING brin (a int4_minmax_multi_ops) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX i5 ON t USING spgist (g);
CREATE INDEX i6 ON t USING gin (d) WITH (gin_pending_list_limit = 128);
