CREATE TYPE e AS ENUM ('x', 'y');
CREATE DOMAIN d AS int CHECK (VALUE > 0);
CREATE TYPE c AS (e e, d d, n numeric(5,2));
CREATE TABLE t (c c, cs c[]);
