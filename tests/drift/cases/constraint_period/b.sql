CREATE TABLE t (a int4range, during daterange, CONSTRAINT t_pkey PRIMARY KEY (a, during WITHOUT OVERLAPS));
CREATE TABLE u (a int4range, during daterange, FOREIGN KEY (a, PERIOD during) REFERENCES t (a, PERIOD during));
