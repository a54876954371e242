-- since 18
CREATE TABLE t (a int4range, during daterange, PRIMARY KEY (a, during));
CREATE TABLE u (a int4range, during daterange);
