CREATE TABLE t (a text, b point, c tsvector, d tsquery);
