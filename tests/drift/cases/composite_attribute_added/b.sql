CREATE TYPE addr AS (street text, zip text, city varchar(20) COLLATE "C");
CREATE TABLE t (id int, a addr, more addr[]);
CREATE FUNCTION f(a addr) RETURNS text LANGUAGE sql AS 'select (a).street';
CREATE VIEW v AS SELECT id, (a).street FROM t;
COMMENT ON COLUMN addr.city IS 'where';
