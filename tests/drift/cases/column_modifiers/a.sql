CREATE TABLE t (a varchar(10), b numeric(10,2), c char(3), d bit(3), e timestamp(3), f varchar, g bit varying(4));
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT a, b FROM t;
