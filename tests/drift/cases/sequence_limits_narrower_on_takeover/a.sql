CREATE TABLE t (id bigserial PRIMARY KEY);
SELECT setval('t_id_seq', 5000000000);
CREATE SEQUENCE s2;
CREATE TABLE t2 (id bigint DEFAULT nextval('s2'));
ALTER SEQUENCE s2 OWNED BY t2.id;
SELECT setval('s2', 500);
