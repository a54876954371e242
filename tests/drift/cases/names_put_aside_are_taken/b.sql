CREATE SCHEMA s1;
SET search_path = s1;
CREATE TYPE e AS ENUM ('b','c');
CREATE TYPE e__before AS ENUM ('y');
CREATE TABLE t (c e, d e__before);
CREATE SCHEMA s2;
SET search_path = s2;
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY);
CREATE SEQUENCE t_id_seq__before;
