CREATE FUNCTION id() RETURNS uuid LANGUAGE sql AS 'select gen_random_uuid()';
CREATE SEQUENCE q;
CREATE TABLE t (a uuid DEFAULT id(), b int DEFAULT nextval('q'));
