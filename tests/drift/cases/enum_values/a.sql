CREATE TYPE mood AS ENUM ('a','b','c');
CREATE TABLE t (id int, m mood DEFAULT 'a' NOT NULL);
CREATE INDEX ti ON t (m) WHERE m <> 'b';
CREATE FUNCTION f(m mood) RETURNS text LANGUAGE sql AS 'select ''x''';
CREATE VIEW w AS SELECT m FROM t;
