CREATE SEQUENCE s;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE FUNCTION n(x int DEFAULT 7) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a int DEFAULT n(4), b text DEFAULT 'x', c mood DEFAULT 'sad', d bigint DEFAULT nextval('s')) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE TABLE t (a int DEFAULT f());
