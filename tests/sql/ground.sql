-- What the statements of honest_reads.sql read from.
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TABLE people (id int PRIMARY KEY, name text, team text, city text, boss int, born date, salary numeric, tags text[], mood mood);
CREATE TABLE teams (team text PRIMARY KEY);
CREATE TABLE events (id int PRIMARY KEY, person int, at timestamptz, data jsonb);
CREATE FUNCTION doubled(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2';
CREATE VIEW grown AS SELECT id, doubled(id), upper(name) AS name FROM people WHERE born < CURRENT_DATE;
CREATE VIEW people_sizes AS SELECT team, count(*), pg_relation_size('people') FROM people GROUP BY team;
INSERT INTO people VALUES (1, 'Ann', 'a', 'Rome', NULL, '1990-01-01', 10, '{x,y}', 'glad');
INSERT INTO events VALUES (1, 1, now(), '{"a": 1}');
