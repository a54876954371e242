CREATE TABLE t (a tsvector, b text, c text, d text);
