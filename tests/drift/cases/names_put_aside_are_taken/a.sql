CREATE SCHEMA s1;
SET search_path = s1;
CREATE TYPE e AS ENUM ('a','b');
CREATE TYPE e__before AS ENUM ('x');
CREATE TABLE t (c e, d e__before);
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (id serial);
CREATE SEQUENCE t_id_seq__before;
