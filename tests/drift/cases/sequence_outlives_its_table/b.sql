CREATE SEQUENCE s;
CREATE TABLE u (id bigint DEFAULT nextval('s'));
