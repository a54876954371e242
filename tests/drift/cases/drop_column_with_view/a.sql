CREATE TABLE t (id int PRIMARY KEY, v int, w text);
CREATE VIEW x AS SELECT id, v FROM t;
CREATE INDEX ti ON t (v);
