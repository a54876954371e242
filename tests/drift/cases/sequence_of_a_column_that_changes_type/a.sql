CREATE SEQUENCE s AS int;
CREATE TABLE t (id int DEFAULT nextval('s'), code text DEFAULT 'c' || nextval('s'));
ALTER SEQUENCE s OWNED BY t.id;
