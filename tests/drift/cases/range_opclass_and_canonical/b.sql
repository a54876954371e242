CREATE TYPE words AS RANGE (SUBTYPE = text);
CREATE TYPE numbers AS RANGE (SUBTYPE = integer, MULTIRANGE_TYPE_NAME = many_numbers);
CREATE TABLE t (a words, b numbers);
