CREATE TABLE t (a bigint);
CREATE SEQUENCE s OWNED BY t.a;
CREATE TABLE u (id bigint DEFAULT nextval('s'));
