CREATE TABLE p (id int, d date, PRIMARY KEY (id, d)) PARTITION BY RANGE (d);
CREATE TABLE p1 (id int, d date, PRIMARY KEY (id, d));
CREATE TABLE p2 (id int NOT NULL, d date NOT NULL);
CREATE TABLE p3 (id int NOT NULL, d date NOT NULL, CONSTRAINT k3 UNIQUE (id, d));
