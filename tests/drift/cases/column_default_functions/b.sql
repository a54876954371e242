CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'select 1::bigint';
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'select 2';
CREATE TABLE t (a int DEFAULT g(), b text DEFAULT E'a\nb', c timestamptz DEFAULT CURRENT_TIMESTAMP, d int[] DEFAULT ARRAY[1], e jsonb DEFAULT '[]' NOT NULL);
