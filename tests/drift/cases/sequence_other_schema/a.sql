CREATE SCHEMA x;
CREATE SEQUENCE x.s;
CREATE TABLE t (id bigint DEFAULT nextval('x.s'));
ALTER TABLE t OWNER TO postgres;
