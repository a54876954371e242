CREATE TABLE t (a text COLLATE "C", b varchar(10), c text);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b COLLATE "C");
CREATE VIEW v AS SELECT a FROM t;
