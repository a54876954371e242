CREATE SCHEMA s;
CREATE FUNCTION s.id() RETURNS uuid LANGUAGE sql AS 'select gen_random_uuid()';
CREATE SEQUENCE s.q;
CREATE TABLE t (a uuid DEFAULT s.id(), b int DEFAULT nextval('s.q'));
