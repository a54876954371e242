CREATE SEQUENCE s AS bigint INCREMENT 10;
CREATE TABLE t (id bigint DEFAULT nextval('s'), code varchar(20) DEFAULT 'd' || nextval('s'));
ALTER SEQUENCE s OWNED BY t.id;
