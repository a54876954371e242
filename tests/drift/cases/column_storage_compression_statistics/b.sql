CREATE TABLE t (a text, b text, c jsonb, d numeric, e int);
ALTER TABLE t ALTER a SET STORAGE PLAIN, ALTER d SET STORAGE EXTENDED, ALTER d SET (n_distinct = -0.5, n_distinct_inherited = 3);
ALTER TABLE t ALTER a SET STATISTICS 0, ALTER b SET COMPRESSION pglz;
