-- since 18
CREATE TABLE r (id int4range, p daterange, CONSTRAINT rk PRIMARY KEY (id, p WITHOUT OVERLAPS));
CREATE TABLE f (id int4range, p daterange, CONSTRAINT fk FOREIGN KEY (id, PERIOD p) REFERENCES r (id, PERIOD p));
