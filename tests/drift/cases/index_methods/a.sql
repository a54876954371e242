CREATE TABLE t (a int, b text, c jsonb, d int[], e tsvector, f point, g inet);
CREATE INDEX i1 ON t USING hash (a);
CREATE INDEX i2 ON t USING gin (c);
CREATE INDEX i3 ON t USING gist (f);
CREATE INDEX i4 ON t USING brin (a) WITH (pages_per_range = 16);
CREATE INDEX i5 ON t USING spgist (b);
CREATE INDEX i6 ON t USING gin (d) WITH (fastupdate = off);
