CREATE TABLE r (id int4range, p daterange, CONSTRAINT rk UNIQUE (id, p WITHOUT OVERLAPS));
CREATE TABLE f (id int4range, p daterange);
