CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR bigint LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql TRANSFORM FOR TYPE integer AS 'SELECT $1';
CREATE FUNCTION g(integer, integer, cstring, internal, integer, boolean) RETURNS integer LANGUAGE c AS '$libdir/utf8_and_iso8859_1', 'iso8859_1_to_utf8';
