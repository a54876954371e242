CREATE TABLE t (a varchar(20), b numeric(12,4), c char(5), d bit(5), e timestamp(6), f varchar(5), g bit varying(8));
CREATE INDEX t_a ON t (a);
CREATE VIEW v AS SELECT a, b FROM t;
