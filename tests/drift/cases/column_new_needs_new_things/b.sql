CREATE TYPE mood AS ENUM ('a', 'b');
CREATE DOMAIN pos AS int CHECK (VALUE > 0);
CREATE TYPE pair AS (x int, y mood);
CREATE SEQUENCE s;
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1';
CREATE TABLE r (k int UNIQUE);
CREATE TABLE t (id int, m mood DEFAULT 'a' NOT NULL, p pos DEFAULT 1, c pair, n bigint DEFAULT nextval('s'), f int DEFAULT f(), r int REFERENCES r (k), ms mood[]);
