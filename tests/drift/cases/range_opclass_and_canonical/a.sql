CREATE TYPE words AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops);
CREATE TYPE numbers;
CREATE FUNCTION usual(numbers) RETURNS numbers LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
CREATE TYPE numbers AS RANGE (SUBTYPE = integer, CANONICAL = usual, SUBTYPE_DIFF = int4range_subdiff);
CREATE TABLE t (a words, b numbers);
