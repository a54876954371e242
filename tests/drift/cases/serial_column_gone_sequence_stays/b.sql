CREATE SEQUENCE t_id_seq AS int;
CREATE TABLE t (k int DEFAULT nextval('t_id_seq'));
