CREATE TYPE mood AS ENUM ('a','b');
CREATE TABLE t (id int, m mood DEFAULT 'b' NOT NULL);
CREATE INDEX ti ON t (m) WHERE m <> 'a';
CREATE FUNCTION f(m mood) RETURNS text LANGUAGE sql AS 'select ''x''';
CREATE VIEW w AS SELECT m FROM t;
