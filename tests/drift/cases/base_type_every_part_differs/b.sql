CREATE TYPE one;
CREATE FUNCTION one_in(cstring) RETURNS one LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION one_out(one) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION one_recv(internal) RETURNS one LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION one_send(one) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE FUNCTION more_in(cstring) RETURNS one LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION more_out(one) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE one (
    INPUT = more_in, OUTPUT = more_out, TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, ANALYZE = range_typanalyze,
    STORAGE = main, CATEGORY = 'X', PREFERRED = true, DEFAULT = 'x', DELIMITER = ';');
CREATE TYPE two;
CREATE FUNCTION two_in(cstring) RETURNS two LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION two_out(two) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE two (INPUT = two_in, OUTPUT = two_out, INTERNALLENGTH = 8, ALIGNMENT = double, ELEMENT = integer, SUBSCRIPT = raw_array_subscript_handler);
CREATE TYPE three;
CREATE TABLE t (a one);
