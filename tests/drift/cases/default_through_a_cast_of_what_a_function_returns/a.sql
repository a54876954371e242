CREATE TYPE made AS (a integer);
CREATE FUNCTION f() RETURNS made LANGUAGE sql AS 'SELECT NULL::made';
CREATE TABLE t (a bigint);
