CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1';
CREATE TABLE t (a int DEFAULT f(), b text DEFAULT 'a''b', c timestamptz DEFAULT now(), d int[] DEFAULT '{}', e jsonb DEFAULT '{}');
