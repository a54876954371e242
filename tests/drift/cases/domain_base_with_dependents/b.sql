CREATE DOMAIN mail AS text COLLATE "C" CHECK (VALUE LIKE '%@%');
CREATE TABLE u (id int PRIMARY KEY, m mail NOT NULL UNIQUE, ms mail[]);
CREATE FUNCTION f(m mail) RETURNS text LANGUAGE sql AS 'select m::text';
CREATE VIEW v AS SELECT f(m) AS x FROM u;
